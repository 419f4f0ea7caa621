using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Probity.Shared.Home;
using Probity.Shared.Uploads;
using Probity.Shared.Web;

namespace Probity.Shared;

/// <summary>The shell of every page, as the host sees it.</summary>
public static class SharedRoom
{
    /// <summary>Bytes of uploads that the process holds at once.</summary>
    const long HeldUploads = 400L << 20;

    /// <summary>Adds the shell's services.</summary>
    public static IServiceCollection AddShared(this IServiceCollection services, Action<SharedOptions>? configure = null)
    {
        services.AddRazorComponents();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "probity-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        services.Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new MemoryBudget(HeldUploads));
        services.AddSingleton<UploadReading>();
        services.AddScoped<When>();
        services.AddScoped<Standings>();
        return services;
    }

    /// <summary>First in the pipeline, before sign-in: headers, language, pages for faults.</summary>
    public static IApplicationBuilder UseShared(this IApplicationBuilder app)
    {
        app.Use(PageProtection.Apply);
        app.UseRequestLocalization(Languages.Options());
        app.Use(Faults.Catch);
        return app;
    }

    /// <summary>After sign-in: files are read where an endpoint takes them, and no form is taken without the token of the page it came from.</summary>
    public static IApplicationBuilder UseForms(this IApplicationBuilder app)
    {
        app.Use(app.ApplicationServices.GetRequiredService<UploadReading>().ReadAsync);
        app.UseAntiforgery();
        app.Use(Forms.Check);
        return app;
    }

    /// <summary>Maps what every page needs: the assets and the choice of language.</summary>
    public static IEndpointRouteBuilder MapShell(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{hash}/{name}", PageAssets.Serve);
        routes.MapGet("/language/{code}", Languages.Choose);
        return routes;
    }

    /// <summary>Maps the first screen, the assets, the choice of language, and a plain page for each door that is not open yet.</summary>
    public static IEndpointRouteBuilder MapShared(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<IOptions<SharedOptions>>().Value;
        routes.MapGet("/", () => Rendered.Page<HomePage>());
        routes.MapShell();
        foreach (var door in Door.All.Where(door => door.Chosen(options) is null))
            routes.MapGet(door.Href, () => Rendered.Page<NotYetPage>(new Dictionary<string, object?> { ["Key"] = door.Key }));
        return routes;
    }

    /// <summary>Maps the page of all that waits for the person who is signed in.</summary>
    public static IEndpointRouteBuilder MapSteps(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/steps", () => Rendered.Page<StepsPage>());
        return routes;
    }
}
