using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Conduct.Acknowledging;
using Probity.Conduct.Contract;
using Probity.Conduct.Gifts;
using Probity.Conduct.Interests;
using Probity.Conduct.Interests.Ties;
using Probity.Conduct.Publishing;
using Probity.Conduct.Viewing;
using Probity.Shared.Record;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Conduct;

/// <summary>The room of the code of conduct: all that a host sees of it.</summary>
internal static class ConductRoom
{
    /// <summary>Adds the room's commands. The host gives the log, the register, the cases' room and the policy pack.</summary>
    public static IServiceCollection AddConduct(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<CodeOfConduct>>().AddSingleton<FitForDuty>().AddSingleton<IConduct, CodeDuties>()
        .AddSingleton<PublishCode>().AddSingleton<AcknowledgeCode>()
        .AddSingleton<DeclareGift>().AddSingleton<ReviewGift>()
        .AddSingleton<DeclareTie>().AddSingleton<EndTie>().AddSingleton<DeclareInterest>().AddSingleton<DecideInterest>().AddSingleton<IInterests, InterestReader>();

    /// <summary>Adds its lists and pages.</summary>
    public static IServiceCollection AddConductPages(this IServiceCollection services) => services
        .AddSingleton<IView, ConductView>()
        .AddScoped<CodePeople>().AddScoped<ShowCode>().AddScoped<ShowQuiz>().AddScoped<ShowProposal>().AddScoped<ShowPeople>()
        .AddSingleton<IView, GiftsView>().AddScoped<ShowGifts>().AddScoped<ShowGift>().AddScoped<INextSteps, GiftNextSteps>()
        .AddSingleton<IView, InterestsView>().AddScoped<ShowInterests>().AddScoped<ShowInterest>().AddScoped<ShowTie>().AddScoped<INextSteps, InterestNextSteps>().AddScoped<INextSteps, TieNextSteps>()
        .AddScoped<IStanding, ConductStanding>().AddScoped<INextSteps, ConductNextSteps>()
        .AddScoped<Risk.Contract.IRiskSignals, CodeSignal>()
        .AddNavigation<ConductText>("conduct", "/conduct", 45, "code.title", ShowCode.Serves);

    /// <summary>Maps the room's pages.</summary>
    public static IEndpointRouteBuilder MapConduct(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowCode.Map(pages);
        ShowQuiz.Map(pages);
        ShowProposal.Map(pages);
        ShowPeople.Map(pages);
        ShowGifts.Map(pages);
        DeclareGiftPage.Map(pages);
        ShowGift.Map(pages);
        ShowInterests.Map(pages);
        DeclareInterestPage.Map(pages);
        DeclareTiePage.Map(pages);
        ShowTie.Map(pages);
        ShowInterest.Map(pages);
        InterestsApi.Map(routes);
        return routes;
    }
}
