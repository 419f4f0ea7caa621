using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Risk.Moving;

namespace Probity.Risk.ViewingRisks;

/// <summary>What is asked of the list of risks. What cannot be read is left out.</summary>
internal sealed record RiskQuery(RiskLevel? Level, Guid? Unit, bool Overdue, int Page)
{
    public bool IsFiltered => Level is not null || Unit is not null || Overdue;

    public static RiskQuery Of(IQueryCollection query) => new(
        query["level"].ToString() is { Length: > 0 } text && char.IsLetter(text[0]) && Enum.TryParse<RiskLevel>(text, ignoreCase: true, out var level) ? level : null,
        Guid.TryParseExact(query["unit"], "D", out var unit) ? unit : null, query["overdue"] == "yes",
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1);

    public string ToQuery(int page) => QueryString.Create(new KeyValuePair<string, string?>[]
    {
        new("level", Level is { } l ? RiskText.Camel(l) : null), new("unit", Unit?.ToString("D")), new("overdue", Overdue ? "yes" : null), new("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)),
    }.Where(f => f.Value is not null)).ToString();
}

/// <summary>How many risks stand in a band.</summary>
internal sealed record BandCounts(IReadOnlyDictionary<RiskLevel, int> Bands, int Overdue)
{
    /// <summary>Those that facts of the record have raised.</summary>
    public int Moved { get; init; }

    /// <summary>Those of which nothing that bears on them is measured.</summary>
    public int Unmeasured { get; init; }

    public int All => Bands.Values.Sum();

    /// <summary>High and critical ones.</summary>
    public int High => Bands[RiskLevel.High] + Bands[RiskLevel.Critical];
}

/// <summary>The assessments and risks of one reader: those that <see cref="RiskAccess"/> lets them view. The rule is applied in the database.</summary>
internal sealed class Risks(DbContext views, RecordFacts facts, IRegister registers, TimeProvider time)
{
    public const int PageSize = 25;

    /// <summary>The assessments that somebody may see, those that are not over first, and no more than so many.</summary>
    public async Task<IReadOnlyList<AssessmentRow>> AssessmentsAsync(Guid person, int most, CancellationToken cancel) =>
        await (await VisibleAsync(person, cancel)).OrderBy(a => a.Stage == AssessmentStage.Replaced).ThenByDescending(a => a.LastActivity).ThenBy(a => a.Id).Take(most).AsNoTracking().ToListAsync(cancel);

    /// <summary>A page of the risks in force that somebody may see, or answers for a part of, the highest first. Facts of the record raise some: all of them are read, which are few for each unit.</summary>
    public async Task<(IReadOnlyList<(RiskRow Row, Movement Move)> Rows, int Total, int Page, int Pages)> ReadAsync(Guid person, RiskQuery query, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var found = (await SeenAsync(person, cancel)).Where(r => r.IsInForce);
        if (query.Unit is { } unit) found = found.Where(r => r.Unit == unit);
        if (query.Overdue) found = found.Where(r => r.OpenDue != null && r.OpenDue < now);
        var counted = await facts.ReadAsync(null, cancel);
        var scored = (await found.AsNoTracking().ToListAsync(cancel)).Select(r => (Row: r, Move: counted.Of(r, now))).Where(r => query.Level is not { } level || RiskMatrix.LevelOf(r.Move.Rating) == level)
            .OrderByDescending(r => RiskMatrix.ScoreOf(r.Move.Rating)).ThenBy(r => r.Row.Assessment).ThenBy(r => r.Row.Scenario, StringComparer.Ordinal).ToList();
        var pages = Math.Max(1, (scored.Count + PageSize - 1) / PageSize);
        var page = Math.Min(query.Page, pages);
        return ([.. scored.Skip((page - 1) * PageSize).Take(PageSize)], scored.Count, page, pages);
    }

    /// <summary>The risks of the assessments that somebody may see, and those that they answer for a part of.</summary>
    public async Task<IQueryable<RiskRow>> SeenAsync(Guid person, CancellationToken cancel)
    {
        var assessments = (await VisibleAsync(person, cancel)).Select(a => a.Id);
        return views.Set<RiskRow>().Where(r => assessments.Contains(r.Assessment) || r.Owner == person
            || views.Set<RiskDuty>().Any(d => d.Assessment == r.Assessment && d.Scenario == r.Scenario && d.Owner == person));
    }

    /// <summary>The risks that are accepted, or that somebody asks to accept, the first to end first.</summary>
    public async Task<IReadOnlyList<RiskRow>> AcceptedAsync(Guid person, CancellationToken cancel)
    {
        var assessments = (await VisibleAsync(person, cancel)).Select(a => a.Id);
        return await views.Set<RiskRow>().Where(r => r.IsInForce && assessments.Contains(r.Assessment) && (r.Acceptance == AcceptanceStage.Accepted || r.Acceptance == AcceptanceStage.Asked))
            .OrderBy(r => r.AcceptedUntil).ThenBy(r => r.Assessment).ThenBy(r => r.Scenario).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>The risks that integrity asks an overseer to set lower.</summary>
    public async Task<IReadOnlyList<RiskRow>> AskedToLowerAsync(Guid person, CancellationToken cancel)
    {
        var assessments = (await VisibleAsync(person, cancel)).Select(a => a.Id);
        return await views.Set<RiskRow>().Where(r => r.IsInForce && assessments.Contains(r.Assessment) && r.LoweringAskedBy != null).OrderBy(r => r.Assessment).ThenBy(r => r.Scenario).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>All risks in force by band, for who may see counts alone; null where no assessment is in force.</summary>
    public async Task<BandCounts?> CountAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var rows = await views.Set<RiskRow>().AsNoTracking().Where(r => r.IsInForce).ToListAsync(cancel);
        if (rows.Count == 0) return null;
        var counted = await facts.ReadAsync(null, cancel);
        var moves = rows.Select(r => counted.Of(r, now)).ToList();
        var levels = moves.ToLookup(m => RiskMatrix.LevelOf(m.Rating));
        var overdue = await views.Set<RiskDuty>().CountAsync(d => !d.IsControl && !d.Verified && d.Due < now && views.Set<AssessmentRow>().Any(a => a.Id == d.Assessment && a.Stage == AssessmentStage.Active), cancel);
        return new BandCounts(Enum.GetValues<RiskLevel>().ToDictionary(l => l, l => levels[l].Count()), overdue) { Moved = moves.Count(m => m.HasMoved), Unmeasured = moves.Count(m => !m.IsMeasured) };
    }

    /// <summary>Whether somebody sees an assessment, or answers for something in one.</summary>
    public async Task<bool> HasPartAsync(Guid person, CancellationToken cancel) =>
        await (await VisibleAsync(person, cancel)).AnyAsync(cancel) || await views.Set<RiskRow>().AnyAsync(r => r.IsInForce && r.Owner == person, cancel)
        || await views.Set<RiskDuty>().AnyAsync(d => d.Owner == person, cancel);

    /// <summary>Whether any risk is in force, whoever may see it.</summary>
    public Task<bool> AnyInForceAsync(CancellationToken cancel) => views.Set<RiskRow>().AnyAsync(r => r.IsInForce, cancel);

    /// <summary>The assessments of this reader.</summary>
    public async Task<IQueryable<AssessmentRow>> VisibleAsync(Guid person, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, time.GetUtcNow());
        var all = RiskAccess.SeesAll(actor);
        Guid[] commands = [.. register.Units.Keys.Where(u => actor.Commands(u, register))];
        return views.Set<AssessmentRow>().Where(a => all || commands.Contains(a.Unit)
            || views.Set<AssessorRow>().Any(p => p.Assessment == a.Id && p.Person == person && p.Named));
    }
}
