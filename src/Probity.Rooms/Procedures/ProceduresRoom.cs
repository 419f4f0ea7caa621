using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Procedures.Following;
using Probity.Shared;

namespace Probity.Procedures;

/// <summary>The room of procedures, as the host sees it.</summary>
internal static class ProceduresRoom
{
    public static IServiceCollection AddProcedures(this IServiceCollection services) => services
        .AddSingleton<FollowCases>().AddHostedService(s => s.GetRequiredService<FollowCases>())
        .AddScoped<ShowFollowing>()
        .AddScoped<IStanding, CasesStanding>()
        .AddNavigation<ProceduresText>("procedures", "/procedures/case-handling", 20, "Following.Title");

    public static IEndpointRouteBuilder MapProcedures(this IEndpointRouteBuilder routes)
    {
        ShowFollowing.Map(routes.MapGroup("").ExcludeFromDescription());
        return routes;
    }
}
