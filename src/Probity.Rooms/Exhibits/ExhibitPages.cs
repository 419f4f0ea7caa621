using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Bundling;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Settling;
using Probity.Exhibits.TakingOver;
using Probity.Exhibits.Telling;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Viewing;
using Probity.Exhibits.Weighing;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Exhibits;

/// <summary>The pages of the exhibits' room, as the host sees them.</summary>
internal static class ExhibitPages
{
    public static IServiceCollection AddExhibitPages(this IServiceCollection services) => services
        .AddSingleton<IView, ExhibitsView>()
        .AddScoped<ExhibitForms>().AddScoped<TakenPhoto>().AddScoped<SeizurePages>().AddScoped<UsualCountry>().AddScoped<ShowExhibits>().AddScoped<ShowExhibit>().AddScoped<ShowLabels>()
        .AddScoped<ScanLabel>().AddScoped<HandOverKit>().AddScoped<Stories>().AddScoped<TellStory>().AddScoped<BundlePrinter>().AddScoped<MakeBundle>().AddScoped<ShowStore>().AddScoped<ShowKeys>().AddScoped<ShowDiscrepancies>().AddScoped<ShowDestruction>().AddScoped<CountLists>().AddScoped<ShowCount>()
        .AddHostedService(s => s.GetRequiredService<FollowGrams>())
        .AddScoped<ShowGrams>().AddScoped<ShowUnitGrams>().AddScoped<ShowPublished>().AddScoped<IStanding, GramsStanding>()
        .AddScoped<Risk.Contract.IRiskSignals, CustodySignal>().AddScoped<Risk.Contract.IRiskSignals, WeightSignal>()
        .AddScoped<PresentRegisterPages>().AddScoped<ShowRegisters>()
        .AddScoped<LaboratoryWork>().AddScoped<ShowLaboratory>().AddScoped<INextSteps, LaboratoryNextSteps>().AddScoped<INextSteps, ExhibitNextSteps>().AddScoped<INextSteps, UnplacedNextSteps>().AddScoped<INextSteps, UnweighedNextSteps>().AddScoped<INextSteps, ReliefNextSteps>().AddScoped<Probity.Access.Contract.IHoldings, ExhibitHoldings>().AddScoped<INextSteps, GramsNextSteps>().AddScoped<INextSteps, RegisterNextSteps>()
        .AddNavigation<ExhibitsText>("exhibits", "/exhibits", 15, "exhibits.title", ShowExhibits.Serves)
        .AddNavigation<ExhibitsText>("discrepancies", "/discrepancies", 17, "discrepancies.title", ShowDiscrepancies.Serves)
        .AddNavigation<ExhibitsText>("laboratory", ShowLaboratory.Address, 16, "lab.title", ShowLaboratory.Serves);

    /// <summary>Maps the pages.</summary>
    public static IEndpointRouteBuilder MapExhibitPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowExhibits.Map(pages);
        SeizurePages.Map(pages);
        ShowExhibit.Map(pages);
        WeighExhibitPage.Map(pages);
        ResealPackagePage.Map(pages);
        MoveExhibitPage.Map(pages);
        KeepPhotoPage.Map(pages);
        DrawSamplePage.Map(pages);
        ShowDestruction.Map(pages);
        ReturnExhibitPage.Map(pages);
        ForfeitExhibitPage.Map(pages);
        ShowLaboratory.Map(pages);
        ReportAnalysisPage.Map(pages);
        ReportNothingFoundPage.Map(pages);
        ReviewAnalysisPage.Map(pages);
        CountersignActPage.Map(pages);
        HandOverExhibitPage.Map(pages);
        ReceiveExhibitPage.Map(pages);
        WithdrawHandOverPage.Map(pages);
        ShowPhoto.Map(pages);
        ShowLabels.Map(pages);
        ScanLabel.Map(pages);
        HandOverKit.Map(pages);
        TellStory.Map(pages);
        MakeBundle.Map(pages);
        ShowStore.Map(pages);
        ShowKeys.Map(pages);
        ShowCount.Map(pages);
        ShowDiscrepancies.Map(pages);
        ShowGrams.Map(pages);
        ShowUnitGrams.Map(pages);
        ShowPublished.Map(pages);
        ShowPublished.MapPublic(pages.MapGroup("").AllowAnonymous());
        PresentRegisterPages.Map(pages);
        RegisterTemplate.Map(pages);
        ShowRegisters.Map(pages);
        return routes;
    }
}
