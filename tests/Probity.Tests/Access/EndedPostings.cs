using System.Net;
using Probity.Access.Contract;
using Probity.Reports.Protecting;

namespace Probity.Tests.Access;

/// <summary>Postings that end as they do in a house: asked for, and agreed to by somebody else three days later.</summary>
internal static class EndedPostings
{
    /// <summary>What a key says of somebody whom no report protects.</summary>
    public static ProtectionLook Unprotected { get; } = new(ProtectionSays.Nothing, [], ClearingBoxes.Seal([], Guid.Empty, null));

    /// <summary>Ends one; the clock goes on for three days, and whoever was signed in is no longer.</summary>
    public static async Task EndPostingAsync(this StaffHost host, Guid posting, Role asks, Role agrees)
    {
        var path = $"/api/postings/{posting:D}/end";
        Assert.Equal(HttpStatusCode.Accepted, (await (await host.SignedInAsync(asks)).PostJsonAsync(path, new { text = "Moves to another agency." })).StatusCode);
        host.Clock.Now += HeldActs.Hold;
        Assert.Equal(HttpStatusCode.NoContent, (await (await host.SignedInAsync(agrees)).PostJsonAsync(path + "/answer", new { agree = true })).StatusCode);
    }
}
