using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.TakingOver;

/// <summary>A line that was presented before, under its number.</summary>
internal sealed record KnownLine(Guid Register, int Line, DateTimeOffset At);

/// <summary>
/// All that the presenting of a unit's register may know: the cases by the numbers that the register has for them, as the presenter stands to them; what
/// was presented before for the unit and not sent back, by <see cref="ReadRegister.KeyOf"/>; and the sums of all files that were.
/// </summary>
internal sealed record PresentingFacts(
    Guid Unit, Actor Actor, Register Register, Store Store, DateTimeOffset Now, IReadOnlyDictionary<string, CaseStanding> Cases,
    IReadOnlyDictionary<string, KnownLine> Known, IReadOnlySet<string> Files)
{
    /// <summary>What is on this record already under a number or a seal that the register names.</summary>
    public IReadOnlyList<KnownExhibit> OnRecord { get; init; } = [];
}

/// <summary>All that a decision on a register that was presented may know; its cases as whoever acts stands to them, of which what it opens is not there yet.</summary>
internal sealed record RegisterFacts(
    TakenRegister Taken, RegisterLines Lines, Actor Actor, Register Register, Store Store, DateTimeOffset Now, IReadOnlyDictionary<Guid, CaseStanding> Cases)
{
    /// <summary>Who presented it and who has keys of its places: they vouch for none of it.</summary>
    public IReadOnlyList<Guid> Keepers =>
        [Taken.By, .. Lines.All.Select(l => l.Exhibit.Location).Distinct().Select(l => Store.Locations.GetValueOrDefault(l)).OfType<StorageLocation>().SelectMany(l => l.Keyholders).Distinct()];
}

/// <summary>Reads what is known of registers, for decisions and pages.</summary>
internal sealed class TakingOverDesk(TransparencyLog log, Clerk clerk, IRegister registers, ICaseFiles cases, ICaseTakingOver numbers, KnownExhibits exhibits, TimeProvider time)
{
    /// <summary>A new reading of the record.</summary>
    public RecordSession Session() => new(log);

    /// <summary>What the presenting of a register rests on.</summary>
    public async ValueTask<PresentingFacts> ReadAsync(RecordSession session, Guid person, Guid unit, StatedRegister read, CancellationToken cancel)
    {
        var (now, register) = (time.GetUtcNow(), await registers.ReadAsync(session, cancel));
        var actor = Actor.From(register, person, now);
        var standings = new Dictionary<string, CaseStanding>();
        foreach (var number in read.Lines.Select(l => l.Case).OfType<string>().Distinct())
        {
            var id = await numbers.FindAsync(number, register, cancel);
            standings[number] = await cases.StandingAsync(session, actor, register, id, now, cancel);
        }

        var (known, files) = (new Dictionary<string, KnownLine>(), new HashSet<string>());
        foreach (var listed in (await session.FoldAsync<RegisterList>(RegisterList.Stream, cancel)).All)
        {
            var taken = await session.FoldAsync<TakenRegister>(new StreamId(listed.Register), cancel);
            if (taken.Presented is null || taken.Stage == RegisterStage.SentBack) continue;
            files.Add(taken.Presented.Sha256);
            if (listed.Unit != unit) continue;
            foreach (var (_, exhibit) in (await session.FoldAsync<RegisterLines>(RegisterLines.StreamOf(listed.Register), cancel)).All)
                known.TryAdd(ReadRegister.KeyOf(exhibit.Number), new KnownLine(listed.Register, exhibit.Line, taken.At));
        }

        return new PresentingFacts(unit, actor, register, await session.FoldAsync<Store>(Store.Stream, cancel), now, standings, known, files)
        {
            OnRecord = await exhibits.WithAsync(read.Lines.Where(l => !l.IsTotal).SelectMany(HeldRegister.MarksOf), cancel),
        };
    }

    /// <summary>What a decision on a register rests on.</summary>
    public async ValueTask<RegisterFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var (now, register) = (time.GetUtcNow(), await registers.ReadAsync(session, cancel));
        var actor = Actor.From(register, person, now);
        var taken = await session.FoldAsync<TakenRegister>(new StreamId(id), cancel);
        var lines = taken.Presented is null ? RegisterLines.Initial : await session.FoldAsync<RegisterLines>(RegisterLines.StreamOf(id), cancel);
        var standings = new Dictionary<Guid, CaseStanding>();
        foreach (var @case in lines.All.Select(l => l.Case).Distinct()) standings[@case] = await cases.StandingAsync(session, actor, register, @case, now, cancel);
        return new RegisterFacts(taken, lines, actor, register, await session.FoldAsync<Store>(Store.Stream, cancel), now, standings);
    }

    /// <summary>Opens a register for a page: the reading, or the refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<RegisterFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(Session(), person, id, cancel);
        var refusal = TakingOverAccess.Refuses(RegisterAction.View, facts);
        if (refusal is null) await clerk.FileReadAsync(facts.Actor.Id, new StreamId(id), "exhibits.register", cancel: cancel);
        else await clerk.FileAsync(new ActorId(person), new StreamId(id), "exhibits.ViewRegister", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
        return refusal is null ? facts : null;
    }

    /// <summary>The registers that this person may see, the newest first; only those that wait for an answer, where asked for.</summary>
    public async Task<IReadOnlyList<RegisterFacts>> ListAsync(Guid person, CancellationToken cancel, bool waiting = false)
    {
        var session = Session();
        var seen = new List<RegisterFacts>();
        foreach (var listed in (await session.FoldAsync<RegisterList>(RegisterList.Stream, cancel)).All.Reverse())
        {
            // Their lines are read only of those that are wanted: there may be thousands.
            if (waiting && (await session.FoldAsync<TakenRegister>(new StreamId(listed.Register), cancel)).Answer is not null) continue;
            var facts = await ReadAsync(session, person, listed.Register, cancel);
            if (TakingOverAccess.Refuses(RegisterAction.View, facts) is null) seen.Add(facts);
        }

        return seen;
    }

    /// <summary>Who acts now, for a page that is about no register yet.</summary>
    public async Task<(Actor Actor, Register Register, Store Store, DateTimeOffset Now)> ActorAsync(Guid person, CancellationToken cancel)
    {
        var (now, session) = (time.GetUtcNow(), Session());
        var register = await registers.ReadAsync(session, cancel);
        return (Actor.From(register, person, now), register, await session.FoldAsync<Store>(Store.Stream, cancel), now);
    }
}
