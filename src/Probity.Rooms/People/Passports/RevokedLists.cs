using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>A list as it was signed.</summary>
internal sealed record SignedList(RevokedList List, string Text);

/// <summary>
/// The list of this house's revoked passports, worked out from the record whenever it is asked for: it is made anew when somebody was added to it, and once an hour. Nothing of it is
/// kept; its number is the second in which it was made.
/// </summary>
internal sealed class RevokedLists(TransparencyLog log, PassportDesk desk, PassportKeys keys, IRegister registers, IPolicies policies, TimeProvider time) : IDisposable
{
    static readonly TimeSpan s_renewed = TimeSpan.FromHours(1);

    readonly SemaphoreSlim _turn = new(1, 1);
    readonly Dictionary<Guid, Clearance> _clearances = [];
    SignedList? _newest;
    HashSet<string> _tokens = [];

    /// <summary>The list as of now.</summary>
    public async ValueTask<SignedList> CurrentAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var (book, register, policy, now) = (await desk.ReadAsync(cancel), await registers.ReadAsync(cancel), await policies.ReadAsync(cancel), time.GetUtcNow());
            var tokens = new HashSet<string>(StringComparer.Ordinal);
            foreach (var passport in book.Passports.Values.Where(p => now < p.Said.Until))
            {
                if (passport.StateAt(await ClearanceOfAsync(passport.Said.Clearance, cancel), register, now) != PassportState.Counts) tokens.Add(passport.Said.Token);
            }

            if (_newest is { } newest && tokens.SetEquals(_tokens) && now < newest.List.At + s_renewed && now >= newest.List.At) return newest;
            var at = now.ToUnixTimeSeconds();
            var number = Math.Max(at, (_newest?.List.Number ?? 0) + 1);
            var made = DateTimeOffset.FromUnixTimeSeconds(at);
            var list = RevokedList.Make(keys.Verifier.Name, number, made, policy.After(PolicyRules.PassportListHolds, made), tokens, keys.ListSecret);
            (_newest, _tokens) = (new SignedList(list, list.Sign(keys.Signer)), tokens);
            return _newest;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The state of the clearance that a passport speaks of, for a page.</summary>
    public async ValueTask<PassportState> StateOfAsync(Passport passport, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return passport.StateAt(await ClearanceOfAsync(passport.Said.Clearance, cancel), await registers.ReadAsync(cancel), time.GetUtcNow());
        }
        finally
        {
            _turn.Release();
        }
    }

    // Folded again only where it has moved: the list is public, and anybody may ask for it.
    async ValueTask<Clearance> ClearanceOfAsync(Guid id, CancellationToken cancel)
    {
        var stream = new StreamId(id);
        // An erasure moves no version of the stream whose content it takes: the register tells of it.
        if (_clearances.TryGetValue(id, out var known) && known.Version == await log.VersionAsync(stream, cancel)
            && (await registers.ReadAsync(cancel)).People.GetValueOrDefault(known.Person) is { IsErased: false }) return known;
        return _clearances[id] = await new RecordSession(log).FoldAsync<Clearance>(stream, cancel);
    }

    public void Dispose() => _turn.Dispose();
}
