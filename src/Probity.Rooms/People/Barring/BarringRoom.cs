using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared.Record;
using Probity.Shared;

namespace Probity.People.Barring;

/// <summary>The barred list: all that the room of people sees of it.</summary>
internal static class BarringRoom
{
    /// <summary>Adds the commands.</summary>
    public static IServiceCollection AddBarring(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<BarList>>().AddSingleton<BarDesk>().AddSingleton<EnterBar>().AddSingleton<ReviewBar>().AddSingleton<AnswerMatch>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddBarringPages(this IServiceCollection services) => services
        .AddScoped<ShowBarred>().AddScoped<ShowBar>().AddScoped<INextSteps, BarNextSteps>();

    /// <summary>Maps the pages.</summary>
    public static void MapBarring(this IEndpointRouteBuilder pages)
    {
        ShowBarred.Map(pages);
        ShowBar.Map(pages);
    }
}
