using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Exports.TakingCopies;
using Probity.Shared;
using Probity.Shared.Web;

namespace Probity.Exports;

/// <summary>The room of copies that leave the house: all that a host sees of it.</summary>
internal static class ExportsRoom
{
    /// <summary>Adds the room. The host gives the log, the register, the cases, the exhibits and the procedures.</summary>
    public static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddSingleton<CaseCopies>().AddSingleton<ExportDesk>().AddSingleton<TakeCopy>().AddScoped<TakeCopyOfMany>()
        .AddScoped<ShowCopies>().AddScoped<ShowCopiesOfMany>()
        .AddNavigation<ExportsText>("exports", "/exports", 70, "copies.nav", ExportAccess.CopiesMany);

    /// <summary>Maps the room's API and pages.</summary>
    public static IEndpointRouteBuilder MapExports(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/exports").WithTags("Exports").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        TakeCopy.Map(api);
        TakeCopyOfMany.Map(api);
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowCopies.Map(pages);
        ShowCopiesOfMany.Map(pages);
        return routes;
    }
}
