using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Policies.Packs;
using Probity.Policies.Proposing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Policies.Viewing;

/// <summary>A rule with its figures: what holds, the house's own, and what is asked for where that is another.</summary>
public sealed record RuleLine(string Key, string Name, string InForce, string Usual, string? Asked, string Bounds, int Figure, bool IsLooser, bool AskedLooser);

/// <summary>A version that was in force.</summary>
public sealed record VersionLine(string Label, string Country, DateTimeOffset Since, string AskedBy, string AgreedBy, string Reason);

/// <summary>The pack as its page shows it.</summary>
public sealed record PolicySheet(string Label, string Country, bool IsChosen, bool IsCopy, IReadOnlyList<RuleLine> Rules, IReadOnlyList<VersionLine> Versions)
{
    /// <summary>Who asks for what and why; null where nothing is asked for.</summary>
    public string? Asked { get; init; }

    /// <summary>Whether the reader may ask for another version now.</summary>
    public bool MayPropose { get; init; }

    /// <summary>Whether the reader may be the second person now.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>The packs that can be chosen.</summary>
    public IReadOnlyList<Choice> Packs { get; init; } = [];
}

/// <summary>Shows the figures that the rules work with to everybody who is judged by them, and takes the forms that change them.</summary>
internal sealed class ShowPolicy(TransparencyLog log, ProposePack slice, IRegister registers, TimeProvider time)
{
    const string Address = "/policy";

    /// <summary>Everybody of the agency, those who watch over it and civil society; who runs the machine has no part in it.</summary>
    public static bool Serves(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => role != Role.Administrator && SignedInPerson.Has(user, role));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowPolicy show) =>
            Serves(http.User) ? await show.ShowAsync(SignedInPerson.Of(http.User)!.Value, [], null, http.RequestAborted) : Results.Forbid());
        pages.MapGet(Address + "/{what:regex(^(propose|answer)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(propose|answer)$)}", async (string what, HttpContext http, ShowPolicy show) =>
            Serves(http.User) ? await show.TakeAsync(http, SignedInPerson.Of(http.User)!.Value, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var proposal = new ProposePack.Proposal(typed.GetValueOrDefault("pack"), PolicyRules.All.ToDictionary(r => r.Key, r => FigureOf(typed.GetValueOrDefault(r.Key))), typed.GetValueOrDefault("reason"));
        var outcome = what == "propose"
            ? await slice.HandleAsync(person, proposal, http.RequestAborted)
            : await slice.HandleAsync(person, new ProposePack.Answer(typed.GetValueOrDefault("answer") == "yes", typed.GetValueOrDefault("refusal")), http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther(Address);
        }

        var refusal = (outcome as Outcome.Refused)?.Refusal;
        return await ShowAsync(person, ErrorsOf(refusal?.Code ?? Answers.Stale, what, proposal), typed, http.RequestAborted);
    }

    static List<FieldError> ErrorsOf(string code, string what, ProposePack.Proposal proposal) => code switch
    {
        ProposePack.FigureWrong => [.. ProposePack.Wrong(proposal).Select(r => new FieldError(r.Key, PoliciesText.Say(code, PoliciesText.Of(r.Key), r.Least, r.Most)))],
        ProposePack.PackUnknown => [new FieldError("pack", PoliciesText.Of(code))],
        PolicyTexts.ReasonMissing or PolicyTexts.ReasonTooShort or PolicyTexts.ReasonUnfit => [new FieldError(what == "propose" ? "reason" : "refusal", PoliciesText.Of(code))],
        _ => [new FieldError("", PoliciesText.Of(code))],
    };

    // A whole number of a few digits, as the forms ask for it.
    static int? FigureOf(string? typed) => int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var figure) ? figure : null;

    async Task<IResult> ShowAsync(Guid person, List<FieldError> errors, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, time.GetUtcNow());
        var book = await new RecordSession(log).FoldAsync<PolicyBook>(PolicyBook.Stream, cancel);
        var policy = book.InForce;
        var sheet = new PolicySheet(
            policy.Label, Country(policy.Pack), policy.Number > 0, PackFile.Find(policy.Pack) is { CopyOf: not null } && PolicyRules.All.All(r => policy.Of(r) == r.Default),
            [.. PolicyRules.All.Select(r => LineOf(r, policy, book.Asked))],
            [.. book.Versions.Reverse().Select(v => new VersionLine(
                v.Policy.Label, Country(v.Policy.Pack), v.Policy.Since!.Value, register.NameOf(v.AskedBy), register.NameOf(v.AgreedBy), v.Reason))])
        {
            Asked = book.Asked is { } asked ? PoliciesText.Say("asked", register.NameOf(asked.By), Country(asked.Pack), asked.Reason) : null,
            MayPropose = book.Asked is null && ProposePack.Proposes(actor), MayAnswer = book.Asked is { By: var proposer } && proposer != person && ProposePack.Answers(actor),
            Packs = [.. PackFile.All.Select(p => new Choice(p.Pack, Country(p.Pack)))],
        };
        return Rendered.Page<PolicyPage>(
            new { Sheet = sheet, Errors = errors, Typed = typed ?? new Dictionary<string, string>() }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static RuleLine LineOf(PolicyRule rule, Policy policy, AskedPack? asked)
    {
        var (figure, other) = (policy.Of(rule), asked?.Figures.TryGetValue(rule.Key, out var next) == true ? next : (int?)null);
        return new RuleLine(
            rule.Key, PoliciesText.Of(rule.Key), PoliciesText.Say(rule, figure), PoliciesText.Say(rule, rule.Default), other is { } moved && moved != figure ? PoliciesText.Say(rule, moved) : null,
            PoliciesText.Say("bounds", PoliciesText.Say(rule, rule.Least), PoliciesText.Say(rule, rule.Most)), figure, rule.IsLooser(figure, rule.Default), other is { } to && rule.IsLooser(to, figure));
    }

    static string Country(string pack) => PoliciesText.Of($"pack.{pack}");
}
