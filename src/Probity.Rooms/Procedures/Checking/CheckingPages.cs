using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Probity.Procedures.Checking;

/// <summary>The pages that hold somebody's own register against a procedure, under <c>/check</c>.</summary>
internal static class CheckingPages
{
    public static IServiceCollection AddChecking(this IServiceCollection services, CheckLimits limits) => services
        .AddSingleton(limits)
        .AddSingleton<CheckStore>().AddHostedService(s => s.GetRequiredService<CheckStore>())
        .AddSingleton<Access.Contract.ISessionEnd>(s => s.GetRequiredService<CheckStore>())
        .AddSingleton<CheckDesk>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<CheckLimits>();
        // Before a body is read: who may not check sends nothing.
        var pages = routes.MapGroup("/check").ExcludeFromDescription().RequireAuthorization(Policy(CheckAction.Check));
        UploadRegister.Map(pages, limits);
        PointAtColumns.Map(pages);
        ChooseProcedure.Map(pages, limits);
        WriteProcedure.Map(pages);
        OrderCheck.Map(pages, limits);
        ShowFound.Map(pages);
        DownloadFound.Map(pages.MapGroup("").RequireAuthorization(Policy(CheckAction.Download)));
    }

    static AuthorizationPolicy Policy(CheckAction action) => new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser().RequireAssertion(context => CheckAccess.Allows(action, context.User)).Build();
}
