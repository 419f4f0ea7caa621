using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>Competitions for posts: all that the room of people sees of them.</summary>
internal static class SelectionRoom
{
    /// <summary>Adds the commands. The host gives the seeds of draws beside the log, the register, declared interests and the policy pack.</summary>
    public static IServiceCollection AddSelection(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<Competitions>>().AddSingleton<SelectionSeeds>().AddSingleton<SelectionDesk>().AddSingleton<IPostCompetitions, PostCompetitions>()
        .AddSingleton<AskCompetition>().AddSingleton<DrawUpCompetition>().AddSingleton<FreezeCompetition>().AddSingleton<ApplyForPost>().AddSingleton<ScoreApplication>()
        .AddSingleton<ReplaceScorer>().AddSingleton<AdoptRanking>().AddSingleton<AppealRanking>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddSelectionPages(this IServiceCollection services) => services
        .AddScoped<ShowCompetitions>().AddScoped<ShowDrawingUp>().AddScoped<ShowCompetition>().AddScoped<ActOnCompetition>().AddScoped<ShowApplying>().AddScoped<ShowFigures>()
        .AddScoped<INextSteps, SelectionNextSteps>()
        .AddNavigation<SelectionText>("selection", ShowCompetitions.Address, 52, "nav", ShowCompetitions.Serves);

    /// <summary>Maps the pages and the API.</summary>
    public static void MapSelection(this IEndpointRouteBuilder routes, IEndpointRouteBuilder pages)
    {
        ShowCompetitions.Map(pages);
        ShowDrawingUp.Map(pages);
        ShowCompetition.Map(pages);
        ActOnCompetition.Map(pages);
        ShowApplying.Map(pages);
        ShowFigures.MapPublic(pages.MapGroup("").AllowAnonymous());
        SelectionApi.Map(routes);
    }
}
