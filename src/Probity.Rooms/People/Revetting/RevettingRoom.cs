using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Revetting;

/// <summary>Re-vetting by lot: all that the room of people sees of it.</summary>
internal static class RevettingRoom
{
    /// <summary>Adds the commands. The host gives the seeds of draws beside the log, the register and the policy pack.</summary>
    public static IServiceCollection AddRevetting(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<Lots>>().AddSingleton<IPostRequirements, RevettingDuty>().AddSingleton<LotSeeds>().AddSingleton<CommitLots>().AddSingleton<FixPool>().AddSingleton<IReaction, DrawLot>();

    /// <summary>Adds the list and the pages.</summary>
    public static IServiceCollection AddRevettingPages(this IServiceCollection services) => services
        .AddSingleton<IView, LotView>().AddScoped<ShowLots>().AddScoped<INextSteps, LotNextSteps>();

    /// <summary>Maps the pages and the API.</summary>
    public static void MapRevetting(this IEndpointRouteBuilder routes, IEndpointRouteBuilder pages) =>
        ShowLots.Map(pages, routes.MapGroup("/api/vetting").WithTags("Vetting").AddEndpointFilter<ApiGuard>().DisableAntiforgery());
}
