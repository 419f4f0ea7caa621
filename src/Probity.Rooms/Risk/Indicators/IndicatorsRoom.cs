using Microsoft.Extensions.DependencyInjection;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Risk.Indicators;

/// <summary>The indicators of law and practice: all that the room of risks sees of them.</summary>
internal static class IndicatorsRoom
{
    /// <summary>Adds the commands.</summary>
    public static IServiceCollection AddIndicators(this IServiceCollection services) =>
        services.AddSingleton<FoldedStream<IndicatorScores>>().AddSingleton<IndicatorDesk>().AddSingleton<StateIndicator>().AddSingleton<AnswerIndicator>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddIndicatorPages(this IServiceCollection services) =>
        services.AddScoped<ShowIndicators>().AddScoped<ShowIndicator>().AddScoped<INextSteps, IndicatorNextSteps>();
}
