using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Keys;

/// <summary>How an attempt with a passphrase ended.</summary>
internal abstract record UnlockOutcome
{
    UnlockOutcome() { }

    /// <summary>It opened keys, and that stands on the record.</summary>
    public sealed record Done(long Index) : UnlockOutcome;

    /// <summary>It did not.</summary>
    /// <param name="Code">Why.</param>
    /// <param name="Until">Until when no passphrase is tried.</param>
    public sealed record Refused(string Code, DateTimeOffset? Until = null) : UnlockOutcome;
}

/// <summary>Passphrases: the one that a new key is locked with, and the one that opens what there is. Both are costly on purpose, so two at most are worked out at a time.</summary>
internal sealed class Unlock(ChangeKeys keys, LockedKeys locked, UnlockedKeys unlocked, TransparencyLog log, Clerk clerk, TimeProvider time) : IDisposable
{
    public const string Short = "reports.passphrase-short";
    public const string Long = "reports.passphrase-long";
    public const string Again = "reports.passphrase-again";
    public const string Wrong = "reports.passphrase-wrong";
    public const string Wait = "reports.passphrase-wait";
    public const string NoKey = "reports.no-key";

    /// <summary>So many wrong passphrases within <see cref="Window"/> and the next has to wait.</summary>
    public const int Tries = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    readonly SemaphoreSlim _argon = new(2, 2);
    // One attempt at a time for a person, or many sent at once would all be tried before the first is counted.
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Where it is recorded that somebody unlocked their keys, or tried to.</summary>
    public static StreamId UsesOf(Guid person) => new(Streams.Derive(person, "report key uses"));

    /// <summary>The code of what is wrong with a new passphrase, or null.</summary>
    public static string? Unfit(string? passphrase, string? again) => (passphrase ?? "").Trim().Length switch
    {
        < PassphraseLock.ShortestPassphrase => Short,
        > PassphraseLock.LongestPassphrase => Long,
        _ => passphrase!.Trim() == again?.Trim() ? null : Again,
    };

    /// <summary>Makes a key for somebody under a passphrase. Nothing is sealed for it before somebody else confirms it.</summary>
    public async Task<Outcome> MakeAsync(Guid person, string passphrase, CancellationToken cancel)
    {
        // Whoever may not make one is refused before anything is written; the record refuses again.
        using var key = SealingKey.Generate();
        var command = new ChangeKeys.Make(key.Public.ToString());
        if (ChangeKeys.Decide(command, await keys.FactsAsync(person, cancel)) is Decision.Refused) return await keys.HandleAsync(person, command, cancel);
        var turn = TurnOf(person);
        await turn.WaitAsync(cancel);
        try
        {
            // Kept first: a key on the record whose other half is nowhere would have reports sealed for nobody.
            await locked.AddAsync(person, await CostlyAsync(() => PassphraseLock.Lock(key, passphrase), cancel), cancel);
            return await keys.HandleAsync(person, command, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Opens what a passphrase opens of somebody's keys, for this sign-in alone.</summary>
    public async Task<UnlockOutcome> RunAsync(ClaimsPrincipal who, string? passphrase, CancellationToken cancel)
    {
        if (SignedInPerson.Of(who) is not { } person || SignedInPerson.SessionOf(who) is not { } session) return new UnlockOutcome.Refused(Bars.Role);
        var turn = TurnOf(person);
        await turn.WaitAsync(cancel);
        try
        {
            var facts = await keys.FactsAsync(person, cancel);
            if (KeyAccess.Refuses(KeyAction.Unlock, person, facts) is { } refusal) return new UnlockOutcome.Refused(refusal.Code);
            if (await WaitsUntilAsync(person, cancel) is { } until) return new UnlockOutcome.Refused(Wait, until);
            var known = facts.Recipients.KeysOf(person).Select(k => k.Public).ToHashSet();
            if (known.Count == 0) return new UnlockOutcome.Refused(NoKey);
            var opened = passphrase is { Length: > 0 and <= 2 * PassphraseLock.LongestPassphrase } ? await OpenAsync(person, passphrase, known, cancel) : [];
            if (opened.Count == 0)
            {
                await FileAsync(person, new KeyNotUnlocked(), cancel);
                var wait = await WaitsUntilAsync(person, cancel);
                return new UnlockOutcome.Refused(wait is null ? Wrong : Wait, wait);
            }

            // What nobody could look up afterwards is not unlocked.
            if (await FileAsync(person, new KeyUnlocked(opened[^1].Public.ToString()), cancel) is Outcome.Done(var index))
            {
                unlocked.Put(person, session, KeyAccess.PartOf(person, facts.Recipients, facts.Register, facts.Now) == HolderPart.Custodian, opened);
                return new UnlockOutcome.Done(index);
            }

            foreach (var key in opened) key.Dispose();
            return new UnlockOutcome.Refused(Wrong);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Until when no passphrase of somebody is tried, or null. Counted from the record: a restart forgets none.</summary>
    public async Task<DateTimeOffset?> WaitsUntilAsync(Guid person, CancellationToken cancel)
    {
        var stream = UsesOf(person);
        var last = (await log.ReadStreamAsync(stream, Math.Max(0, await log.VersionAsync(stream, cancel) - Tries), cancel)).Select(EventTypes.Read).ToList();
        return last.Count == Tries && last.TrueForAll(r => r.Event is KeyNotUnlocked) && last[0].When + Window is var until && last[^1].When - last[0].When <= Window && time.GetUtcNow() < until
            ? until : null;
    }

    async Task<List<SealingKey>> OpenAsync(Guid person, string passphrase, HashSet<string> known, CancellationToken cancel)
    {
        var opened = new List<SealingKey>();
        foreach (var line in await locked.ReadAsync(person, cancel))
        {
            if (await CostlyAsync(() => PassphraseLock.Open(line, passphrase), cancel) is not { } key) continue;
            if (known.Contains(key.Public.ToString())) opened.Add(key);
            else key.Dispose();
        }

        return opened;
    }

    async Task<T> CostlyAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _argon.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _argon.Release();
        }
    }

    Task<Outcome> FileAsync(Guid person, IEvent happened, CancellationToken cancel) => clerk.FileAsync(
        new ActorId(person), UsesOf(person), "reports.key-unlock", _ => new(Decision.Accept(new Filing(UsesOf(person), happened, Compartment: Compartments.OfPerson(person)))), cancel: cancel);

    SemaphoreSlim TurnOf(Guid person) => _turns[(uint)person.GetHashCode() % (uint)_turns.Length];

    public void Dispose()
    {
        _argon.Dispose();
        foreach (var turn in _turns) turn.Dispose();
    }
}
