using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Risk.Moving;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.ViewingRisks;

/// <summary>An assessment as the list shows it.</summary>
public sealed record AssessmentLine(Guid Id, string Number, string Unit, string Stage, Tone Tone, DateTimeOffset? ReviewDue);

/// <summary>A risk as the lists show it.</summary>
public sealed record RiskLine(string Href, string Title, string Unit, string Level, Tone Tone, string Rating, string Owner, bool Overdue, bool Accepted, bool Asked, DateTimeOffset? Until, string? Moved);

/// <summary>All that the list shows.</summary>
public sealed record RisksSheet(IReadOnlyList<AssessmentLine> Assessments, IReadOnlyList<RiskLine> Lines, int Total, int Page, int Pages, Func<int, string> Href, bool UpToDate)
{
    /// <summary>Whether something was asked for.</summary>
    public bool Filtered { get; init; }

    /// <summary>Whether any assessment is in force, whoever may see it.</summary>
    public bool AnyInForce { get; init; }

    /// <summary>Whether the reader begins assessments.</summary>
    public bool MayBegin { get; init; }

    /// <summary>Whether the reader watches over acceptances.</summary>
    public bool MayWatch { get; init; }

    /// <summary>The units.</summary>
    public IReadOnlyList<Choice> Units { get; init; } = [];

    /// <summary>The level asked for.</summary>
    public string? Level { get; init; }

    /// <summary>The unit asked for.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether overdue ones were asked for.</summary>
    public bool Overdue { get; init; }
}

/// <summary>Shows the assessments and risks, and those that are accepted by their end.</summary>
internal sealed class ShowRisks(Risks risks, RecordFacts facts, IRegister registers, FactWords words, TimeProvider time)
{
    const int MostAssessments = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/risk", async (HttpContext http, ShowRisks slice) =>
        {
            // Civil society sees counts.
            if (!RiskAccess.HasAnyRole(http.User)) return SignedInPerson.Has(http.User, Role.Monitor) ? new SeeOther(ShowCounts.Address) : Results.Forbid();
            var current = await http.CaughtUpAsync(RisksView.ViewName, http.RequestAborted);
            return Rendered.Page<RisksPage>(new { Sheet = await slice.ReadAsync(SignedInPerson.Of(http.User)!.Value, RiskQuery.Of(http.Request.Query), current, http.RequestAborted) });
        });
        pages.MapGet("/risk/accepted", async (HttpContext http, ShowRisks slice) =>
        {
            if (!Watches(http.User)) return Results.Forbid();
            await http.CaughtUpAsync(RisksView.ViewName, http.RequestAborted);
            return Rendered.Page<AcceptedPage>(new { Lines = await slice.AcceptedAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted) });
        });
    }

    static bool Watches(System.Security.Claims.ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Overseer) || SignedInPerson.Has(user, Role.Integrity);

    async Task<RisksSheet> ReadAsync(Guid person, RiskQuery query, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var assessments = await risks.AssessmentsAsync(person, MostAssessments, cancel);
        var found = await risks.ReadAsync(person, query, cancel);
        return new RisksSheet(
            [.. assessments.Select(a => new AssessmentLine(
                a.Id, a.Number, NameOf(a.Unit, register), RiskForms.StageOf(a.Stage, IsDue(a, now)), RiskForms.ToneOf(a.Stage, IsDue(a, now)), a.ReviewDue))],
            [.. found.Rows.Select(r => LineOf(r.Row, r.Move, register, now))], found.Total, found.Page, found.Pages, page => "/risk" + query.ToQuery(page), current)
        {
            Filtered = query.IsFiltered, AnyInForce = assessments.Count > 0 || await risks.AnyInForceAsync(cancel), MayBegin = RiskAccess.Begins(actor), MayWatch = actor.Has(Role.Overseer) || actor.Has(Role.Integrity),
            Units = [.. assessments.Select(a => a.Unit).Distinct().Select(u => new Choice(u.ToString("D"), NameOf(u, register))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            Level = query.Level is { } level ? RiskText.Camel(level) : null, Unit = query.Unit?.ToString("D"), Overdue = query.Overdue,
        };
    }

    async Task<IReadOnlyList<RiskLine>> AcceptedAsync(Guid person, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var (counted, now) = (await facts.ReadAsync(null, cancel), time.GetUtcNow());
        return [.. (await risks.AcceptedAsync(person, cancel)).Select(r => LineOf(r, counted.Of(r, now), register, now))];
    }

    static bool IsDue(AssessmentRow row, DateTimeOffset now) => row.Stage == AssessmentStage.Active && row.ReviewDue < now;

    static string NameOf(Guid unit, Register register) => register.Units.GetValueOrDefault(unit)?.Name ?? "";

    RiskLine LineOf(RiskRow row, Movement move, Register register, DateTimeOffset now)
    {
        var level = RiskMatrix.LevelOf(move.Rating);
        return new RiskLine(
            RiskNextSteps.PathOf(row.Assessment, row.Scenario), RiskNextSteps.TitleOf(row.Scenario) is { Length: > 0 } title ? title : RiskText.Of("scenario.own"), NameOf(row.Unit, register),
            RiskText.Word(level), RiskForms.ToneOf(level), RiskForms.Said(move.Rating), row.Owner is { } owner ? register.NameOf(owner) : RiskText.Of("owner.none"), row.OpenDue < now,
            row.IsAccepted(move.Rating, now), row.Acceptance == AcceptanceStage.Asked, row.AcceptedUntil, words.Moved(move));
    }
}
