using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Procedures.Checking;
using Probity.Procedures.Following;
using Probity.Shared;

namespace Probity.Procedures;

/// <summary>The room of procedures, as the host sees it.</summary>
internal static class ProceduresRoom
{
    public static IServiceCollection AddProcedures(this IServiceCollection services, CheckLimits? limits = null) => services
        .AddSingleton<Contract.ICaseTraces, CaseTraces>().AddSingleton<FollowCases>().AddHostedService(s => s.GetRequiredService<FollowCases>())
        .AddScoped<ShowFollowing>().AddScoped<FollowingFigures>()
        .AddScoped<IStanding, CasesStanding>()
        .AddScoped<Risk.Contract.IRiskSignals, SkippedSignal>().AddScoped<Risk.Contract.IRiskSignals, LateSignal>()
        .AddSops()
        .AddChecking(limits ?? new CheckLimits())
        .Configure<SharedOptions>(options => options.CheckHref = "/check")
        .AddNavigation<CheckingText>("check", "/check", 25, "Nav", user => CheckAccess.Allows(CheckAction.Check, user))
        .AddNavigation<ProceduresText>("procedures", "/procedures/case-handling", 20, "Following.Title");

    public static IEndpointRouteBuilder MapProcedures(this IEndpointRouteBuilder routes)
    {
        ShowFollowing.Map(routes.MapGroup("").ExcludeFromDescription());
        SopPages.Map(routes.MapGroup("").ExcludeFromDescription());
        CheckingPages.Map(routes);
        return routes;
    }
}
