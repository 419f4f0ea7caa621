using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Listing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Settling;

/// <summary>A discrepancy in the list.</summary>
public sealed record DiscrepancyLine(Guid Id, string Number, string Kind, string Stage, Tone Tone, DateTimeOffset At);

/// <summary>A discrepancy with what is asked of the reader.</summary>
public sealed record DiscrepancySheet(
    Guid Id, Guid Exhibit, string Number, string Kind, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, bool MayAnswer, bool MaySettle)
{
    /// <summary>What was read of a seal, by whom, one beside the other; empty for what is no seal.</summary>
    public IReadOnlyList<(string Who, string Seal)> Readings { get; init; } = [];

    /// <summary>The count that showed it.</summary>
    public Guid? Count { get; init; }

    /// <summary>Whether what was said waits for a second person, of whom there is none until the reader lets somebody back to the case.</summary>
    public bool HasNoSecond { get; init; }

    /// <summary>Where they do that.</summary>
    public string LetBack { get; init; } = "";

    /// <summary>Whether nobody has answered yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the reader answers in place of the integrity office, of which nobody may.</summary>
    public bool StandsIn { get; init; }

    /// <summary>Whether the reader may ask that it goes though nothing explains this.</summary>
    public bool MayAskRelease { get; init; }

    /// <summary>Whether the reader may agree to that.</summary>
    public bool MayRelease { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>Shows discrepancies to the integrity office and the overseer, and takes their answers.</summary>
internal sealed class ShowDiscrepancies(DbContext views, DiscrepancyDesk desk, ExhibitDesk exhibits, AnswerDiscrepancy slice, ReleaseUnexplained release, ICaseDirectory cases, When when)
{
    const int Most = 500;
    const string AnswerMissing = "exhibits.answer-missing";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/discrepancies", async (HttpContext http, ShowDiscrepancies page) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            if (!Serves(http.User)) return Results.NotFound();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return Rendered.Page<DiscrepanciesPage>(new
            {
                Lines = (IReadOnlyList<DiscrepancyLine>)[.. (await page.RowsAsync(person, http.RequestAborted)).Select(r => new DiscrepancyLine(
                    r.Id, r.Number, ExhibitWords.Of(r.Kind), ExhibitWords.Of(r.Stage), ToneOf(r.Stage), r.At))],
            });
        });
        pages.MapGet("/discrepancies/{id:guid}", async (Guid id, HttpContext http, ShowDiscrepancies page) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await page.ReadAsync(person, id, http.RequestAborted) is { } sheet ? Page(sheet, 200) : Results.NotFound());
        pages.MapPost("/discrepancies/{id:guid}", (Guid id, HttpContext http, ShowDiscrepancies page) => page.TakeAsync(id, http));
    }

    public static bool Serves(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);

    /// <summary>The discrepancies that this person may know of, the open ones first: of cases that they see, and in which they had no hand.</summary>
    public async Task<IReadOnlyList<DiscrepancyRow>> RowsAsync(Guid person, CancellationToken cancel)
    {
        var rows = await views.Set<DiscrepancyRow>().AsNoTracking()
            .Where(d => !views.Set<DiscrepancyPerson>().Any(p => p.Discrepancy == d.Id && p.Person == person))
            .OrderBy(d => d.Stage == DiscrepancyStage.ReleaseAsked ? DiscrepancyStage.Answered : d.Stage).ThenByDescending(d => d.At).Take(Most).ToListAsync(cancel);
        var seen = (await cases.AmongAsync(person, [.. rows.Select(r => r.Case).Distinct()], cancel)).Select(c => c.Id).ToHashSet();
        return [.. rows.Where(r => seen.Contains(r.Case))];
    }

    /// <summary>
    /// Of these the open ones that an overseer has to answer, because nobody of the integrity office may: the lists tell in which that could be, the cases whether it is so.
    /// </summary>
    public async Task<IReadOnlyList<DiscrepancyRow>> LeftToAsync(Guid person, IReadOnlyList<DiscrepancyRow> rows, CancellationToken cancel)
    {
        List<DiscrepancyRow> open = [.. rows.Where(r => r.Stage == DiscrepancyStage.Open)];
        if (open.Count == 0) return [];
        var facts = await exhibits.ReadCaseAsync(exhibits.Session(), person, Guid.Empty, cancel);
        List<Guid> ids = [.. open.Select(r => r.Id)], office = [.. facts.Register.Holders(Role.Integrity, facts.Now)];
        var hands = (await views.Set<DiscrepancyPerson>().AsNoTracking().Where(p => ids.Contains(p.Discrepancy) && office.Contains(p.Person)).ToListAsync(cancel)).ToLookup(p => p.Discrepancy, p => p.Person);
        var barring = await cases.BarringAsync([.. open.Select(r => r.Case).Distinct()], cancel);
        var left = new List<DiscrepancyRow>();
        foreach (var of in open.Where(r => office.Count == 0 || hands.Contains(r.Id) || barring.Contains(r.Case)).GroupBy(r => r.Case))
        {
            var own = await exhibits.ReadCaseAsync(exhibits.Session(), person, of.Key, cancel);
            left.AddRange(of.Where(r => ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, own with { HadAHand = [.. hands[r.Id]] }) is null));
        }

        return left;
    }

    /// <summary>Of these what somebody has answered and nobody may settle, for an overseer who can let somebody back to the case.</summary>
    public async Task<IReadOnlyList<DiscrepancyRow>> StuckAsync(Guid person, IReadOnlyList<DiscrepancyRow> rows, int most, CancellationToken cancel)
    {
        var facts = await exhibits.ReadCaseAsync(exhibits.Session(), person, Guid.Empty, cancel);
        List<DiscrepancyRow> said = facts.Actor.Has(Role.Overseer) ? [.. rows.Where(r => r.Stage is DiscrepancyStage.Answered or DiscrepancyStage.ReleaseAsked)] : [];
        if (said.Count == 0) return [];
        var barring = await cases.BarringAsync([.. said.Select(r => r.Case).Distinct()], cancel);
        var stuck = new List<DiscrepancyRow>();
        // Only where somebody is named or walled off can all others be barred.
        foreach (var row in said.Where(r => barring.Contains(r.Case)).OrderBy(r => r.At))
        {
            if (stuck.Count == most) break;
            if (await desk.HasNoSecondAsync(person, row.Id, cancel)) stuck.Add(row);
        }

        return stuck;
    }

    async Task<IResult> TakeAsync(Guid id, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        if (await ReadAsync(person, id, cancel) is not { } sheet) return Results.NotFound();
        string? code = null;
        if (!sheet.MayAskRelease && typed["answer"].ToString() is not ("yes" or "no"))
        {
            code = AnswerMissing;
        }
        else
        {
            var yes = typed["answer"] == "yes";
            var outcome = sheet.MayAskRelease ? await release.AskAsync(person, id, typed["reasons"].ToString(), cancel)
                : sheet.MayRelease ? await release.AgreeAsync(person, id, new ReleaseUnexplained.Agreement(yes, typed["reasons"]), cancel)
                : sheet.MaySettle
                ? await slice.SettleAsync(person, id, new AnswerDiscrepancy.Settlement(yes, typed["reasons"]), cancel)
                : await slice.HandleAsync(person, new AnswerDiscrepancy.Command(id, yes, typed["reasons"].ToString()), cancel);
            switch (outcome)
            {
                case null:
                    return Results.NotFound();
                case Outcome.Done(var index):
                    http.Wrote(index);
                    http.Response.StatusCode = StatusCodes.Status303SeeOther;
                    http.Response.Headers.Location = $"/discrepancies/{id:D}";
                    return Results.Empty;
                case Outcome.Refused(var refusal, _):
                    code = refusal.Code;
                    break;
                default:
                    code = "record.stale";
                    break;
            }
        }

        return Page(sheet with
        {
            Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
            Errors = [new FieldError(code == AnswerMissing ? "answer" : code is ExhibitTexts.ReasonMissing or ExhibitTexts.TooLong ? "reasons" : "", ExhibitsText.Of(code))],
        }, StatusCodes.Status422UnprocessableEntity);
    }

    async Task<DiscrepancySheet?> ReadAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, cancel) is not { Discrepancy: { Found: { } found } discrepancy } facts) return null;
        var items = new List<SummaryItem>
        {
            new(ExhibitsText.Of("show.when"), when.Moment(discrepancy.At)),
            new(ExhibitsText.Of("discrepancy.people"), string.Join(", ", found.People.Select(facts.Of.Register.NameOf))),
        };
        if (found.Package is { } package) items.Add(new(ExhibitsText.Of("show.package"), package.ToString(System.Globalization.CultureInfo.CurrentCulture)));
        if (discrepancy.SealReadings.Count == 0 && (found.Expected is not null || found.Found is not null))
        {
            items.Add(new(ExhibitsText.Of("discrepancy.expected"), ExhibitWords.Said(found.Kind, found.Expected) ?? "–"));
            items.Add(new(ExhibitsText.Of("discrepancy.found"), ExhibitWords.Said(found.Kind, found.Found) ?? "–"));
        }

        if (found.Kind == Contract.DiscrepancyKind.Missing && facts.Of.Exhibit.FoundAgain is { } again && again.At >= discrepancy.At)
            items.Add(new(ExhibitsText.Of("discrepancy.found-again"), ExhibitWords.Say("discrepancy.found-again.by", when.Moment(again.At), facts.Of.Register.NameOf(again.By))));
        // Who counted is named beside those who keep it: the one says what the others did not have.
        if (found.Count is { } counted && await desk.CountAsync(counted, cancel) is { Counted: { } of } count)
            items.Add(new(ExhibitsText.Of("count.by"), ExhibitWords.Say("discrepancy.counted-by", facts.Of.Register.NameOf(count.Counter), facts.Of.Register.NameOf(of.Second), when.Moment(count.At))));
        if (found.Note is { } note) items.Add(new(ExhibitsText.Of("discrepancy.note"), ExhibitWords.Noted(found.Kind, note)));
        if (discrepancy.Answer is { } answer)
        {
            items.Add(new(ExhibitsText.Of(answer.Explained ? "discrepancy.explained" : "discrepancy.unexplained"), answer.Reasons));
            items.Add(new(ExhibitsText.Of("show.by"), facts.Of.Register.NameOf(discrepancy.AnsweredBy!.Value)));
            if (discrepancy.SettledBy is { } second) items.Add(new(ExhibitsText.Of("discrepancy.settled-by"), facts.Of.Register.NameOf(second)));
        }

        if (discrepancy.Release is { } release)
        {
            items.Add(new(ExhibitsText.Of("discrepancy.release"), release));
            items.Add(new(ExhibitsText.Of("show.by"), string.Join(", ", new[] { discrepancy.ReleaseAskedBy, discrepancy.ReleasedBy }.OfType<Guid>().Select(facts.Of.Register.NameOf))));
        }

        if (discrepancy.Returned is { } returned) items.Add(new(ExhibitsText.Of("discrepancy.returned"), returned));
        return new DiscrepancySheet(
            id, found.Exhibit, found.Number, ExhibitWords.Of(found.Kind), ExhibitWords.Of(discrepancy.Stage), ToneOf(discrepancy.Stage), items,
            discrepancy.Stage == DiscrepancyStage.Open && ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, facts.Of) is null,
            discrepancy.Stage == DiscrepancyStage.Answered && discrepancy.AnsweredBy != person && ExhibitAccess.Refuses(ExhibitAction.SettleDiscrepancy, facts.Of) is null)
        {
            Readings = [.. discrepancy.SealReadings.Select(r => (r.By is { } by ? ExhibitWords.Say("discrepancy.read-by", facts.Of.Register.NameOf(by)) : ExhibitsText.Of("discrepancy.on-record"), ExhibitWords.ReadSeal(r.Seal)))],
            HasNoSecond = facts.Of.Actor.Has(Role.Overseer) && ExhibitAccess.HasNoSecond(facts.Of), LetBack = $"/cases/{found.Case:D}/parties/end",
            Count = found.Count, IsOpen = discrepancy.Stage == DiscrepancyStage.Open, StandsIn = !facts.Of.Actor.Has(Role.Integrity),
            MayAskRelease = discrepancy is { IsUnexplained: true, Blocks: true } && ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, facts.Of) is null,
            MayRelease = discrepancy.Stage == DiscrepancyStage.ReleaseAsked && discrepancy.ReleaseAskedBy != person && ExhibitAccess.Refuses(ExhibitAction.SettleDiscrepancy, facts.Of) is null,
        };
    }

    static Tone ToneOf(DiscrepancyStage stage) => stage switch
    {
        DiscrepancyStage.Open => Tone.Urgent, DiscrepancyStage.Answered or DiscrepancyStage.ReleaseAsked => Tone.Attention, _ => Tone.Neutral,
    };

    static IResult Page(DiscrepancySheet sheet, int status) => Rendered.Page<DiscrepancyPage>(new { Sheet = sheet }, status);
}
