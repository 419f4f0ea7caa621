using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases.Viewing;

/// <summary>The readings of one person on one day: how often, what they opened, and when last.</summary>
public sealed record ReadLine(string Who, DateTimeOffset Last, int Times, IReadOnlyList<string> What);

/// <summary>Somebody was refused something in the case.</summary>
public sealed record RefusalLine(DateTimeOffset At, string Who, string Action, string Why);

/// <summary>Somebody declared a conflict with the case, and whether it is asked that this be lifted.</summary>
public sealed record WallLine(string Who, string Kind, DateTimeOffset Since, bool LiftAsked);

/// <summary>The newest lines, and how many older ones there are.</summary>
public sealed record Newest<TLine>(IReadOnlyList<TLine> Lines, int More);

/// <summary>
/// What only those outside the unit see of a case: who opened it, who was kept from something, and what was sent back to be
/// mended.
/// </summary>
public sealed record OversightSheet(
    Guid CaseId, Newest<ReadLine> Reads, Newest<RefusalLine> KeptOut, Newest<RefusalLine> SentBack, IReadOnlyList<WallLine> Walls);

/// <summary>Reads who opened a case and what was refused in it.</summary>
internal sealed class CaseOversight(TransparencyLog log, IOptions<SharedOptions> options)
{
    const int Most = 8;

    public async Task<OversightSheet> ReadAsync(Case @case, Register register, CancellationToken cancel)
    {
        var reads = (await log.ReadStreamAsync(Streams.ReadsOf(@case.Stream), 0, cancel)).Select(EventTypes.Read).ToList();
        var refusals = (await log.ReadStreamAsync(Streams.RefusalsOf(@case.Stream), 0, cancel)).Select(EventTypes.Read)
            .Where(r => r.Event is ActionRefused).Reverse().ToLookup(r => IsBar(((ActionRefused)r.Event!).Code));
        return new OversightSheet(
            @case.Id, NewestOf(ByDay(reads, options.Value.TimeZone).Select(g => new ReadLine(register.NameOf(g.Person), g.Last, g.Times, g.What))),
            NewestOf(refusals[true].Select(Line)), NewestOf(refusals[false].Select(Line)),
            [.. @case.Walls.OrderBy(w => w.Value.Since).Select(w => new WallLine(
                register.NameOf(w.Key), CaseWords.Of(w.Value.Kind), w.Value.Since, w.Value.LiftAskedBy is not null))]);

        RefusalLine Line(Recorded r) => new(
            r.At, register.NameOf(r.Actor.Value), ((ActionRefused)r.Event!).Action, CasesText.Of(((ActionRefused)r.Event!).Code));
    }

    /// <summary>Readings by person and day, the newest first.</summary>
    internal static IEnumerable<(Guid Person, DateTimeOffset Last, int Times, IReadOnlyList<string> What)> ByDay(
        IEnumerable<Recorded> reads, TimeZoneInfo zone) => reads
        .Where(r => r.Event is MatterRead)
        .GroupBy(r => (r.Actor.Value, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(r.At, zone).DateTime)))
        .Select(g => (g.Key.Value, g.Max(r => r.At), g.Count(), (IReadOnlyList<string>)[.. g.Select(r => ((MatterRead)r.Event!).What).Distinct().Order(StringComparer.Ordinal)]))
        .OrderByDescending(g => g.Item2);

    // Who may not was kept out; every other refusal asks for something to be mended, and is no sign of anything.
    static bool IsBar(string code) => code == Bars.Role || code.StartsWith("recusal.", StringComparison.Ordinal);

    static Newest<TLine> NewestOf<TLine>(IEnumerable<TLine> lines)
    {
        var all = lines.ToList();
        return new Newest<TLine>([.. all.Take(Most)], Math.Max(0, all.Count - Most));
    }
}
