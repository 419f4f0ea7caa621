using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>
/// Whoever handles a report asks who its source is, for one person who can open it. The source is told in the same append who asks and why (Directive (EU) 2019/1937, article 16(3)): there is no request without notice.
/// </summary>
internal sealed class AskIdentity(IdentityDesk desk)
{
    public const string AskedAlready = "reports.identity-asked-already";
    public const string GranteeUnfit = "reports.identity-grantee-unfit";
    public const string NoticeMissing = "reports.identity-notice-missing";
    public const string NoticeTooLong = "reports.identity-notice-too-long";

    /// <param name="Report">The report.</param>
    /// <param name="Id">The request.</param>
    /// <param name="For">Whom it is for.</param>
    /// <param name="Reason">Why, for those who can open the report.</param>
    /// <param name="Notice">What the source is told: who asks, and why.</param>
    internal sealed record Command(Guid Report, Guid Id, Guid? For, string? Reason, string? Notice);

    public static Decision Decide(Command command, string? reason, Letter? letter, IdentityFacts facts)
    {
        if (GrantAccess.Refuses(GrantAction.AskIdentity, facts.On(null)) is { } refusal) return refusal;
        if (facts.Requests.All.ContainsKey(command.Id)) return Decision.Accept();
        if (facts.Report.Report.AcknowledgedOn is null) return Decision.Refuse(TriageReport.NotAcknowledged);
        if (facts.Open is not null) return Decision.Refuse(AskedAlready);
        if (command.For is not { } grantee || !facts.Grantees.Contains(grantee)) return Decision.Refuse(GranteeUnfit);
        if (StaffText.Refuses(command.Reason) is { } unfit) return unfit;
        return StaffText.Refuses(command.Notice) is { Code: var code } ? Decision.Refuse(code == StaffText.TooLong ? NoticeTooLong : NoticeMissing)
            : Decision.Accept([.. letter!.Filings(facts.Report.Report), IdentityRequests.File(command.Report, new IdentityAsked(command.Id, command.Report, grantee, reason!))]);
    }

    /// <summary>The same, with what is written sealed.</summary>
    public static Decision Decide(Command command, IdentityFacts facts) => Decide(
        command, StaffText.Seal(facts.Report.Opened, command.Id, command.Reason), Letter.To(facts.Report, StaffText.Second(command.Id), SourceStage.IdentityAsked, command.Notice, NotBefore(facts)), facts);

    // The days of notice run from this append: on the day itself they are over in its course.
    static DateOnly NotBefore(IdentityFacts facts) => DateOnly.FromDateTime(facts.Report.Policy.After(PolicyRules.IdentityNotice, facts.Report.Now).UtcDateTime);

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, "identity-ask", facts => Decide(command, facts), cancel);
}
