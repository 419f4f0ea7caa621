using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.People.Declaring;

/// <summary>Declarations of assets and interests: all that a host sees of this part of the room.</summary>
internal static class DeclarationsRoom
{
    /// <summary>Adds the commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddDeclarations(this IServiceCollection services) => services.AddSingleton<IPostRequirements, DeclarationDuty>().AddSingleton<DeclarationDesk>().AddSingleton<Declare>().AddSingleton<ResolveGrowth>();

    /// <summary>Adds the list and the pages.</summary>
    public static IServiceCollection AddDeclarationPages(this IServiceCollection services) => services
        .AddSingleton<IView, DeclarationsView>().AddScoped<Declarers>().AddScoped<ShowDeclarations>().AddScoped<ShowDeclarers>().AddScoped<DeclareForm>()
        .AddScoped<INextSteps, DeclarationNextSteps>()
        .AddScoped<Risk.Contract.IRiskSignals, DeclarationSignal>()
        .AddNavigation<DeclarationsText>("declarations", "/declarations", 50, "nav", ShowDeclarations.Serves);

    /// <summary>Maps the pages.</summary>
    public static IEndpointRouteBuilder MapDeclarations(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowDeclarations.Map(pages);
        ShowDeclarers.Map(pages);
        DeclareForm.Map(pages);
        return routes;
    }
}
