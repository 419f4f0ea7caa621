using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Cases.Contract;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Settling;
using Probity.Exhibits.TakingOver;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Records.Contract;
using Probity.Shared.Web;

namespace Probity.Exhibits;

/// <summary>The room of exhibits: all that a host sees of it.</summary>
internal static class ExhibitsRoom
{
    /// <summary>Adds the room. The host gives the log, the register and the cases.</summary>
    public static IServiceCollection AddExhibits(this IServiceCollection services) => services
        .AddSingleton<Contract.IExhibitFiles, ExhibitFiles>().AddSingleton<IHeldThings, ExhibitsOfCase>().AddSingleton<ICaseEvidence, ExhibitsOfCase>().AddSingleton<ExhibitDesk>().AddSingleton<StoreDesk>().AddSingleton<DiscrepancyDesk>()
        .AddSingleton<RecordSeizure>().AddSingleton<WeighExhibit>().AddSingleton<ResealPackage>().AddSingleton<CountersignAct>()
        .AddSingleton<ReplayedHalves>().AddSingleton<HandOverExhibit>().AddSingleton<ReceiveExhibit>().AddSingleton<WithdrawHandOver>().AddSingleton<MoveExhibit>()
        .AddSingleton<RegisterBalance>().AddSingleton<AnswerCalibration>().AddSingleton<OpenLocation>().AddSingleton<NameDeputy>()
        .AddSingleton<RecordCount>().AddSingleton<SignCount>().AddSingleton<DisposalDesk>().AddSingleton<ProposeDestruction>().AddSingleton<CarryOutDestruction>().AddSingleton<WitnessDestruction>().AddSingleton<ReturnExhibit>()
        .AddSingleton<DrawSample>().AddSingleton<ReportAnalysis>().AddSingleton<ReportNothingFound>().AddSingleton<ReviewAnalysis>()
        .AddSingleton<FollowGrams>().AddSingleton<GramsDesk>().AddSingleton<PublishBalance>().AddSingleton<CheckBalance>()
        .AddSingleton<KnownExhibits>().AddSingleton<TakingOverDesk>().AddSingleton<RegisterReading>().AddSingleton<PresentRegister>().AddSingleton<CountersignRegister>()
        .AddSingleton<Labelling.LabelGuesses>().AddSingleton<KeepPhoto>().AddSingleton<ShowPhoto>().AddSingleton<AnswerDiscrepancy>().AddSingleton<ReleaseUnexplained>();

    /// <summary>Maps the room's API.</summary>
    public static IEndpointRouteBuilder MapExhibits(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/exhibits").WithTags("Exhibits").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        RecordSeizure.Map(api);
        WeighExhibit.Map(api);
        ResealPackage.Map(api);
        DrawSample.Map(api);
        RecordCount.Map(api);
        SignCount.Map(api);
        ProposeDestruction.Map(api);
        CarryOutDestruction.Map(api);
        WitnessDestruction.Map(api);
        ReturnExhibit.Map(api);
        ReportAnalysis.Map(api);
        ReportNothingFound.Map(api);
        ReviewAnalysis.Map(api);
        CountersignAct.Map(api);
        HandOverExhibit.Map(api);
        ReceiveExhibit.Map(api);
        WithdrawHandOver.Map(api);
        MoveExhibit.Map(api);
        RegisterBalance.Map(api);
        AnswerCalibration.Map(api);
        OpenLocation.Map(api);
        NameDeputy.Map(api);
        AnswerDiscrepancy.Map(api);
        ReleaseUnexplained.Map(api);
        PresentRegisterApi.Map(api);
        CountersignRegister.Map(api);
        return routes;
    }
}
