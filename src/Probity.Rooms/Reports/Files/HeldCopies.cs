using Probity.Access.Contract;

namespace Probity.Reports.Files;

/// <summary>Copies that somebody looks at just now, each for the one sign-in in which it was made: few, and not for long.</summary>
internal sealed class HeldCopies(TimeProvider time) : ISessionEnd, IDisposable
{
    /// <summary>How long one is held that nobody asks for.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    const int Most = 6;

    readonly Lock _lock = new();
    readonly Dictionary<(Guid Person, string Sitting, Guid File), (HeldCopy Copy, DateTimeOffset Used)> _held = [];

    /// <summary>One that is there, in use from now on; null where there is none.</summary>
    public HeldCopy? Find(Guid person, string sitting, Guid file)
    {
        lock (_lock)
        {
            DropStale();
            if (!_held.TryGetValue((person, sitting, file), out var found) || !found.Copy.Use()) return null;
            _held[(person, sitting, file)] = (found.Copy, time.GetUtcNow());
            return found.Copy;
        }
    }

    /// <summary>Holds one. Where there are too many, that which nobody asked for the longest goes.</summary>
    public void Put(Guid person, string sitting, Guid file, HeldCopy copy)
    {
        lock (_lock)
        {
            DropStale();
            if (!copy.Use()) return;
            Drop(at => at == (person, sitting, file));
            if (_held.Count >= Most) Drop(at => at == _held.MinBy(h => h.Value.Used).Key);
            _held.Add((person, sitting, file), (copy, time.GetUtcNow()));
        }
    }

    /// <summary>Lets go of what somebody looks at.</summary>
    public void End(Guid person)
    {
        lock (_lock) Drop(at => at.Person == person);
    }

    /// <summary>Lets go of copies of some files, whoever looks at them.</summary>
    public void Forget(IReadOnlyCollection<Guid> files)
    {
        lock (_lock) Drop(at => files.Contains(at.File));
    }

    void DropStale()
    {
        var now = time.GetUtcNow();
        Drop(at => now - _held[at].Used >= Idle);
    }

    void Drop(Func<(Guid Person, string Sitting, Guid File), bool> goes)
    {
        foreach (var at in _held.Keys.Where(goes).ToList())
        {
            _held.Remove(at, out var gone);
            gone.Copy.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock) Drop(_ => true);
    }
}
