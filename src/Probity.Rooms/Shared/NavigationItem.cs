using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace Probity.Shared;

/// <summary>One entry of the navigation; its words are <paramref name="TextKey"/> of the texts named by <paramref name="Text"/>.</summary>
public sealed record NavigationItem(string Key, string Href, int Order, Type Text, string TextKey, Func<ClaimsPrincipal, bool> Visible);

/// <summary>How a room adds itself to the navigation.</summary>
public static class Navigation
{
    /// <summary>Adds an entry that signed-in people see, unless <paramref name="visible"/> says otherwise.</summary>
    public static IServiceCollection AddNavigation<TText>(
        this IServiceCollection services, string key, string href, int order, string textKey, Func<ClaimsPrincipal, bool>? visible = null) =>
        services.AddSingleton(new NavigationItem(key, href, order, typeof(TText), textKey, visible ?? (user => user.Identity?.IsAuthenticated == true)));
}
