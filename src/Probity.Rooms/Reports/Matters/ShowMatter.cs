using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Matters;

/// <summary>An allegation, and what was found of it.</summary>
public sealed record AllegationCard(Guid Id, string Title, IReadOnlyList<SummaryItem> Facts, string Words, string? Finding, string? Reason);

/// <summary>All that the page of a matter shows.</summary>
public sealed record MatterSheet(Guid Id, string Reference, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<AllegationCard> Allegations, MatterChoices Choices)
{
    /// <summary>The forms that the reader may fill in.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];
    /// <summary>Why what was found was returned.</summary>
    public string? Returned { get; init; }
    /// <summary>Whether nobody looks into it any more.</summary>
    public bool IsOrphan { get; init; }
    /// <summary>What a proof that was typed shows; null where none was.</summary>
    public string? Origin { get; init; }
    /// <summary>Which entry holds what it came from.</summary>
    public string Entry { get; init; } = "";
    /// <summary>The form that was refused.</summary>
    public string? Open { get; init; }
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The page of one matter, and the forms on it.</summary>
internal sealed class ShowMatter(MatterDesk desk, AddAllegation allege, StateFindings findings, GiveMatter give, MatterForms forms, When when)
{
    const string Address = MatterForms.Address + "/{id:guid}";
    const string Does = Address + "/{what:regex(^(allege|state|answer|give|origin)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowMatter show) => MatterForms.Serves(http.User) ? await show.ShowAsync(http, id, null, null, [], null) : Results.Forbid());
        pages.MapGet(Does, (Guid id) => new SeeOther(MatterForms.AddressOf(id)));
        pages.MapPost(Does, async (Guid id, string what, HttpContext http, ShowMatter show) => MatterForms.Serves(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var typed = ReportForms.TypedIn(form);
        // Which report was asked about is not filed: it would stand in the matter.
        if (what == "origin") return await ShowAsync(http, id, what, null, typed, form["proof"]);
        var facts = await desk.ReadAsync(person, id, cancel);
        var act = ReportForms.ActOf(person, id, what, form["key"]);
        if (what == "allege")
        {
            var (accusation, wrong) = MatterForms.AccusationIn(form, ChoicesOf(facts));
            if (wrong.Count > 0 && MatterAccess.Refuses(MatterAction.View, facts) is null) return await ShowAsync(http, id, what, null, typed, null, wrong);
            return await AnswerAsync(http, id, what, await allege.HandleAsync(person, new(id, act, accusation), cancel), typed);
        }

        return await AnswerAsync(http, id, what, what switch
        {
            "state" => await findings.HandleAsync(person, new StateFindings.Command(
                id, act, [.. facts.Matter.Allegations.Select(a => new StateFindings.Said(a.Id, ReportForms.Chosen<AllegationFinding>(form[$"finding-{a.Id:N}"]), form[$"reason-{a.Id:N}"]))]), cancel),
            "answer" => await findings.HandleAsync(person, new StateFindings.Answer(id, act, form["agrees"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["returned"]), cancel),
            _ => await give.HandleAsync(person, new(id, act, MatterForms.IdIn(form["investigator"]), form["body"], form["reason"]), cancel),
        }, typed);
    }

    async Task<IResult> AnswerAsync(HttpContext http, Guid id, string what, Outcome? outcome, Dictionary<string, string> typed)
    {
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, what, outcome, typed, null);
        http.Wrote(index);
        return new SeeOther(MatterForms.AddressOf(id));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, string? what, Outcome? refused, Dictionary<string, string> typed, string? proof, IReadOnlyList<FieldError>? wrong = null)
    {
        var facts = await desk.OpenAsync(SignedInPerson.Of(http.User)!.Value, id, http.RequestAborted);
        if (facts is null) return Results.NotFound();
        var code = refused is null ? null : (refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        // A form that was refused stands as it was typed; what was returned is stated anew from what was said.
        var known = what == "state" ? [] : KnownOf(facts);
        foreach (var (field, value) in typed) known[field] = value;
        var sheet = Of(facts) with
        {
            Typed = known, Open = what, Errors = wrong ?? (code is null ? [] : [new FieldError(MatterForms.FieldOf(what ?? "", code), MattersText.Of(code))]),
            Origin = proof is null ? null : MatterLink.ReportOf(facts.Matter, proof) is { } report ? MattersText.Say("origin.holds", report.ToString("D")) : MattersText.Of("origin.not"),
        };
        return Rendered.Page<MatterPage>(new { Sheet = sheet }, wrong is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : ReportForms.StatusOf(refused));
    }

    static Dictionary<string, string> KnownOf(MatterFacts facts)
    {
        var known = new Dictionary<string, string>();
        if (facts.Matter is not { Returned: not null, Stage: MatterStage.Open } matter || matter.StatedBy != facts.Person) return known;
        foreach (var (allegation, said) in matter.Findings) (known[$"finding-{allegation:N}"], known[$"reason-{allegation:N}"]) = (HandlingText.Camel(said.Finding), said.Reason);
        return known;
    }

    MatterChoices ChoicesOf(MatterFacts facts) => forms.Choices(MatterCandidates.Of(facts.Matter.Opener, facts.Register, facts.Now), facts.Register, facts.Now);

    MatterSheet Of(MatterFacts facts)
    {
        var (matter, register) = (facts.Matter, facts.Register);
        return new MatterSheet(matter.Id, ReportForms.Reference(matter.Id), MattersText.Word(matter.Stage), MatterForms.ToneOf(matter.Stage), FactsOf(facts), [.. matter.Allegations.Select((a, at) => CardOf(a, at + 1, facts))], ChoicesOf(facts))
        {
            Forms = FormsOf(facts), Returned = matter.Returned, IsOrphan = MatterAccess.IsOrphan(facts), Entry = matter.CommittedAt.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The forms that somebody may fill in now: what the table lets them, and what is left to do.</summary>
    internal static IReadOnlyList<string> FormsOf(MatterFacts facts)
    {
        var open = facts.Matter.Stage == MatterStage.Open;
        (string Form, MatterAction Action, bool IsLeft)[] all =
        [
            ("answer", MatterAction.Answer, true), ("state", MatterAction.State, open), ("allege", MatterAction.Allege, open), ("give", MatterAction.Give, facts.Matter.Stage != MatterStage.Concluded),
        ];
        return [.. all.Where(f => f.IsLeft && MatterAccess.Refuses(f.Action, facts) is null).Select(f => f.Form)];
    }

    List<SummaryItem> FactsOf(MatterFacts facts)
    {
        var (matter, register) = (facts.Matter, facts.Register);
        var items = new List<SummaryItem>
        {
            new(T("opened.on"), when.Day(matter.OpenedOn)), new(T("opened.by"), register.NameOf(matter.Opener)),
            new(T("looks-into"), matter.Investigator is { } investigator ? register.NameOf(investigator) : matter.Body),
            new(T("people"), string.Join(", ", matter.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))),
        };
        if (matter is { ConfirmedBy: { } second, ConcludedOn: { } day }) items.Add(new(T("confirmed"), $"{register.NameOf(second)}, {when.Day(day)}"));
        return items;
    }

    AllegationCard CardOf(AllegationMade allegation, int number, MatterFacts facts)
    {
        var (matter, register) = (facts.Matter, facts.Register);
        var items = new List<SummaryItem>
        {
            new(T("accused"), allegation.Person is { } person ? register.NameOf(person) : allegation.Unit is { } unit ? register.Units.GetValueOrDefault(unit)?.Name : T("accused.unknown")),
        };
        if (allegation.From is { } from) items.Add(new(T("days"), allegation.To is { } to && to != from ? MattersText.Say("days.between", when.Day(from), when.Day(to)) : when.Day(from)));
        var found = matter.Stage == MatterStage.Open ? null : matter.Findings.GetValueOrDefault(allegation.Id);
        return new AllegationCard(allegation.Id, $"{number}. {MattersText.Word(allegation.Kind)}", items, allegation.Words, found is null ? null : MattersText.Word(found.Finding), found?.Reason);
    }

    static string T(string key) => MattersText.Of(key);
}
