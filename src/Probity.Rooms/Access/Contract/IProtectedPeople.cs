using System.Security.Claims;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Access.Contract;

/// <summary>What somebody's unlocked key says of a person.</summary>
internal enum ProtectionSays
{
    /// <summary>No report that it opens protects them; or nobody of the house has a key, and there is no report.</summary>
    Nothing,

    /// <summary>One does.</summary>
    Protected,

    /// <summary>The key is locked: nobody can tell.</summary>
    Locked,

    /// <summary>Whoever looks has no key that was confirmed, and others have.</summary>
    NoKey,

    /// <summary>No report that it opens protects them, and some may be missing: what is held was not compared since this server started, and is not whole by what this node has alone.</summary>
    Unsure,
}

/// <summary>What a look said, in one session and nowhere else.</summary>
/// <param name="Says">What.</param>
/// <param name="Reports">The reports that protect the person, for the page of whoever looked.</param>
/// <param name="Boxes">What is recorded beside a clearing: see <see cref="ActCleared"/>.</param>
internal sealed record ProtectionLook(ProtectionSays Says, IReadOnlyList<Link> Reports, string Boxes)
{
    /// <summary>The same for the page where an act is cleared.</summary>
    public ClearingSheet ToSheet(DateTimeOffset earliest, DateTimeOffset now) => new(earliest, now, Says.ToString(), Reports);
}

/// <summary>The room that knows who is protected because of a report, in the session of whoever may read that report.</summary>
internal interface IProtectedPeople
{
    /// <summary>Looks whether somebody is protected.</summary>
    /// <param name="who">Who looks, with the key that this sign-in has unlocked.</param>
    /// <param name="person">The person.</param>
    /// <param name="why">Why an act has nothing to do with a report, to be sealed.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<ProtectionLook> LookAsync(ClaimsPrincipal who, Guid person, string? why, CancellationToken cancel);
}
