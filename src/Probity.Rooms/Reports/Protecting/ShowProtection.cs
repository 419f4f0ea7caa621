using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Protecting;

/// <summary>An act to somebody's disadvantage, in words.</summary>
/// <param name="What">What it is.</param>
/// <param name="Asked">Who asked, and when.</param>
/// <param name="State">What became of it.</param>
/// <param name="Why">Why it was cleared, where that was written for this report.</param>
/// <param name="Href">Where it is answered; null where it waits for nothing.</param>
/// <param name="Waits">Whether it waits.</param>
public sealed record ActLine(string What, string Asked, string State, string? Why, string? Href, bool Waits);

/// <summary>Somebody whom a report protects, and what was done to their disadvantage.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">Their name and post.</param>
/// <param name="Acts">What was asked, or answered, since the report came in.</param>
/// <param name="Off">Who took them off the list, and until when they are protected still; null where they are on it.</param>
public sealed record ProtectedLine(Guid Id, string Name, IReadOnlyList<ActLine> Acts, string? Off = null)
{
    /// <summary>Whether they are given no new work, since something that their post asks of them is not there: it can have been asked for on purpose.</summary>
    public bool GetsNoWork { get; init; }
}

/// <summary>All that the page shows.</summary>
/// <param name="Report">The report.</param>
/// <param name="Reference">What it is called.</param>
/// <param name="People">Whom it protects.</param>
/// <param name="Until">Until when; null where it is open.</param>
/// <param name="MayChange">Whether the reader changes the list.</param>
/// <param name="Others">Who can be put on the list.</param>
public sealed record ProtectionSheet(Guid Report, string Reference, IReadOnlyList<ProtectedLine> People, string? Until, bool MayChange, IEnumerable<Choice> Others)
{
    /// <summary>Who reads it: nobody changes the list about themselves.</summary>
    public Guid Reader { get; init; }
    /// <summary>For how many months it protects them after its closing.</summary>
    public int Months { get; init; }
    /// <summary>What was typed.</summary>
    public string? Person { get; init; }
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Whom a report protects, and what was done to their disadvantage since.</summary>
internal sealed class ShowProtection(ReportReader reader, ReportDesk desk, ProtectPeople slice, ProtectedPeople people, FitForDuty fit, TransparencyLog log, PeopleNames names, When when)
{
    const string Address = "/reports/{id:guid}/protection";
    const string Forms = Address + "/{what:regex(^(add|remove)$)}";

    public static string Of(Guid report) => $"/reports/{report:D}/protection";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowProtection show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id, [], null, StatusCodes.Status200OK) : Results.Forbid());
        pages.MapGet(Forms, (Guid id) => new SeeOther(Of(id)));
        pages.MapPost(Forms, async (Guid id, string what, HttpContext http, ShowProtection show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var (form, opened) = (await http.Request.ReadFormAsync(cancel), await reader.OpenAsync(http.User, id, cancel));
        // Who can be chosen is looked at only for somebody who can open the report.
        if (PersonChoices.AreTyped(form, "person") && await desk.ReadAsync(person, id, opened, cancel) is { } facts && ReportAccess.Refuses(ReportAction.Protect, facts) is null)
        {
            // Of everybody: who is listed already, and who asks, is told so, and not that there is nobody of that name.
            (form, var nobody) = PersonChoices.Resolve(form, ("person", [.. Choices(facts, _ => true)]));
            if (nobody.Count > 0) return await ShowAsync(http, id, nobody, form["person"], StatusCodes.Status422UnprocessableEntity);
        }

        var outcome = await slice.HandleAsync(
            person, opened, new(id, ReportForms.ActOf(person, id, "protect", form["key"]), Guid.TryParseExact(form["person"], "D", out var somebody) ? somebody : null, what == "add"), cancel);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index))
        {
            var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
            return await ShowAsync(http, id, [new FieldError(code == Answers.Stale ? "" : "person", HandlingText.Of(code))], form["person"], ReportForms.StatusOf(outcome));
        }

        http.Wrote(index);
        return new SeeOther(Of(id));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, IReadOnlyList<FieldError> errors, string? typed, int status)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        if (await desk.OpenAsync(person, SignedInPerson.SessionOf(http.User) ?? "", id, await reader.OpenAsync(http.User, id, cancel), cancel) is not { } facts) return Results.NotFound();
        var known = ProtectedList.Of(facts.Opened, facts.Report);
        var lines = new List<ProtectedLine>();
        foreach (var somebody in known) lines.Add(await LineAsync(somebody, facts, cancel));
        foreach (var (somebody, by, day) in ProtectedList.TakenOff(facts.Opened, facts.Report, facts.Today))
            lines.Add(await LineAsync(somebody, facts, cancel) with { Off = HandlingText.Say("protection.off", facts.Register.NameOf(by), when.Day(day), when.Day(day.AddDays(ProtectedList.DaysAfter))) });
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<ProtectionPage>(new
        {
            Sheet = new ProtectionSheet(
                id, ReportForms.Reference(id), lines, ProtectedList.Until(facts.Report, facts.Policy) is { } until ? when.Day(until) : null,
                ReportAccess.Refuses(ReportAction.Protect, facts) is null, Choices(facts, p => p != facts.Person && !known.Contains(p)))
            {
                Reader = facts.Person, Months = facts.Policy.Of(PolicyRules.ReportProtectionMonths), Person = typed, Errors = errors,
            },
        }, status);
    }

    IEnumerable<Choice> Choices(ReportFacts facts, Func<Guid, bool> may) => names.WhoMay(facts.Register, facts.Now, may).Select(p => new Choice(p.Person.ToString("D"), p.Words));

    async Task<ProtectedLine> LineAsync(Guid person, ReportFacts facts, CancellationToken cancel)
    {
        var held = await people.ActsAsync(person, cancel);
        var acts = held.All.Values.Where(a => a.Answered is not var (_, at) || DateOnly.FromDateTime(at.UtcDateTime) >= facts.Opened.Received).OrderByDescending(a => a.At);
        return new ProtectedLine(person, NameOf(person, facts), [.. acts.Select(a => LineOf(a, person, held.ReturnsOf(a.Kind, a.Id).Count, facts))])
        {
            GetsNoWork = await fit.LacksAsync(new RecordSession(log), person, facts.Register, facts.Now, cancel) is not null,
        };
    }

    ActLine LineOf(HeldAct act, Guid person, int sentBack, ReportFacts facts)
    {
        var register = facts.Register;
        var state = act.Answered is var (by, at) ? HandlingText.Say(act.IsOvertaken ? "act.overtaken" : act.IsCleared ? "act.cleared" : "act.returned", register.NameOf(by), when.Moment(at))
            : facts.Now >= act.Lapses ? HandlingText.Of("act.lapsed") : HandlingText.Say(act.Kind == AdverseAct.ClearanceSuspension ? "act.in-force" : "act.waits", when.Moment(act.Earliest));
        if (act.Waits && facts.Now < act.Lapses && ActOnProtected.IsForOverseer(facts, person, act, sentBack)) state = $"{state} {HandlingText.Of("act.overseer")}";
        var why = act.Boxes is null ? null : ClearingBoxes.Open(facts.Opened.StaffKey.Span, person, act.Boxes) ?? HandlingText.Of("act.unknowing");
        var href = !act.Waits ? null : act.Kind switch
        {
            AdverseAct.PostingEnd => $"/people/{person:D}",
            AdverseAct.ServiceEnd => $"/people/{person:D}/leaving",
            _ => HeldActPlace.Of(person, act.Id),
        };
        return new ActLine(HandlingText.Of($"act.{HandlingText.Camel(act.Kind)}"), HandlingText.Say("act.asked", register.NameOf(act.By), when.Moment(act.At)), state, why, href, act.Waits && facts.Now < act.Lapses);
    }

    // Two people of one name are told apart by their post.
    static string NameOf(Guid person, ReportFacts facts) =>
        facts.Register.PostingsOf(person).Where(p => p.InForceAt(facts.Now)).Select(p => facts.Register.Posts[p.Post].Title).FirstOrDefault() is { } title
            ? $"{facts.Register.NameOf(person)}, {title}" : facts.Register.NameOf(person);
}
