using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Cases.Charging;
using Probity.Shared;

namespace Probity.Cases.Disclosing;

/// <summary>The prosecutor's forms on what the defence has to be shown.</summary>
internal static class DisclosingForms
{
    static readonly CasePlace Place = CasePlace.Prosecution;

    public static void Map(IEndpointRouteBuilder pages)
    {
        CourtForms.Map(pages, "Disclose", CaseAction.Disclose, Place,
            facts => Open(facts) is { Count: > 0 } open ? [new(FieldKind.Ticks, "items", open), new(FieldKind.Line, "to")] : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await http.RequestServices.GetRequiredService<Disclose>().HandleAsync(
                person, new(id, [.. t["items"].Select(i => Guid.TryParseExact(i, "D", out var item) ? item : Guid.Empty)], t["to"].ToString()), seen, http.RequestAborted)),
            FieldOf);
        CourtForms.Map(pages, "WithholdItem", CaseAction.Disclose, Place,
            facts => Open(facts) is { Count: > 0 } open ? [new(FieldKind.Radios, "item", open), CourtForms.Reasons with { Key = "ground" }, CourtForms.Basis] : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await http.RequestServices.GetRequiredService<WithholdItem>().HandleAsync(
                person, new(id, t.Id("item"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)),
            code => code == Disclose.ItemMissing ? "item" : FieldOf(code));
        CourtForms.Map(pages, "ListItem", CaseAction.Disclose, Place, async (http, facts, _) => [.. ChargingForms.EvidenceFields(
                facts.Case, await http.RequestServices.GetRequiredService<CaseEvidence>().ReadAsync(facts.Case.Id, http.RequestAborted), id => facts.Case.Court.Disclosure.All(i => i.Evidence.Id != id))],
            async (http, person, id, t, seen) => ChargingForms.Read(id, t) is { } evidence
                ? new FormResult.Ran(await http.RequestServices.GetRequiredService<ListItem>().HandleAsync(person, new(id, evidence), seen, http.RequestAborted))
                : new FormResult.Missing(LinkEvidence.EvidenceMissing, "label"),
            code => code switch { ListItem.AlreadyListed or LinkEvidence.EvidenceMissing => "label", LinkEvidence.ExhibitUnknown => "known", _ => FieldOf(code) });
    }

    static List<Choice> Open(CaseFacts facts) => [.. facts.Case.Court.Disclosure.Where(i => i.State != DisclosureState.Disclosed)
        .Select(i => new Choice(i.Evidence.Id.ToString("D"), $"{CaseWords.Of(i.Evidence.Kind)}: {i.Evidence.Label}"))];

    static string FieldOf(string code) => code switch
    {
        Disclose.ItemMissing or Disclose.AlreadyDisclosed => "items",
        Disclose.ToMissing => "to",
        _ => CourtForms.FieldOf(code),
    };
}
