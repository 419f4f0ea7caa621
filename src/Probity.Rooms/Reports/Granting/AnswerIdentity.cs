using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>A second person who can open the report agrees that an identity is handed on, or does not. Not before the source has had the days of notice, unless an overseer finds that a life is in danger.</summary>
internal sealed class AnswerIdentity(IdentityDesk desk)
{
    public const string NotAsked = "reports.identity-not-asked";
    public const string TooEarly = "reports.identity-too-early";
    public const string DangerForOverseer = "reports.identity-danger-overseer";

    /// <param name="Report">The report.</param>
    /// <param name="Agrees">Whether it is handed on.</param>
    /// <param name="Danger">Whether a life is in danger.</param>
    /// <param name="Words">Why; has to be said where they do not agree, or do not wait.</param>
    internal sealed record Command(Guid Report, bool? Agrees, bool Danger, string? Words);

    public static Decision Decide(Command command, string? words, IdentityFacts facts)
    {
        var request = facts.Open is { Waits: true } open ? open : null;
        if (GrantAccess.Refuses(GrantAction.AnswerIdentity, facts.On(request)) is { } refusal) return request is null ? Decision.Refuse(NotAsked) : refusal;
        if (command.Agrees is not { } agrees) return Decision.Refuse(CloseReport.AgreesMissing);
        if ((!agrees || command.Danger) && StaffText.Refuses(command.Words) is { } missing) return missing;
        if (StaffText.RefusesNote(command.Words) is { } unfit) return unfit;
        if (!agrees) return Decision.Accept(IdentityRequests.File(command.Report, new IdentityReturned(request!.Id, words!)));
        if (command.Danger && facts.On(request).Part != HolderPart.Overseer) return Decision.Refuse(DangerForOverseer);
        if (!command.Danger && From(request!, facts.Report.Policy) is var from && facts.Report.Now < from) return new Refusal(TooEarly, Until: from);
        return facts.Grantees.Contains(request!.For) ? Decision.Accept(IdentityRequests.File(command.Report, new IdentityAgreed(request.Id, command.Danger, words))) : Decision.Refuse(AskIdentity.GranteeUnfit);
    }

    /// <summary>The same, with what is written sealed for this request.</summary>
    public static Decision Decide(Command command, IdentityFacts facts) =>
        Decide(command, facts.Open is { } request ? StaffText.Seal(facts.Report.Opened, WordsOf(request.Id), command.Words) : null, facts);

    /// <summary>What the words of an answer are bound to.</summary>
    public static Guid WordsOf(Guid request) => StaffText.Second(StaffText.Second(request));

    /// <summary>From when on somebody may agree.</summary>
    public static DateTimeOffset From(IdentityRequest request, Policy policy) => policy.After(PolicyRules.IdentityNotice, request.AskedAt);

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, "identity-answer", facts => Decide(command, facts), cancel);
}
