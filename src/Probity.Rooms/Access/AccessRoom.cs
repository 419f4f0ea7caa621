using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Access.Duress;
using Probity.Access.Enrolling;
using Probity.Access.Leaving;
using Probity.Access.Reviewing;
using Probity.Access.Staffing;
using Probity.Access.SigningIn;
using Probity.Access.SigningOut;
using Probity.Records.Contract;
using Probity.Shared;
using Probity.Shared.Home;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access;

/// <summary>How access is run.</summary>
internal sealed record AccessOptions
{
    /// <summary>Whether links sign people in.</summary>
    public bool Demo { get; init; }

    /// <summary>Attempts to sign in or enrol that one address may make a minute.</summary>
    public int AttemptsPerMinute { get; init; } = 30;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512: about three times what OWASP asks for.</summary>
    public int PasswordRounds { get; init; } = 600_000;
}

/// <summary>Who is who, who signs in, and who may do what.</summary>
internal static class AccessRoom
{
    const int MinPassword = 12;

    /// <summary>The rules for passwords and names: length is what makes a password strong, not its kinds of characters.</summary>
    public static void ConfigureIdentity(IdentityOptions identity)
    {
        identity.Password.RequiredLength = MinPassword;
        identity.Password.RequiredUniqueChars = 5;
        identity.Password.RequireDigit = identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        identity.Stores.ProtectPersonalData = false;
    }

    /// <summary>Adds the room's lists.</summary>
    public static IServiceCollection AddAccessViews(this IServiceCollection services) => services.AddSingleton<IView, AlertsView>();

    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = options.PasswordRounds);
        services.AddSingleton<IRegister, RegisterReader>().AddSingleton<ICallers, Callers>().AddSingleton<PeopleNames>().AddSingleton<PostTitles>();
        services.AddSingleton<Founding>();
        services.AddSingleton<TotpSecrets>();
        services.AddSingleton<DoorTurns>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<RegisterDesk>();
        services.AddSingleton<IKeptSecrets, KeptSecrets>();
        services.AddSingleton<ErasedCredentials>().AddSingleton<IErasedTraces>(s => s.GetRequiredService<ErasedCredentials>());
        services.AddSingleton<Leave>().AddScoped<ShowLeaving>().AddScoped<INextSteps, LeavingNextSteps>();
        services.AddSingleton<ReviewUnit>().AddSingleton<ReviewReader>().AddScoped<ShowReviews>().AddScoped<INextSteps, ReviewNextSteps>();
        services.AddAccessViews();
        services.AddScoped<SecondPasswords>().AddScoped<AlertDesk>().AddScoped<ShowAlert>().AddScoped<INextSteps, AlertNextSteps>();
        services.AddSingleton(new QuickLink(() => AccessText.Get("second.title"), OwnSignIn.Address, user => SignedInPerson.Of(user) is not null));
        services.AddScoped<Doorkeeper>();
        services.AddScoped<Invitations>();
        services.AddScoped<Inviting>();
        services.AddScoped<PeopleReader>();
        services.AddSingleton<ShowUnits>();
        services.AddNavigation<AccessText>("people", "/people", 20, "people.title", PeopleReader.MaySee);
        services.AddScoped<INextSteps, PostingNextSteps>();
        if (options.Demo) services.AddSingleton<DemoSignIn>().Configure<SharedOptions>(o => o.DemoHref = ShowDemo.Href);
        services.AddAuthentication(Sessions.Scheme).AddCookie(Sessions.Scheme, Sessions.Configure);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            // The address is a key in memory for a minute; it is written nowhere.
            limits.AddPolicy(SignIn.RateLimit, context => RateLimitPartition.GetSlidingWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = options.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
        });
        return services;
    }

    public static void MapAccess(this IEndpointRouteBuilder endpoints, AccessOptions options)
    {
        SignIn.Map(endpoints);
        SignOut.Map(endpoints);
        Enrol.Map(endpoints);
        if (options.Demo) DemoSignIn.Map(endpoints);

        var api = endpoints.MapGroup("/api").WithTags("Access").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        var pages = endpoints.MapGroup("").ExcludeFromDescription();
        CreateUnit.Map(api, pages);
        CreatePost.Map(api, pages);
        ShowUnits.Map(pages);
        RegisterPerson.Map(api, pages);
        InvitePerson.Map(api, pages);
        ProposePosting.Map(api, pages);
        ApprovePosting.Map(api, pages);
        EndPosting.Map(api, pages);
        AnswerPostingEnd.Map(api, pages);
        PeopleReader.Map(api, pages);
        OwnSignIn.Map(pages);
        ShowAlert.Map(pages);
        LeavingApi.Map(api);
        ShowLeaving.Map(pages);
        ReviewApi.Map(api);
        ShowReviews.Map(pages);
    }
}
