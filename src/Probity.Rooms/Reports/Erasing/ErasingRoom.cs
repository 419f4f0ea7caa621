using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared.Record;

namespace Probity.Reports.Erasing;

/// <summary>Erasing reports and keeping them for the law: all that the room of reports sees of it.</summary>
internal static class ErasingRoom
{
    /// <summary>Adds the commands. What sweeps is added with the exchange.</summary>
    public static IServiceCollection AddErasing(this IServiceCollection services) => services
        .AddSingleton<EraseReport>().AddSingleton<HoldReport>().AddSingleton<IReaction, FinishReportErasure>();

    /// <summary>Adds the page.</summary>
    public static IServiceCollection AddErasingPages(this IServiceCollection services) => services.AddScoped<ShowReportErasure>();

    /// <summary>Maps the page and the API.</summary>
    public static void Map(IEndpointRouteBuilder pages, IEndpointRouteBuilder routes)
    {
        ShowReportErasure.Map(pages);
        ErasingApi.Map(routes.MapGroup("/api/reports").WithTags("Reports"));
    }
}
