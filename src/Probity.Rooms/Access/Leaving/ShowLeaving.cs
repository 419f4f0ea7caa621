using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Leaving;

/// <summary>All that the page of somebody's leaving shows.</summary>
public sealed record LeavingSheet(
    Guid Person, string Name, string Stage, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<SummaryItem> Held, IReadOnlySet<string> May, IReadOnlyList<Choice> Kinds)
{
    /// <summary>What clearing it asks for, where the reader may answer.</summary>
    public ClearingSheet? Clearing { get; init; }

    /// <summary>Each time that it was sent back, in words.</summary>
    public IReadOnlyList<string> SentBack { get; init; } = [];

    /// <summary>Whether an overseer answers, since it was sent back so often.</summary>
    public bool TakesOverseer { get; init; }

    /// <summary>What was typed into the form that was refused.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>The day that was typed.</summary>
    public DateParts Day { get; init; }
}

/// <summary>A line of the list of leavers.</summary>
public sealed record LeaverLine(Guid Person, string Name, DateTimeOffset Day, string Stage);

/// <summary>Shows who leaves, and takes the forms about it. To whoever does not see the person there is nothing.</summary>
internal sealed class ShowLeaving(Leave slice, IRegister registers, IEnumerable<IHoldings> holdings, IProtectedPeople people, TransparencyLog log, When when, TimeProvider time)
{
    const string Address = "/people/{person:guid}/leaving";
    const int OnPage = 25;

    static readonly RegisterAction[] s_actions = [RegisterAction.AskLeaving, RegisterAction.AnswerLeaving, RegisterAction.CarryOutLeaving, RegisterAction.AskReturn, RegisterAction.AnswerReturn];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/people/leavers", (HttpContext http, ShowLeaving show) => show.ListAsync(http));
        pages.MapGet(Address, (Guid person, HttpContext http, ShowLeaving show) => show.ShowAsync(http, person, null, null));
        pages.MapGet(Address + "/{what:regex(^(ask|answer|carry-out|return|return-answer)$)}", (Guid person) => new SeeOther($"/people/{person:D}/leaving"));
        pages.MapPost(Address + "/{what:regex(^(ask|answer|carry-out|return|return-answer)$)}", (Guid person, string what, HttpContext http, ShowLeaving show) => show.TakeAsync(http, person, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, string what)
    {
        if (SignedInPerson.Of(http.User) is not { } by) return Results.Unauthorized();
        var (form, cancel) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        var register = await registers.ReadAsync(cancel);
        if (!register.People.ContainsKey(person) || !RegisterAccess.Sees(Actor.From(register, by, time.GetUtcNow()), person, register)) return Results.NotFound();
        string? reason = form["reason"];
        var answer = new Leave.Answer(form["answer"] == "yes", reason, form["why"]);
        var outcome = what switch
        {
            "ask" => await slice.AskAsync(
                by, person, new Leave.Asking(Enum.TryParse<LeavingKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : null, DateParts.From(form, "day").ToDay(), reason), Guid.CreateVersion7(), cancel),
            "answer" => await slice.AnswerAsync(by, person, answer, await people.LookAsync(http.User, person, answer.Why, cancel), cancel),
            "carry-out" => await slice.CarryOutAsync(by, person, cancel),
            "return" => await slice.AskReturnAsync(by, person, new Leave.Returning(reason), cancel),
            _ => await slice.AnswerReturnAsync(by, person, answer, cancel),
        };
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, person, outcome, form);
        http.Wrote(index);
        return new SeeOther($"/people/{person:D}/leaving");
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid person, Outcome? outcome, IFormCollection? form)
    {
        if (SignedInPerson.Of(http.User) is not { } by) return Results.Unauthorized();
        var (register, now) = (await registers.ReadAsync(http.RequestAborted), time.GetUtcNow());
        var facts = new RegisterFacts(register, Actor.From(register, by, now), now);
        if (!register.People.ContainsKey(person) || !RegisterAccess.Sees(facts.Actor, person, register)) return Results.NotFound();
        var departure = LeavingAccess.Seen(person, facts.Actor, register);
        var held = new List<SummaryItem>();
        // Who runs the machine sees no matter, and not how many somebody has.
        if (departure is not null && (facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Overseer) || facts.Actor.Has(Role.Commander)))
        {
            foreach (var room in holdings.OrderBy(h => h.Kind)) held.Add(new(AccessText.Get("held." + room.Kind), (await room.CountAsync(person, http.RequestAborted)).ToString("N0", CultureInfo.CurrentCulture)));
        }

        var code = PeopleReader.ErrorOf(outcome);
        var waits = departure is { From: null } && !LeavingAccess.HasLapsed(departure, now);
        var mayAnswer = waits && LeavingAccess.Refuses(RegisterAction.AnswerLeaving, person, facts) is null;
        var reads = RegisterAccess.SeesEverybody(facts.Actor) && !LeavingAccess.IsNear(person, facts.Actor, register);
        var sheet = new LeavingSheet(
            person, register.NameOf(person), departure is null ? "none" : StageOf(departure, now), FactsOf(departure, register, reads), held,
            s_actions.Where(a => a == RegisterAction.AnswerLeaving ? mayAnswer : LeavingAccess.Refuses(a, person, facts) is null).Select(a => a.ToString()).ToHashSet(),
            [.. Enum.GetValues<LeavingKind>().Select(k => new Choice(k.ToString(), AccessText.Get("leaving-kind." + k)))])
        {
            Clearing = mayAnswer ? (await people.LookAsync(http.User, person, null, http.RequestAborted)).ToSheet(departure!.AskedAt + HeldActs.Hold, now) with { Lapses = departure.AskedAt + HeldActs.Lapse } : null,
            SentBack = reads ? await SentBackAsync(person, register, http.RequestAborted) : [],
            TakesOverseer = waits && reads && HeldActs.OverseersFor(register.Departures.SentBack.GetValueOrDefault(person), person, departure!.AskedBy, register, now).Count > 0,
            Typed = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [], Day = form is null ? default : DateParts.From(form, "day"),
        };
        return Rendered.Page<LeavingPage>(new { Sheet = sheet, Error = code, ErrorField = FieldOf(code) }, PeopleReader.StatusOf(outcome));
    }

    // Those who ask and answer are told what was sent back since somebody's leaving was last agreed to: who asks is told why, and who answers what others saw.
    async Task<IReadOnlyList<string>> SentBackAsync(Guid person, Register register, CancellationToken cancel) =>
        [.. (await new RecordSession(log).FoldAsync<HeldActs>(HeldActs.StreamOf(person), cancel)).ReturnsOf(AdverseAct.ServiceEnd, Guid.Empty)
            .Select(r => Say("act.sent-back", register.NameOf(r.By), when.Moment(r.At), r.Why))];

    static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, AccessText.Get(key), words);

    List<SummaryItem> FactsOf(Departure? departure, Register register, bool reads)
    {
        if (departure is null) return [];
        var facts = new List<SummaryItem> { new(AccessText.Get("leaving.day"), when.Day(departure.From ?? departure.Day)) };
        // A commander is told of the day, and so is whoever is tied to the person; how and why is for those who ask and answer.
        if (!reads) return facts;
        if (departure.Kind is { } kind) facts.Add(new(AccessText.Get("leaving.kind"), AccessText.Get("leaving-kind." + kind)));
        if (departure.Reason.Length > 0) facts.Add(new(AccessText.Get("reason"), departure.Reason));
        facts.Add(new(AccessText.Get("leaving.asked-by"), $"{register.NameOf(departure.AskedBy)}, {when.Day(departure.AskedAt)}"));
        if (departure.Agreed is var (at, by)) facts.Add(new(AccessText.Get("leaving.agreed-by"), $"{register.NameOf(by)}, {when.Day(at)}"));
        if (departure.Return is var (asker, why)) facts.Add(new(AccessText.Get("leaving.return-by"), $"{register.NameOf(asker)}: {why}"));
        return facts;
    }

    async Task<IResult> ListAsync(HttpContext http)
    {
        if (!PeopleReader.MaySee(http.User) || SignedInPerson.Of(http.User) is not { } by) return Results.Forbid();
        var (register, now) = (await registers.ReadAsync(http.RequestAborted), time.GetUtcNow());
        var actor = Actor.From(register, by, now);
        // What waits and what is to come first, then who left last.
        var all = register.Departures.All.Values.Where(d => RegisterAccess.Sees(actor, d.Person, register) && LeavingAccess.Seen(d.Person, actor, register) is not null)
            .OrderBy(d => d.IsCarriedOut).ThenByDescending(d => d.From ?? d.Day).ThenBy(d => d.Id).ToList();
        var pages = Math.Max(1, (all.Count + OnPage - 1) / OnPage);
        _ = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        page = Math.Clamp(page, 1, pages);
        return Rendered.Page<LeaversPage>(new
        {
            Lines = (IReadOnlyList<LeaverLine>)[.. all.Skip((page - 1) * OnPage).Take(OnPage).Select(d => new LeaverLine(d.Person, register.NameOf(d.Person), d.From ?? d.Day, StageOf(d, now)))], Number = page, Pages = pages,
        });
    }

    /// <summary>How far it is: the end of the key of its words.</summary>
    public static string StageOf(Departure departure, DateTimeOffset now) =>
        departure.Return is not null ? "return" : LeavingAccess.HasLapsed(departure, now) ? "lapsed" : departure.From is null ? "asked" : !departure.HasLeftAt(now) ? "agreed" : departure.IsCarriedOut ? "gone" : "left";

    static string FieldOf(string? code) => code switch
    {
        Leave.KindMissing => "kind",
        Leave.DayMissing or Leave.DayPast or Leave.DayFar => "day",
        HeldActs.WhyMissing => "why",
        "text.reason-missing" or "text.too-long" or "text.characters" => "reason",
        _ => "",
    };
}
