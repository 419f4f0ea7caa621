using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Charging;

/// <summary>States what has to be proved for a charge, element by element.</summary>
internal sealed class StateElements(CaseDesk desk)
{
    public const string ElementMissing = "cases.element-missing";

    internal sealed record Command(Guid CaseId, Guid Charge, IReadOnlyList<(Guid Id, string Text)> Elements);

    internal sealed record Body(Guid Charge, IReadOnlyList<string> Elements);

    public static Decision Decide(Command command, Case @case)
    {
        if (AmendCharge.RefusesChange(command.Charge, @case) is { } refusal) return refusal;
        if (command.Elements.Count == 0) return Decision.Refuse(ElementMissing);
        foreach (var (_, text) in command.Elements)
        {
            if (CaseTexts.Refuses(text, CaseTexts.MaxReasons, ElementMissing, lines: false) is { } words) return words;
        }

        return @case.Court.Charges.Sum(c => c.Elements.Length) + command.Elements.Count > CourtRules.Most
            ? Decision.Refuse(CourtRules.TooMany)
            : Decision.Accept([.. command.Elements.Select(e => new Filing(@case.Stream, new ElementStated(command.Charge, e.Id, e.Text.Trim())))]);
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Charge, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/charges/elements", (Guid id, HttpContext http, StateElements slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Charge, [.. body.Elements.Select(e => (Guid.CreateVersion7(), e))]), expected, cancel)))
        .Describe<Body>("stateElements", "State what has to be proved for a charge.");
}

/// <summary>Says that a piece of evidence proves an element. What is new among the evidence joins the list of what has to be disclosed.</summary>
internal sealed class LinkEvidence(CaseDesk desk, CaseEvidence evidence)
{
    public const string ElementUnknown = "cases.element-unknown";
    public const string EvidenceMissing = "cases.evidence-missing";
    public const string KindUnknown = "cases.evidence-kind-unknown";
    public const string ExhibitUnknown = "cases.exhibit-unknown";
    public const string AlreadyLinked = "cases.evidence-linked";

    internal sealed record Command(Guid CaseId, Guid Element, EvidenceRef Evidence);

    internal sealed record Body(Guid Element, EvidenceRef Evidence);

    /// <param name="command">What proves which element.</param>
    /// <param name="case">The case.</param>
    /// <param name="things">The things of the case.</param>
    public static Decision Decide(Command command, Case @case, IReadOnlyList<CaseThing> things)
    {
        if (CourtRules.RefusesProsecuting(@case) is { } now) return now;
        if (@case.Court.Upheld.SelectMany(c => c.Elements).FirstOrDefault(e => e.Id == command.Element) is not { } element)
            return Decision.Refuse(ElementUnknown);

        // What the case knows is known by its id alone, and is called what it is called there.
        if (CaseEvidence.Of(command.Evidence.Id, @case, things) is not { } known)
        {
            if (RefusesEvidence(command.Evidence) is { } refusal) return refusal;
            known = command.Evidence;
        }

        if (!@case.Court.Evidence.ContainsKey(known.Id) && @case.Court.Evidence.Count >= CourtRules.Most) return Decision.Refuse(CourtRules.TooMany);
        if (element.Evidence.Contains(known.Id)) return Decision.Refuse(AlreadyLinked);
        var linked = new EvidenceLinked(command.Element, known);
        return @case.Court.Disclosure.Any(i => i.Evidence.Id == known.Id)
            ? Decision.Accept(@case.Stream, linked)
            : Decision.Accept(@case.Stream, linked, new DisclosureListed(known));
    }

    /// <summary>What is wrong with a piece of evidence that the case does not know, or null. An exhibit is one of the case, or none.</summary>
    public static Refusal? RefusesEvidence(EvidenceRef? evidence) =>
        evidence is null || evidence.Id == Guid.Empty ? new Refusal(EvidenceMissing)
        : !Enum.IsDefined(evidence.Kind) ? new Refusal(KindUnknown)
        : evidence.Kind == EvidenceKind.Exhibit ? new Refusal(ExhibitUnknown)
        : CaseTexts.Refuses(evidence.Label, CaseTexts.MaxName, EvidenceMissing, lines: false);

    /// <summary>The id of something that is known by its label alone in this case: a document, an expert's opinion.</summary>
    public static Guid IdOf(Guid caseId, EvidenceKind kind, string label) => Streams.Derive(caseId, $"evidence/{kind}/{label.Trim().ToUpperInvariant()}");

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Charge, expected, async facts => Decide(command, facts.Case, await evidence.ReadAsync(command.CaseId, cancel)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/evidence", (Guid id, HttpContext http, LinkEvidence slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Element, body.Evidence), expected, cancel)))
        .Describe<Body>("linkEvidence", "Say that a piece of evidence proves an element of a charge.");
}

/// <summary>Says, with reasons, that a piece of evidence is not relied on for an element any more.</summary>
internal sealed class UnlinkEvidence(CaseDesk desk)
{
    public const string NotLinked = "cases.evidence-not-linked";

    internal sealed record Command(Guid CaseId, Guid Element, Guid Evidence, string Reasons);

    internal sealed record Body(Guid Element, Guid Evidence, string Reasons);

    public static Decision Decide(Command command, Case @case)
    {
        if (CourtRules.RefusesProsecuting(@case) is { } now) return now;
        if (!@case.Court.Upheld.SelectMany(c => c.Elements).Any(e => e.Id == command.Element && e.Evidence.Contains(command.Evidence)))
            return Decision.Refuse(NotLinked);
        return CaseTexts.RefusesReason(command.Reasons) is { } reasons
            ? reasons
            : Decision.Accept(@case.Stream, new EvidenceUnlinked(command.Element, command.Evidence, command.Reasons));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Charge, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/evidence/unlink", (Guid id, HttpContext http, UnlinkEvidence slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Element, body.Evidence, body.Reasons), expected, cancel)))
        .Describe<Body>("unlinkEvidence", "Say that a piece of evidence is not relied on for an element any more.");
}
