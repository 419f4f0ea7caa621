using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Policies.Contract;
using Probity.Policies.Proposing;
using Probity.Policies.Viewing;
using Probity.Shared;

namespace Probity.Policies;

/// <summary>The figures that the rules of all rooms work with, as the country has set them: all that a host sees of the room.</summary>
internal static class PoliciesRoom
{
    /// <summary>Adds the pack in force and the commands that change it. The host gives the log and the register.</summary>
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services.AddSingleton<IPolicies, PolicyReader>().AddSingleton<ProposePack>();

    /// <summary>Adds its page.</summary>
    public static IServiceCollection AddPolicyPages(this IServiceCollection services) => services
        .AddScoped<ShowPolicy>().AddScoped<INextSteps, PolicyNextSteps>()
        .AddNavigation<PoliciesText>("policy", "/policy", 65, "policy.nav", ShowPolicy.Serves);

    /// <summary>Maps the room's page.</summary>
    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder routes)
    {
        ShowPolicy.Map(routes.MapGroup("").ExcludeFromDescription());
        return routes;
    }
}
