using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Charging;

/// <summary>Amends a charge, with reasons. What it said before stays on the record.</summary>
internal sealed class AmendCharge(CaseDesk desk)
{
    public const string Judged = "cases.charge-judged";

    internal sealed record Command(Guid CaseId, Guid Charge, string Law, string Article, string Text, string Reasons);

    internal sealed record Body(Guid Charge, string Law, string Article, string Text, string Reasons);

    public static Decision Decide(Command command, Case @case)
    {
        if (RefusesChange(command.Charge, @case) is { } refusal) return refusal;
        if (BringCharge.RefusesWords(command.Law, command.Article, command.Text) is { } words) return words;
        return CaseTexts.RefusesReason(command.Reasons) is { } reasons
            ? reasons
            : Decision.Accept(@case.Stream, new ChargeAmended(command.Charge, command.Law.Trim(), command.Article.Trim(), command.Text, command.Reasons));
    }

    /// <summary>Why this charge cannot be changed now, or null: it is upheld and nobody has judged it.</summary>
    public static Refusal? RefusesChange(Guid charge, Case @case) =>
        CourtRules.RefusesProsecuting(@case)
        ?? (@case.Court.Upheld.FirstOrDefault(c => c.Id == charge) switch
        {
            null => new Refusal(CourtRules.ChargeUnknown),
            { Verdict: not null } => new Refusal(Judged),
            _ => null,
        });

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Charge, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/charges/amend", (Guid id, HttpContext http, AmendCharge slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Charge, body.Law, body.Article, body.Text, body.Reasons), expected, cancel)))
        .Describe<Body>("amendCharge", "Amend a charge.");
}

/// <summary>Withdraws a charge, with reasons and what they rest on. It stays on the record.</summary>
internal sealed class WithdrawCharge(CaseDesk desk)
{
    internal sealed record Command(Guid CaseId, Guid Charge, string Reasons, string LegalBasis);

    internal sealed record Body(Guid Charge, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case)
    {
        var refusal = AmendCharge.RefusesChange(command.Charge, @case) ?? CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis);
        return refusal is not null ? refusal : Decision.Accept(@case.Stream, new ChargeWithdrawn(command.Charge, command.Reasons, command.LegalBasis));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Charge, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/charges/withdraw", (Guid id, HttpContext http, WithdrawCharge slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Charge, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("withdrawCharge", "Withdraw a charge.");
}
