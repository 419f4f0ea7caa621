using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Shared.Record;

namespace Probity.Procedures.Following;

/// <summary>How many of a group's closed cases followed the procedure; <paramref name="Share"/> is 0 to 1.</summary>
public sealed record ShareRow(string Name, int Closed, int Followed, double Share);

/// <summary>How long a step came after the one before it; <paramref name="Limit"/> and <paramref name="Late"/> where its version gives it a time.</summary>
public sealed record TimeRow(string From, string To, int Count, string Median, string Ninetieth, string? Limit, int Late);

/// <summary>Who handed over to whom, and how often.</summary>
public sealed record HandoverRow(string From, string To, int Count);

/// <summary>The figures beside the result. Those that could point at a single case are merged for who does not see every case, and times and handovers left out.</summary>
public sealed record FiguresSheet(IReadOnlyList<ShareRow> Versions, IReadOnlyList<ShareRow> Units, IReadOnlyList<ShareRow> Periods)
{
    /// <summary>Times between steps, where most goes first.</summary>
    public IReadOnlyList<TimeRow> Times { get; init; } = [];

    /// <summary>Steps that have a time limit.</summary>
    public IReadOnlyList<TimeRow> Limits { get; init; } = [];

    /// <summary>Handovers by name, the most frequent first.</summary>
    public IReadOnlyList<HandoverRow> Handovers { get; init; } = [];

    /// <summary>The picture of the handovers; null for who does not see it.</summary>
    public string? NetworkHref { get; init; }

    /// <summary>Whether small figures were merged.</summary>
    public bool Merged { get; init; }
}

/// <summary>Compares versions, units and periods, and says how long steps take and who handed over to whom.</summary>
internal sealed class FollowingFigures(IRegister registers, Clerk clerk, IStringLocalizer<ProceduresText> text)
{
    const string Dash = " – ";
    const int MostTimes = 15;
    const int MostHandovers = 40;

    public async Task<FiguresSheet> ReadAsync(Judgement found, ClaimsPrincipal user, bool whole, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var all = FollowingAccess.SeesAll(user);
        return new FiguresSheet(
            Rows(found.Cases.GroupBy(c => found.Governing.InForceAt(c.Opened)!.Number).OrderBy(g => g.Key).Select(g => Of(text["Figures.Version", g.Key], g)), Span),
            Rows(found.Cases.GroupBy(c => c.Unit).Select(g => Of(register.Units.GetValueOrDefault(g.Key)?.Name ?? "–", g)).OrderBy(s => s.Name, StringComparer.CurrentCulture), (a, b) => $"{a}, {b}"),
            Rows(found.Cases.GroupBy(c => Quarter(c.ClosedAt!.Value)).OrderBy(g => g.Key)
                .Select(g => Of(text["Figures.Quarter", (g.Key % 4) + 1, (g.Key / 4).ToString(CultureInfo.InvariantCulture)], g)), Span))
        {
            Times = whole ? [.. StepTimes.Between(found).Take(MostTimes).Select(RowOf)] : [],
            Limits = whole ? [.. StepTimes.Limited(found).Select(RowOf)] : [],
            Handovers = all ? [.. Network(found, register) is var log ? Handovers.Of(log).Take(MostHandovers).Select(h => new HandoverRow(log.Resources[h.From], log.Resources[h.To], h.Count)) : []] : [],
            NetworkHref = all ? string.Create(CultureInfo.InvariantCulture, $"/procedures/case-handling/handovers.svg?at={found.Next}&lang={CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}") : null,
            Merged = !all,
        };

        Share Of(string name, IEnumerable<CaseTrace> cases) => new(name, cases.Count(), cases.Count(found.Fits));

        IReadOnlyList<ShareRow> Rows(IEnumerable<Share> shares, Func<string, string, string> join) =>
            [.. (all ? shares : Shares.Merge(shares, join)).Select(s => new ShareRow(s.Name, s.Closed, s.Followed, (double)s.Followed / s.Closed))];
    }

    // A span of spans is named by its two ends.
    static string Span(string a, string b) => $"{a.Split(Dash)[0]}{Dash}{b.Split(Dash)[^1]}";

    /// <summary>The picture of the handovers.</summary>
    public async Task<string> NetworkAsync(Judgement found, CancellationToken cancel) => HandoverPicture.Svg(
        Network(found, await registers.ReadAsync(cancel)), new HandoverOptions { Title = text["Handovers.Title"], Others = text["Handovers.Others"] });

    // Figures about prosecutors are for their own oversight body: here they are one.
    EventLog Network(Judgement found, Register register)
    {
        var prosecutors = register.Postings.Values.Where(p => register.Posts[p.Post].Role == Role.Prosecutor).Select(p => p.Person).ToHashSet();
        return CaseLog.ToLog(found.Cases, null, person => person == clerk.House.Value ? null : prosecutors.Contains(person) ? text["Handovers.Prosecution"].Value : register.NameOf(person));
    }

    static int Quarter(DateTimeOffset at) => (at.Year * 4) + ((at.Month - 1) / 3);

    static TimeRow RowOf(StepTime t) => new(ActivityNames.Of(t.From), ActivityNames.Of(t.To), t.Count, Said(t.Median), Said(t.Ninetieth), t.Limit is { } limit ? Said(limit) : null, t.Late);

    // Days, hours and minutes have one sign in all our languages.
    internal static string Said(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.CurrentCulture, $"{span.TotalDays:0.#} d"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.CurrentCulture, $"{span.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{span.TotalMinutes:0} min"),
    };
}
