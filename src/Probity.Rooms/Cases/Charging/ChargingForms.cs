using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases.Charging;

/// <summary>The prosecutor's forms on charges and what proves them.</summary>
internal static class ChargingForms
{
    const CaseAction Act = CaseAction.Charge;
    static readonly CasePlace Place = CasePlace.Prosecution;

    static FormField[] Words(Charge? charge) =>
    [
        new(FieldKind.Line, "law", Value: charge?.Law), new(FieldKind.Line, "article", Value: charge?.Article),
        new(FieldKind.Lines, "text", Value: charge?.Text, Max: CaseTexts.MaxSummary, Key: "chargeText"),
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        CourtForms.Map(pages, "BringCharge", Act, Place, _ => [.. Words(null), CourtForms.Reasons],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<BringCharge>(http).HandleAsync(
                person, new(id, Guid.CreateVersion7(), t["law"].ToString(), t["article"].ToString(), t["text"].ToString(), t["reasons"].ToString()), seen, http.RequestAborted)),
            FieldOf);
        CourtForms.Map(pages, "AmendCharge", Act, Place, facts => Open(facts) is { Count: > 0 } open ? [Pick(open), .. Words(open.Count == 1 ? open[0] : null), CourtForms.Reasons] : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<AmendCharge>(http).HandleAsync(
                person, new(id, t.Id("charge"), t["law"].ToString(), t["article"].ToString(), t["text"].ToString(), t["reasons"].ToString()), seen, http.RequestAborted)),
            FieldOf);
        CourtForms.Map(pages, "WithdrawCharge", Act, Place, facts => Open(facts) is { Count: > 0 } open ? [Pick(open), CourtForms.Reasons, CourtForms.Basis] : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<WithdrawCharge>(http).HandleAsync(
                person, new(id, t.Id("charge"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)),
            FieldOf);
        CourtForms.Map(pages, "StateElements", Act, Place, facts => Open(facts) is { Count: > 0 } open ? [Pick(open), new(FieldKind.Lines, "elements", Max: CaseTexts.MaxReasons)] : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<StateElements>(http).HandleAsync(
                person, new(id, t.Id("charge"), [.. t["elements"].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(e => (Guid.CreateVersion7(), e))]), seen, http.RequestAborted)),
            FieldOf);
        CourtForms.Map(pages, "LinkEvidence", Act, Place, async (http, facts, _) => LinkFields(facts.Case, await Of<CaseEvidence>(http).ReadAsync(facts.Case.Id, http.RequestAborted)),
            async (http, person, id, t, seen) => Read(id, t) is { } evidence
                ? new FormResult.Ran(await Of<LinkEvidence>(http).HandleAsync(person, new(id, t.Id("element"), evidence), seen, http.RequestAborted))
                : new FormResult.Missing(LinkEvidence.EvidenceMissing, "label"),
            FieldOf);
        CourtForms.Map(pages, "UnlinkEvidence", Act, Place, facts => Links(facts) is { Count: > 0 } links ? [new(FieldKind.Radios, "link", links), CourtForms.Reasons] : [],
            async (http, person, id, t, seen) => t["link"].ToString().Split('/') is [var element, var evidence]
                && Guid.TryParseExact(element, "D", out var from) && Guid.TryParseExact(evidence, "D", out var what)
                ? new FormResult.Ran(await Of<UnlinkEvidence>(http).HandleAsync(person, new(id, from, what, t["reasons"].ToString()), seen, http.RequestAborted))
                : new FormResult.Missing(UnlinkEvidence.NotLinked, "link"),
            FieldOf);
    }

    /// <summary>The fields of something that proves: an exhibit, a witness or what was named before, or else something new by its label.</summary>
    /// <param name="case">The case.</param>
    /// <param name="things">Its things.</param>
    /// <param name="left">Whether a piece of evidence is still to be chosen.</param>
    public static IEnumerable<FormField> EvidenceFields(Case @case, IReadOnlyList<CaseThing> things, Func<Guid, bool>? left = null)
    {
        var known = CaseEvidence.All(@case, things).Where(e => left?.Invoke(e.Id) ?? true).Select(e => new Choice(e.Id.ToString("D"), Said(e))).ToList();
        if (known.Count > 0) yield return new(FieldKind.List, "known", known);
        yield return new(FieldKind.Radios, "kind", CourtForms.Choices<EvidenceKind>(CaseWords.Of, EvidenceKind.Document, EvidenceKind.Expert), Key: "evidenceKind");
        yield return new(FieldKind.Line, "label");

        string Said(EvidenceRef evidence) => things.FirstOrDefault(t => t.Id == evidence.Id) is { } thing
            ? $"{CaseWords.Of(evidence.Kind)}: {thing.Number}, {thing.What}" : $"{CaseWords.Of(evidence.Kind)}: {evidence.Label}";
    }

    /// <summary>What was chosen or typed of these; null where it is neither.</summary>
    public static EvidenceRef? Read(Guid caseId, IFormCollection t) =>
        // What is chosen is known by its id alone.
        Guid.TryParseExact(t["known"], "D", out var id) ? new EvidenceRef(default, id, "")
        : DocketQuery.Named<EvidenceKind>(t["kind"]) is { } kind && t["label"].ToString().Trim() is { Length: > 0 } label ? new EvidenceRef(kind, LinkEvidence.IdOf(caseId, kind, label), label)
        : null;

    static IReadOnlyList<FormField> LinkFields(Case @case, IReadOnlyList<CaseThing> things)
    {
        var elements = @case.Court.Upheld.SelectMany(c => c.Elements.Select(e => new Choice(e.Id.ToString("D"), $"{c.Basis}: {e.Text}"))).ToList();
        return elements.Count > 0 ? [new(FieldKind.List, "element", elements), .. EvidenceFields(@case, things)] : [];
    }

    static List<Choice> Links(CaseFacts facts) => [.. facts.Case.Court.Upheld.SelectMany(c => c.Elements)
        .SelectMany(e => e.Evidence.Select(x => new Choice($"{e.Id:D}/{x:D}", facts.Case.Court.Evidence[x].Label, e.Text)))];

    static List<Charge> Open(CaseFacts facts) => [.. facts.Case.Court.Upheld.Where(c => c.Verdict is null)];

    static FormField Pick(List<Charge> charges) =>
        new(FieldKind.Radios, "charge", CourtForms.Choices(charges), charges.Count == 1 ? charges[0].Id.ToString("D") : null);

    static T Of<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    static string FieldOf(string code) => code switch
    {
        BringCharge.LawMissing => "law",
        BringCharge.ArticleMissing => "article",
        BringCharge.TextMissing => "text",
        StateElements.ElementMissing => "elements",
        LinkEvidence.ElementUnknown => "element",
        LinkEvidence.EvidenceMissing => "label",
        LinkEvidence.AlreadyLinked or LinkEvidence.ExhibitUnknown => "known",
        LinkEvidence.KindUnknown => "kind",
        _ => CourtForms.FieldOf(code),
    };
}
