using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Interdiction.Contract;

namespace Probity.Interdiction.ViewingTargets;

/// <summary>What is asked of the list. Everything left out narrows nothing down; what cannot be read is left out too.</summary>
internal sealed record TargetQuery(TargetKind? Kind, TargetStage? Stage, string? Port, DateOnly? From, DateOnly? To, bool Mine, int Page)
{
    public bool IsFiltered => Kind is not null || Stage is not null || Port is not null || From is not null || To is not null || Mine;

    public static TargetQuery Of(IQueryCollection query) => new(
        Named<TargetKind>(query["kind"]), Named<TargetStage>(query["stage"]),
        References.Normal(query["port"]) is { Length: > 0 } port ? port : null, Day(query["from"]), Day(query["to"]), query["mine"] == "yes",
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1);

    /// <summary>The same query at another page, as an address.</summary>
    public string ToQuery(int page) => QueryString.Create(Fields.Append(new("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)))
        .Where(f => f.Value is not null)).ToString();

    /// <summary>What was asked, by field.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Fields =>
    [
        new("kind", Kind is { } k ? InterdictionText.Camel(k) : null), new("stage", Stage is { } s ? InterdictionText.Camel(s) : null), new("port", Port),
        new("from", Text(From)), new("to", Text(To)), new("mine", Mine ? "yes" : null),
    ];

    static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // By name only: a number would be taken for any value at all.
    static T? Named<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;
}

/// <summary>One page of the list, and how many there are of what was asked for.</summary>
internal sealed record TargetsFound(IReadOnlyList<(TargetRow Row, bool Mine)> Rows, int Total, int Page, int Pages);

/// <summary>
/// The targets of one reader: those that <see cref="TargetAccess"/> lets them view, and no trace of any other. The rule is applied in the
/// database, before anything is counted. What waits for the reader comes first, then what arrives soonest.
/// </summary>
internal sealed class Targets(DbContext views, IRegister registers, TimeProvider time)
{
    public const int PageSize = 25;

    public async Task<TargetsFound> ReadAsync(Guid person, TargetQuery query, TimeZoneInfo zone, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var reader = ReaderOf(person, register, now);
        var mine = Mine(reader, now);
        var found = Narrow(Visible(reader), query, zone);
        if (query.Mine) found = found.Where(mine);
        var total = await found.CountAsync(cancel);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Min(query.Page, pages);
        var waiting = found.Where(mine).Select(t => t.Id);
        var rows = await found.Select(t => new { Row = t, Mine = waiting.Contains(t.Id) })
            .OrderByDescending(t => t.Mine).ThenByDescending(t => t.Row.Arrival).ThenBy(t => t.Row.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).AsNoTracking().ToListAsync(cancel);
        return new TargetsFound([.. rows.Select(r => (r.Row, r.Mine))], total, page, pages);
    }

    /// <summary>What needs this person's signature, the most urgent first: for their next steps.</summary>
    public async Task<IReadOnlyList<TargetRow>> ToSignAsync(Guid person, int most, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var reader = ReaderOf(person, await registers.ReadAsync(cancel), now);
        return await Visible(reader).Where(Mine(reader, now)).Where(t => t.AskedBy != null || t.Due != null)
            .OrderBy(t => t.Due ?? DateTimeOffset.MaxValue).ThenBy(t => t.LastActivity).ThenBy(t => t.Id).Take(most).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>Need-to-know and the guard, as one condition.</summary>
    IQueryable<TargetRow> Visible(Reader reader)
    {
        var (me, all, works, commands, barred, _) = reader;
        var signs = reader.Signs;
        return views.Set<TargetRow>().Where(t =>
            (t.Staff == null || !barred.Contains(t.Staff.Value))
            && (all || works.Contains(t.Unit) || commands.Contains(t.Unit) || (signs && t.Countersigner == me)));
    }

    // A signature that is missing is its countersigner's and the commanders', and once it is late the overseer's too.
    static System.Linq.Expressions.Expression<Func<TargetRow, bool>> Mine(Reader reader, DateTimeOffset now)
    {
        var (me, _, works, commands, _, oversees) = reader;
        return t =>
            (t.AskedBy != null && t.AskedBy != me && (works.Contains(t.Unit) || commands.Contains(t.Unit)))
            || (t.Due != null && t.AwaitedOf != me && (t.Countersigner == me || commands.Contains(t.Unit) || (oversees && t.Due < now)))
            || (t.Stage == TargetStage.Registered && t.AskedBy == null && works.Contains(t.Unit));
    }

    static IQueryable<TargetRow> Narrow(IQueryable<TargetRow> targets, TargetQuery query, TimeZoneInfo zone)
    {
        if (query.Kind is { } kind) targets = targets.Where(t => t.Kind == kind);
        if (query.Stage is { } stage) targets = targets.Where(t => t.Stage == stage);
        if (query.Port is { } port) targets = targets.Where(t => t.Port == port);
        if (query.From is { } from)
        {
            var begin = Begin(from);
            targets = targets.Where(t => t.Arrival >= begin);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = Begin(to.AddDays(1));
            targets = targets.Where(t => t.Arrival < end);
        }

        return targets;

        DateTimeOffset Begin(DateOnly day)
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(midnight, day.Year is > 1 and < 9999 ? zone.GetUtcOffset(midnight) : TimeSpan.Zero);
        }
    }

    static Reader ReaderOf(Guid person, Register register, DateTimeOffset now)
    {
        var actor = Actor.From(register, person, now);
        return new Reader(
            person, TargetAccess.SeesAll(actor), [.. register.Units.Keys.Where(u => TargetAccess.IsOfUnit(actor, u))],
            [.. register.Units.Keys.Where(u => actor.Commands(u, register))], [.. Recusal.BarredWith(person, register, now)], actor.Has(Role.Overseer))
        {
            Signs = actor.Has(Role.Officer) || actor.Has(Role.Commander),
        };
    }

    /// <summary>What the rules of the list know of its reader.</summary>
    sealed record Reader(Guid Me, bool All, Guid[] Works, Guid[] Commands, Guid[] Barred, bool Oversees)
    {
        public bool Signs { get; init; }
    }
}
