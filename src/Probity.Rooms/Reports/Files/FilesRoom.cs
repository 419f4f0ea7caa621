using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Viewing;

namespace Probity.Reports.Files;

/// <summary>Files that were sent along: all that the room of reports sees of them.</summary>
internal static class FilesRoom
{
    /// <summary>Adds what makes copies and gives originals. The host brings <see cref="IFileCopies"/>.</summary>
    public static IServiceCollection AddReportFiles(this IServiceCollection services) => services
        .AddSingleton<HeldCopies>().AddSingleton<ISessionEnd>(s => s.GetRequiredService<HeldCopies>())
        .AddSingleton<MakeCopy>().AddSingleton<ReleaseOriginal>().AddSingleton<SendOriginal>().AddScoped<ShowFile>();

    /// <summary>Maps the pages.</summary>
    public static IEndpointRouteBuilder MapReportFiles(this IEndpointRouteBuilder routes)
    {
        ShowFile.Map(routes.MapGroup("").ExcludeFromDescription().MapUnlocked());
        return routes;
    }
}
