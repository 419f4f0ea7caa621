using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.ViewingTargets;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Interdiction.Viewing;

/// <summary>Shows a target as it stands on the record now, with the forms that its reader may use.</summary>
internal sealed class ShowTarget(TargetDesk desk, TargetTimeline timeline, When when)
{
    /// <summary>The page; after a form that did not go through, with what was typed and why. Null where there is no such target for this person.</summary>
    public async Task<IResult?> ShowAsync(
        Guid person, Guid id, (string What, Outcome Outcome)? refused, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel, IReadOnlyList<FieldError>? nobody = null)
    {
        if (await desk.OpenAsync(person, id, cancel) is not { } facts) return null;
        var (target, _, _, register, now) = facts;
        var refusal = (refused?.Outcome as Outcome.Refused)?.Refusal;
        var sheet = Fill(facts, new TargetSheet(
            $"/interdiction/{id:D}", target.Number, target.Version, $"{Word("kind.", target.Kind)} {target.Reference}", Word("stage.", target.Stage),
            ShowTargets.ToneOf(target.Stage), FactsOf(facts), await timeline.ReadAsync(facts, cancel))) with
        {
            Errors = refused is { } r ? [new FieldError(refusal is null ? "" : FieldOf(r.What, refusal.Code), InterdictionText.Of(refusal?.Code ?? "record.stale"))] : nobody ?? [],
            TurnTo = TurnTo(refusal, register),
            Typed = typed ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<TargetPage>(new { Sheet = sheet },
            refused switch { null => nobody is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, { Outcome: Outcome.Stale } => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    /// <summary>Who may sign for the second person of a target; null where there is no such target for this person.</summary>
    public async Task<IReadOnlyList<Choice>?> StandInsAsync(Guid person, Guid id, CancellationToken cancel) => await desk.OpenAsync(person, id, cancel) is { } facts ? StandInsOf(facts) : null;

    static List<Choice> StandInsOf(TargetFacts facts)
    {
        var (target, _, actor, register, now) = facts;
        return [.. SmallUnit.StandIns(actor.Person, target.Unit, target.People, register, now)
            .Select(p => new Choice(p.ToString("D"), NameAndPost(p, register, now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];
    }

    /// <summary>Where to turn after a refusal, or null.</summary>
    public static string? TurnTo(Refusal? refusal, Register register) => refusal?.Reroute is { People.Count: > 0 } to
        ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null;

    TargetSheet Fill(TargetFacts facts, TargetSheet sheet)
    {
        var (target, _, actor, register, now) = facts;
        var mine = target.Asked?.By == actor.Person;
        var fit = (target.Asked is null || mine) && facts.Unfit is null;
        var open = target.Stage is TargetStage.Selected or TargetStage.Inspected or TargetStage.Found;
        var (pass, release) = (fit && target.Stage == TargetStage.Registered && May(TargetAction.Select), fit && open && May(TargetAction.Release));
        var against = pass ? Overrides.OfPassing(facts) : release ? Overrides.OfReleasing(target, actor.Person) : null;
        return sheet with
        {
            MaySelect = target.Asked is null && (target.Stage is TargetStage.Registered or TargetStage.NotSelected) && May(TargetAction.Select),
            MayPass = pass,
            MayInspect = target.Asked is null && open && May(TargetAction.Inspect),
            Examined = target.Inspections.Length > 0,
            MayRelease = release,
            MayAnswer = target.Asked is not null && May(TargetAction.Answer),
            MayCountersign = target.Awaited is not null && May(TargetAction.Countersign),
            Asked = mine,
            KeptOut = facts.Declared ? Bars.Declared : facts.Unfit is not null && MayLetGo() ? facts.Unfit : null,
            Against = against is { } kind ? InterdictionText.Say("against." + InterdictionText.Camel(kind), target.Score, facts.Threshold) : null,
            NeverAlone = against == OverrideKind.ReleasedAfterFind,
            StandIns = against is null ? [] : StandInsOf(facts),
            Marks = MarksOf(target, now),
            Waiting = target.Asked is { } asked ? InterdictionText.Say("waiting.second", register.NameOf(asked.By), Against(asked.Kind), asked.Reason)
                : target.Awaited is { } awaited ? InterdictionText.Say(
                    "waiting.signature", register.NameOf(awaited.By), Against(awaited.Kind), register.NameOf(awaited.Countersigner), when.Moment(awaited.Due))
                : null,
        };

        bool MayLetGo() => May(TargetAction.Release) || May(TargetAction.Answer) || May(TargetAction.Countersign);
        bool May(TargetAction action) => TargetDesk.Refuses(action, facts) is null;
    }

    static List<(string, Tone)> MarksOf(Target target, DateTimeOffset now)
    {
        var marks = new List<(string, Tone)>();
        if (target.Asked is not null) marks.Add((InterdictionText.Of("waits.second"), Tone.Urgent));
        if (target.Awaited is { Due: var due }) marks.Add((InterdictionText.Of(due < now ? "waits.overdue" : "waits.countersignature"), Tone.Urgent));
        if (target.Overrides.Length > 0) marks.Add((InterdictionText.Of("overridden"), Tone.Attention));
        if (target.Objected) marks.Add((InterdictionText.Of("objected"), Tone.Urgent));
        return marks;
    }

    List<SummaryItem> FactsOf(TargetFacts facts)
    {
        var (target, _, _, register, _) = facts;
        var items = new List<SummaryItem>
        {
            new(InterdictionText.Of("target.reference"), target.Reference),
            new(InterdictionText.Of("target.score"), InterdictionText.Say("score.of", target.Score, facts.Threshold, InterdictionText.Of("source." + InterdictionText.Camel(target.Source)))),
            new(InterdictionText.Of("target.port"), target.Port), new(InterdictionText.Of("target.arrival"), when.Moment(target.Arrival)),
            new(InterdictionText.Of("target.unit"), register.Units.GetValueOrDefault(target.Unit)?.Name ?? ""),
        };
        if (target.Document is { } document) items.Insert(1, new(InterdictionText.Of("target.document"), document));
        if (target.Rules.Length > 0) items.Add(new(InterdictionText.Of("target.rules"), string.Join("; ", target.Rules)));
        if (target.Names.Length > 0) items.Add(new(InterdictionText.Of("target.names"), string.Join("; ", target.Names)));
        if (target.Staff is { } staff) items.Add(new(InterdictionText.Of("target.staff"), register.NameOf(staff)));
        return items;
    }

    /// <summary>Name, post and unit, so that namesakes are told apart.</summary>
    public static string NameAndPost(Guid person, Register register, DateTimeOffset now)
    {
        var posts = register.PostsOf(person, now).Select(p => $"{p.Title}, {register.Units.GetValueOrDefault(p.Unit)?.Name}").Order(StringComparer.CurrentCulture).ToList();
        return posts.Count > 0 ? $"{register.NameOf(person)} – {string.Join("; ", posts)}" : register.NameOf(person);
    }

    internal static string Against(OverrideKind kind) => InterdictionText.Of("override." + InterdictionText.Camel(kind));

    static string Word<T>(string prefix, T value) where T : struct, Enum => InterdictionText.Of(prefix + InterdictionText.Camel(value));

    // The field that a refusal belongs to; empty for the whole page.
    static string FieldOf(string what, string code) => (what, code) switch
    {
        (_, Overrides.ReasonNeeded) => "reason",
        (_, Overrides.AbsenceMissing) => "absence",
        (_, Overrides.CountersignerWrong) => "countersigner",
        (_, Inspecting.InspectTarget.KindMissing) => "kind",
        (_, ActOnTarget.ResultMissing) => "result",
        (_, Inspecting.InspectTarget.CaseMissing) => "case",
        ("answer", TargetTexts.ReasonMissing or TargetTexts.ReasonTooShort) => "refusal",
        ("countersign", TargetTexts.ReasonMissing or TargetTexts.ReasonTooShort) => "objection",
        ("pass" or "release", TargetTexts.ReasonTooShort) => "reason",
        _ => "",
    };
}
