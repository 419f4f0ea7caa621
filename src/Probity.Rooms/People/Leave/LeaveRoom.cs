using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Leave;

/// <summary>Leave that must be taken: all that the room of people sees of it.</summary>
internal static class LeaveRoom
{
    /// <summary>Adds the commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddLeave(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<Leaves>>().AddSingleton<LeaveReader>().AddSingleton<IPostRequirements, OnLeave>().AddSingleton<IPostRequirements, LeaveOverdue>().AddSingleton<TakeLeave>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddLeavePages(this IServiceCollection services) => services.AddScoped<ShowLeave>().AddScoped<INextSteps, LeaveNextSteps>();

    /// <summary>Maps the pages.</summary>
    public static void MapLeave(this IEndpointRouteBuilder pages) => ShowLeave.Map(pages);
}
