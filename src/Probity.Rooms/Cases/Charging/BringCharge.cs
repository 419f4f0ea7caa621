using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Charging;

/// <summary>Brings a charge under an article of a law. The first one is also the decision to charge.</summary>
internal sealed class BringCharge(CaseDesk desk)
{
    public const string LawMissing = "cases.law-missing";
    public const string ArticleMissing = "cases.article-missing";
    public const string TextMissing = "cases.charge-text-missing";

    internal sealed record Command(Guid CaseId, Guid Charge, string Law, string Article, string Text, string Reasons);

    internal sealed record Body(string Law, string Article, string Text, string Reasons);

    public static Decision Decide(Command command, Case @case)
    {
        if (CourtRules.RefusesProsecuting(@case) is { } now) return now;
        if (RefusesWords(command.Law, command.Article, command.Text) is { } words) return words;
        if (CaseTexts.RefusesReason(command.Reasons) is { } reasons) return reasons;
        if (@case.Court.Charges.Length >= CourtRules.Most) return Decision.Refuse(CourtRules.TooMany);
        var brought = new ChargeBrought(command.Charge, command.Law.Trim(), command.Article.Trim(), command.Text, command.Reasons);
        return @case.Decisions.Contains(DecisionKind.Charge)
            ? Decision.Accept(@case.Stream, brought)
            : CourtRules.WithDecision(@case, DecisionKind.Charge, command.Reasons, $"{brought.Law}, {brought.Article}", brought);
    }

    /// <summary>What is wrong with the words of a charge, or null.</summary>
    public static Refusal? RefusesWords(string? law, string? article, string? text) =>
        CaseTexts.Refuses(law, CaseTexts.MaxName, LawMissing, lines: false)
        ?? CaseTexts.Refuses(article, CaseTexts.MaxName, ArticleMissing, lines: false)
        ?? CaseTexts.Refuses(text, CaseTexts.MaxSummary, TextMissing);

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Charge, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/charges", (Guid id, HttpContext http, BringCharge slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, Guid.CreateVersion7(), body.Law, body.Article, body.Text, body.Reasons), expected, cancel)))
        .Describe<Body>("bringCharge", "Bring a charge.");
}
