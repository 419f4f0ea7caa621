using System.Collections.Concurrent;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Reports.Reading;

namespace Probity.Reports.Viewing;

/// <summary>When somebody's key was last seen unlocked, since this node started: whoever has not opened theirs for a day is asked to, whether or not anything waits.</summary>
internal sealed class KeySeen(TimeProvider time)
{
    readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();

    /// <summary>Whether it is unlocked now.</summary>
    public bool Look(ClaimsPrincipal user, ReportReader reader)
    {
        if (SignedInPerson.Of(user) is not { } person || !reader.IsUnlocked(user)) return false;
        _seen[person] = time.GetUtcNow();
        return true;
    }

    /// <summary>When it was last; null where it was not.</summary>
    public DateTimeOffset? Of(Guid person) => _seen.TryGetValue(person, out var at) ? at : null;
}
