using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Deciding;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases;

/// <summary>Maps the forms of the court's part, each from a list of its fields.</summary>
internal static class CourtForms
{
    /// <summary>Maps one form.</summary>
    /// <param name="pages">Where to.</param>
    /// <param name="key">The key of its texts, of the notice after success, and the end of its address.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="place">From where.</param>
    /// <param name="fields">Its fields, as the case stands; none where there is nothing to choose.</param>
    /// <param name="run">Reads what was typed and runs the command; null where something is missing, which the command's refusal then names.</param>
    /// <param name="fieldOf">The field that a refusal belongs to.</param>
    public static void Map(
        IEndpointRouteBuilder pages, string key, CaseAction action, CasePlace place, Func<CaseFacts, IReadOnlyList<FormField>> fields,
        Func<HttpContext, Guid, Guid, IFormCollection, long?, Task<FormResult>> run, Func<string, string> fieldOf) =>
        Map(pages, key, action, place, (_, facts, _) => ValueTask.FromResult(fields(facts)), run, fieldOf);

    /// <summary>Maps one form whose fields need the reader's way of writing days.</summary>
    public static void Map(
        IEndpointRouteBuilder pages, string key, CaseAction action, CasePlace place, Func<CaseFacts, When, IReadOnlyList<FormField>> fields,
        Func<HttpContext, Guid, Guid, IFormCollection, long?, Task<FormResult>> run, Func<string, string> fieldOf) =>
        Map(pages, key, action, place, (_, facts, when) => ValueTask.FromResult(fields(facts, when)), run, fieldOf);

    /// <summary>Maps one form whose fields need more than the case: they are read once the guard has let the reader in.</summary>
    public static void Map(
        IEndpointRouteBuilder pages, string key, CaseAction action, CasePlace place, Func<HttpContext, CaseFacts, When, ValueTask<IReadOnlyList<FormField>>> fields,
        Func<HttpContext, Guid, Guid, IFormCollection, long?, Task<FormResult>> run, Func<string, string> fieldOf)
    {
        var end = CaseWords.Camel(key);
        var route = $"{(place.Seen == CaseAction.ViewCourt ? "/court/{id:guid}" : "/cases/{id:guid}/court")}/{end}";
        async ValueTask<CaseForm> FillAsync(HttpContext http, CaseForm form, CaseFacts facts, When when)
        {
            var listed = await fields(http, facts, when);
            return form with
            {
                Fields = listed, Listed = (key, $"{place.HomeOf(form.CaseId)}/{end}"), Nothing = listed.Count > 0 ? null : CasesText.Of(NothingOf(key, facts.Case)),
            };
        }

        pages.MapGet(route, (Guid id, HttpContext http, CaseForms forms, When when) =>
            forms.ShowAsync<CourtFormPage>(http, id, action, (form, facts) => FillAsync(http, form, facts, when), place));
        pages.MapPost(route, (Guid id, HttpContext http, CaseForms forms, When when) => forms.TakeAsync<CourtFormPage>(
            http, id, end, (form, facts) => FillAsync(http, form, facts, when), fieldOf, (person, typed, seen, _) => run(http, person, id, typed, seen), place));
    }

    // What has to be done first is said where something has.
    static string NothingOf(string key, Case @case) => key switch
    {
        "StateElements" or "LinkEvidence" when !@case.Court.Upheld.Any() => "cases.charge-first",
        "LinkEvidence" => "cases.elements-first",
        _ => "cases.court-nothing",
    };

    /// <summary>The field of reasons.</summary>
    public static FormField Reasons { get; } = new(FieldKind.Lines, "reasons", Max: CaseTexts.MaxReasons);

    /// <summary>The field of what a decision rests on in law.</summary>
    public static FormField Basis { get; } = new(FieldKind.Line, "basis", Max: CaseTexts.MaxReasons);

    /// <summary>The values of an enumeration as choices.</summary>
    public static IReadOnlyList<Choice> Choices<T>(Func<T, string> word, params T[] among) where T : struct, Enum =>
        [.. (among.Length > 0 ? among : Enum.GetValues<T>()).Select(v => new Choice(DocketQuery.Camel(v), word(v)))];

    /// <summary>Charges as choices.</summary>
    public static IReadOnlyList<Choice> Choices(IEnumerable<Charge> charges) =>
        [.. charges.Select(c => new Choice(c.Id.ToString("D"), c.Basis, c.Text.Length > 120 ? c.Text[..120] + "…" : c.Text))];

    /// <summary>An id as it was typed; an empty one, which nothing has, where it is none.</summary>
    public static Guid Id(this IFormCollection typed, string field) => Guid.TryParseExact(typed[field], "D", out var id) ? id : Guid.Empty;

    /// <summary>A value as it was chosen; one that is not defined where none was.</summary>
    public static T Of<T>(this IFormCollection typed, string field) where T : struct, Enum =>
        DocketQuery.Named<T>(typed[field]) ?? (T)Enum.ToObject(typeof(T), -1);

    /// <summary>The field that most refusals of the court's part belong to.</summary>
    public static string FieldOf(string code) => code switch
    {
        DecideInCase.LegalBasisMissing => "basis",
        CourtRules.ChargeUnknown or Charging.AmendCharge.Judged => "charge",
        _ => CaseForms.FieldOf(code),
    };
}
