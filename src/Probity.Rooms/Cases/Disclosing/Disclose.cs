using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Disclosing;

/// <summary>Puts something on the list of what the defence has to be shown, though no charge rests on it: what may help them too.</summary>
internal sealed class ListItem(CaseDesk desk, CaseEvidence evidence)
{
    public const string AlreadyListed = "cases.item-listed";

    internal sealed record Command(Guid CaseId, EvidenceRef Evidence);

    internal sealed record Body(EvidenceRef Evidence);

    public static Decision Decide(Command command, Case @case, IReadOnlyList<CaseThing> things)
    {
        if (CourtRules.RefusesProsecuting(@case) is { } now) return now;
        var known = CaseEvidence.Of(command.Evidence.Id, @case, things);
        return known is null && LinkEvidence.RefusesEvidence(command.Evidence) is { } refusal ? refusal
            : @case.Court.Disclosure.Any(i => i.Evidence.Id == command.Evidence.Id) ? Decision.Refuse(AlreadyListed)
            : @case.Court.Disclosure.Length >= CourtRules.Most ? Decision.Refuse(CourtRules.TooMany)
            : Decision.Accept(@case.Stream, new DisclosureListed(known ?? command.Evidence));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Disclose, expected, async facts => Decide(command, facts.Case, await evidence.ReadAsync(command.CaseId, cancel)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/disclosure/items", (Guid id, HttpContext http, ListItem slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Evidence), expected, cancel)))
        .Describe<Body>("listItem", "Put something on the disclosure list.");
}

/// <summary>Records that items of the list were disclosed, and to whom.</summary>
internal sealed class Disclose(CaseDesk desk)
{
    public const string ItemMissing = "cases.item-missing";
    public const string AlreadyDisclosed = "cases.item-disclosed";
    public const string ToMissing = "cases.to-whom-missing";

    internal sealed record Command(Guid CaseId, IReadOnlyList<Guid> Items, string To);

    internal sealed record Body(IReadOnlyList<Guid> Items, string To);

    public static Decision Decide(Command command, Case @case)
    {
        if (CourtRules.RefusesProsecuting(@case) is { } now) return now;
        if (command.Items.Count == 0) return Decision.Refuse(ItemMissing);
        foreach (var id in command.Items)
        {
            // What was held back can be disclosed later; what was disclosed cannot be again, nor taken back.
            if (@case.Court.Disclosure.FirstOrDefault(i => i.Evidence.Id == id) is not { } item) return Decision.Refuse(ItemMissing);
            if (item.State == DisclosureState.Disclosed) return Decision.Refuse(AlreadyDisclosed);
        }

        return CaseTexts.Refuses(command.To, CaseTexts.MaxName, ToMissing, lines: false) is { } to
            ? to
            : Decision.Accept(@case.Stream, new Disclosed([.. command.Items.Distinct()], command.To.Trim()));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Disclose, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/disclosure", (Guid id, HttpContext http, Disclose slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Items, body.To), expected, cancel)))
        .Describe<Body>("disclose", "Record that items of the list were disclosed, and to whom.");
}

/// <summary>Holds an item of the list back, on a ground and with what it rests on in law.</summary>
internal sealed class WithholdItem(CaseDesk desk)
{
    internal sealed record Command(Guid CaseId, Guid Item, string Ground, string LegalBasis);

    internal sealed record Body(Guid Item, string Ground, string LegalBasis);

    public static Decision Decide(Command command, Case @case) =>
        CourtRules.RefusesProsecuting(@case) is { } now ? now
        : @case.Court.Disclosure.FirstOrDefault(i => i.Evidence.Id == command.Item) is not { } item ? Decision.Refuse(Disclose.ItemMissing)
        : item.State == DisclosureState.Disclosed ? Decision.Refuse(Disclose.AlreadyDisclosed)
        : CourtRules.RefusesReasoned(command.Ground, command.LegalBasis) is { } reasons ? reasons
        : Decision.Accept(@case.Stream, new DisclosureWithheld(command.Item, command.Ground, command.LegalBasis));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Disclose, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/disclosure/withhold", (Guid id, HttpContext http, WithholdItem slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Item, body.Ground, body.LegalBasis), expected, cancel)))
        .Describe<Body>("withholdItem", "Hold an item of the list back.");
}
