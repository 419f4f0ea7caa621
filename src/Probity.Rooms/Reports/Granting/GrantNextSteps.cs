using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>A custodian has an identity to hand on; whoever can open a report is asked to agree to a request, once its notice has run; an overseer at once, who alone can say that a life is in danger; and who got one is told.</summary>
internal sealed class GrantNextSteps(ChangeKeys keys, FoldedStream<IdentityRequests> requests, IdentityDesk desk, ReportReader reader, TimeProvider time) : INextSteps
{
    // For so long it is news to whoever it was handed to.
    static readonly TimeSpan s_news = TimeSpan.FromDays(3);

    public bool Serves(ClaimsPrincipal person) => ReportForms.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var now = time.GetUtcNow();
        var open = (await requests.ReadAsync(cancel)).All.Values.Where(r => r.Waits || r.IsToHandOn || (r.For == id && now < r.GrantedAt + s_news)).OrderBy(r => r.AskedAt).ToList();
        if (open.Count == 0) return [];
        var facts = await keys.FactsAsync(id, cancel);
        var part = KeyAccess.PartOf(id, facts.Recipients, facts.Register, facts.Now);
        if (part == HolderPart.Custodian) return open.Exists(r => r.IsToHandOn) ? [Step("hand-on", ShowIdentities.Address)] : [];
        var steps = new List<NextStep>();
        // It says nothing of the report; whoever it is for knows of it.
        steps.AddRange(open.Where(r => r.For == id && r.GrantedAt is not null).Take(most).Select(r => Step("granted", ShowIdentity.Of(r.Report))));
        foreach (var request in part is null ? [] : open.Where(r => r.Waits))
        {
            if (steps.Count >= most || await desk.ReadAsync(id, request.Report, await reader.OpenAsync(person, request.Report, cancel), cancel) is not { } report) continue;
            if (GrantAccess.Refuses(GrantAction.AnswerIdentity, report.On(request)) is null && (part == HolderPart.Overseer || facts.Now >= AnswerIdentity.From(request, report.Report.Policy))) steps.Add(Step("answer", ShowIdentity.Of(request.Report)));
        }

        return steps;
    }

    static NextStep Step(string what, string href) => new(GrantingText.Of($"next.{what}"), GrantingText.Of($"next-why.{what}"), GrantingText.Of($"next-do.{what}"), href);
}
