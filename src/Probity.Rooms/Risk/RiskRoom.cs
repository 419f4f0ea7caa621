using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Risk.Accepting;
using Probity.Risk.Approving;
using Probity.Risk.Beginning;
using Probity.Risk.Challenging;
using Probity.Risk.Consolidating;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Indicators;
using Probity.Risk.Moving;
using Probity.Risk.Naming;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Risk.Treating;
using Probity.Risk.Viewing;
using Probity.Risk.ViewingRisks;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Risk;

/// <summary>The room where a unit's vulnerabilities to corruption are assessed: all that a host sees of it.</summary>
internal static class RiskRoom
{
    /// <summary>Adds the room's commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddRisk(this IServiceCollection services) => services
        .AddSingleton<RiskDesk>().AddSingleton<BeginAssessment>().AddSingleton<ChooseScenarios>().AddSingleton<NameAssessors>().AddSingleton<ScoreScenario>()
        .AddSingleton<ConsolidateRatings>().AddSingleton<ChallengeRatings>().AddSingleton<ApproveAssessment>()
        .AddSingleton<AddControl>().AddSingleton<TestControl>().AddSingleton<LowerRisk>().AddSingleton<TreatRisk>().AddSingleton<AcceptRisk>().AddSingleton<NamePosts>()
        .AddIndicators();

    /// <summary>Adds its lists and pages.</summary>
    public static IServiceCollection AddRiskPages(this IServiceCollection services) => services
        .AddSingleton<IView, RisksView>()
        .AddSingleton<FactsMemory>().AddScoped<RecordFacts>().AddScoped<FactWords>().AddScoped<INextSteps, MovedNextSteps>()
        .AddScoped<Risks>().AddScoped<ShowRisks>().AddScoped<ShowCounts>().AddScoped<ShowBeginning>().AddScoped<ShowScoring>().AddScoped<ShowConsolidating>()
        .AddScoped<ShowAssessment>().AddScoped<ActOnAssessment>().AddScoped<PostLines>().AddScoped<ShowRisk>().AddScoped<ActOnRisk>()
        .AddScoped<PostRisks>().AddScoped<IPostRisks>(s => s.GetRequiredService<PostRisks>()).AddScoped<INextSteps, PostNextSteps>()
        .AddScoped<IStanding, RiskStanding>().AddScoped<INextSteps, RiskNextSteps>()
        .AddIndicatorPages()
        .AddNavigation<RiskText>("risk", "/risk", 8, "nav", user => RiskAccess.HasAnyRole(user) || SignedInPerson.Has(user, Role.Monitor));

    /// <summary>Maps the room's pages.</summary>
    public static IEndpointRouteBuilder MapRisk(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowRisks.Map(pages);
        ShowCounts.MapPublic(pages.MapGroup("").AllowAnonymous());
        ShowIndicators.MapPublic(pages.MapGroup("").AllowAnonymous());
        ShowIndicator.Map(pages);
        ShowIndicator.MapApi(routes);
        RiskApi.Map(routes);
        ShowBeginning.Map(pages);
        ShowScoring.Map(pages);
        ShowConsolidating.Map(pages);
        ActOnAssessment.Map(pages);
        ActOnRisk.Map(pages);
        return routes;
    }
}
