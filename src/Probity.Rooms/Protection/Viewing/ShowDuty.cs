using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Protection.Duty;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>A turn as the roster shows it.</summary>
public sealed record TurnLine(Guid Id, string Name, string Number, DateTimeOffset From, DateTimeOffset Until, bool IsNow);

/// <summary>What was asked for and waits.</summary>
public sealed record AskedLine(Guid Id, string What, string By, bool MayAgree);

/// <summary>All that the roster's page shows.</summary>
public sealed record DutySheet(
    string? Emergency, IReadOnlyList<TurnLine> Turns, IReadOnlyList<AskedLine> Asked, IEnumerable<Choice> People, bool IsCovered, IReadOnlyList<Link> Parts,
    IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>The roster of who is on duty for protection, for those who keep it: integrity and the overseers.</summary>
internal sealed class ShowDuty(PeopleNames names, ChangeRoster slice, IRegister registers, IOptions<SharedOptions> options, When when, TimeProvider time)
{
    public const string Address = "/protection/duty";
    const string Forms = Address + "/{what:regex(^(turn|end|emergency|answer)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowDuty show) => ProtectionForms.Watches(http.User) ? await show.ShowAsync(http, null, null, new()) : Results.Forbid());
        pages.MapGet(Forms, () => new SeeOther(Address));
        pages.MapPost(Forms, async (string what, HttpContext http, ShowDuty show) => ProtectionForms.Watches(http.User) ? await show.TakeAsync(http, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var form = await http.Request.ReadFormAsync(cancel);
        if (PersonChoices.AreTyped(form, "person"))
        {
            (form, var nobody) = PersonChoices.Resolve(form, ("person", [.. People(await registers.ReadAsync(cancel))]));
            if (nobody.Count > 0) return await ShowAsync(http, null, nobody, ProtectionForms.TypedIn(form));
        }

        // A form sent twice asks once.
        if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
        var id = Streams.Derive(person, $"duty/{key:D}");
        var zone = options.Value.TimeZone;
        var outcome = what switch
        {
            "turn" => await slice.HandleAsync(person, new ChangeRoster.Propose(id, ProtectionForms.IdIn(form, "person"), form["number"], ProtectionForms.MomentOf(form["from"], zone), ProtectionForms.MomentOf(form["until"], zone)), cancel),
            "end" => await slice.HandleAsync(person, new ChangeRoster.End(id, ProtectionForms.IdIn(form, "turn"), form["end-reason"]), cancel),
            "emergency" => await slice.HandleAsync(person, new ChangeRoster.Emergency(id, form["emergency"]), cancel),
            _ => await slice.HandleAsync(person, new ChangeRoster.Answer(ProtectionForms.IdIn(form, "change"), form["answer"] == "yes", form["reason"]), cancel),
        };
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, (what, outcome), null, ProtectionForms.TypedIn(form));
        http.Wrote(index);
        return new SeeOther(Address);
    }

    async Task<IResult> ShowAsync(HttpContext http, (string What, Outcome Outcome)? refused, IReadOnlyList<FieldError>? errors, Dictionary<string, string> typed)
    {
        var (person, now, cancel) = (SignedInPerson.Of(http.User)!.Value, time.GetUtcNow(), http.RequestAborted);
        var (register, roster) = (await registers.ReadAsync(cancel), await slice.ReadAsync(cancel));
        var actor = Actor.From(register, person, now);
        var waiting = roster.Turns.Values.Where(t => !t.Agreed && t.Until > now).OrderBy(t => t.From)
            .Select(t => (t.Id, What: ProtectionText.Say("duty.asked.turn", register.NameOf(t.Person), t.Telephone, when.Moment(t.From), when.Moment(t.Until)), By: t.AskedBy))
            .Concat(roster.Asked.Values.OrderBy(a => a.Id).Select(a => (a.Id, What: a.Turn is { } turn
                ? ProtectionText.Say("duty.asked.end", roster.Turns.TryGetValue(turn, out var ending) ? register.NameOf(ending.Person) : "", a.Words) : ProtectionText.Say("duty.asked.emergency", a.Words), By: a.AskedBy)));
        var sheet = new DutySheet(
            roster.Emergency, [.. roster.Turns.Values.Where(t => t.Agreed && t.Until > now).OrderBy(t => t.From).Select(t => new TurnLine(t.Id, register.NameOf(t.Person), t.Telephone, t.From, t.Until, t.IsAt(now)))],
            [.. waiting.Select(w => new AskedLine(w.Id, w.What, register.NameOf(w.By), w.By != person && ChangeRoster.Decide(new ChangeRoster.Answer(w.Id, true, null), roster, actor, Actor.From(register, w.By, now)) is Decision.Accepted))],
            People(register), roster.OnDuty(now).Any(), ProtectionForms.PagesOf(http.User), typed,
            errors ?? (refused is { } r ? [new FieldError(FieldOf(r.What, (r.Outcome as Outcome.Refused)?.Refusal.Code), ProtectionText.Of((r.Outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))] : []));
        return Rendered.Page<DutyPage>(new { Sheet = sheet }, sheet.Errors.Count == 0 ? StatusCodes.Status200OK : refused is { Outcome: Outcome.Stale } ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }

    IEnumerable<Choice> People(Register register) => ProtectionForms.People(names, register, time.GetUtcNow(), p => ProtectionRoles.Serves(p, register, time.GetUtcNow()));

    static string FieldOf(string what, string? code) => (what, code) switch
    {
        (_, ChangeRoster.PersonWrong) => "person",
        ("turn", ProtectionTexts.NumberWrong) => "number",
        (_, ProtectionTexts.NumberWrong) => "emergency",
        (_, ChangeRoster.TimesWrong) => "from",
        ("end", ProtectionTexts.ReasonMissing or ProtectionTexts.ReasonTooShort or ProtectionTexts.Unfit) => "end-reason",
        (_, ProtectionTexts.ReasonMissing or ProtectionTexts.ReasonTooShort or ProtectionTexts.Unfit) => "reason",
        _ => "",
    };
}
