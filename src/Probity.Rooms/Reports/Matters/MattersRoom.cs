using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Reports.Matters;

/// <summary>Matters: all that the room of reports sees of them.</summary>
internal static class MattersRoom
{
    /// <summary>Adds the commands.</summary>
    public static IServiceCollection AddMatters(this IServiceCollection services) => services
        .AddSingleton<MatterDesk>().AddSingleton<OpenMatter>().AddSingleton<AddAllegation>().AddSingleton<StateFindings>().AddSingleton<GiveMatter>();

    /// <summary>Adds the list and the pages.</summary>
    public static IServiceCollection AddMatterPages(this IServiceCollection services) => services
        .AddSingleton<IView, MatterView>().AddSingleton<MatterForms>().AddScoped<MatterList>()
        .AddScoped<ShowMatters>().AddScoped<ShowMatter>().AddScoped<ShowOpenMatter>().AddScoped<ShowReportMatters>().AddScoped<INextSteps, MatterNextSteps>()
        .AddNavigation<MattersText>("matters", "/matters", 45, "list.title", MatterForms.Serves);

    /// <summary>Maps the pages and the API.</summary>
    public static void Map(IEndpointRouteBuilder pages, IEndpointRouteBuilder ofReports, IEndpointRouteBuilder routes)
    {
        ShowMatters.Map(pages);
        ShowOpenMatter.Map(pages);
        ShowMatter.Map(pages);
        ShowReportMatters.Map(ofReports);
        MattersApi.Map(routes.MapGroup("/api/matters").WithTags("Matters"), routes.MapGroup("/api/reports").WithTags("Reports"));
    }
}
