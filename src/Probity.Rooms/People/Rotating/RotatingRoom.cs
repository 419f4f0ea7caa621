using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.People.Rotating.Planning;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Rotating;

/// <summary>Postings over time: all that the room of people sees of it.</summary>
internal static class RotatingRoom
{
    /// <summary>Adds the commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddRotating(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<Extensions>>().AddSingleton<TenureReader>().AddSingleton<IPostRequirements>(s => s.GetRequiredService<TenureReader>()).AddSingleton<ExtendTenure>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddRotatingPages(this IServiceCollection services) => services
        .AddScoped<ShowTenures>().AddScoped<INextSteps, TenureNextSteps>()
        .AddSingleton<GatherInput>().AddSingleton<PlanRotation>().AddScoped<ShowPlan>().AddScoped<INextSteps, PlanNextSteps>().AddScoped<Risk.Contract.IRiskSignals, TenureSignal>();

    /// <summary>Maps the pages and the API.</summary>
    public static void MapRotating(this IEndpointRouteBuilder routes, IEndpointRouteBuilder pages)
    {
        ShowPlan.Map(pages);
        ShowTenures.Map(pages);
        TenureApi.Map(routes);
    }
}
