using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>Handing parts of reports on: all that the room of reports sees of it.</summary>
internal static class GrantingRoom
{
    /// <summary>Adds the commands.</summary>
    public static IServiceCollection AddGranting(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<IdentityRequests>>().AddSingleton<IdentityDesk>().AddSingleton<IdentityParts>()
        .AddSingleton<AskIdentity>().AddSingleton<AnswerIdentity>().AddSingleton<HandOnIdentity>()
        .AddSingleton<FoldedStream<Recoveries>>().AddSingleton<FoldedStream<RecoveredKeys>>().AddSingleton<RecoveryDesk>()
        .AddSingleton<NameRecoveryKey>().AddSingleton<AskRecovery>().AddSingleton<CarryRecovery>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddGrantingPages(this IServiceCollection services) => services
        .AddScoped<ShowIdentity>().AddScoped<ShowIdentities>().AddScoped<ShowRecovery>().AddScoped<INextSteps, GrantNextSteps>().AddScoped<INextSteps, RecoveryNextSteps>();

    /// <summary>Maps the pages.</summary>
    public static void Map(IEndpointRouteBuilder pages)
    {
        ShowIdentity.Map(pages.MapUnlocked());
        ShowIdentities.Map(pages);
        ShowRecovery.Map(pages);
    }
}
