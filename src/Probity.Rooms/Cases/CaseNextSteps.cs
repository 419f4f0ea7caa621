using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>What the cases would have a person do next: the first step of each case that waits for them, the longest waiting first.</summary>
internal sealed class CaseNextSteps(Docket docket, CaseSteps steps, TransparencyLog log, IRegister registers, TimeProvider time) : INextSteps
{
    static readonly DocketQuery Waiting = new() { NeedsMe = true, Sort = DocketSort.LastActivity };

    public bool Serves(ClaimsPrincipal person) => CaseAccess.HasAnyRole(person);

    public async Task<(int Total, string Href)?> Beyond(ClaimsPrincipal person, CancellationToken cancel) =>
        SignedInPerson.Of(person) is { } id && await docket.ReadAsync(id, Waiting, cancel) is { Total: > 0 and var total }
            ? (total, "/cases" + Waiting.ToQuery(1))
            : null;

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id) return [];
        var found = await docket.ReadAsync(id, Waiting, cancel);
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var next = new List<NextStep>();
        foreach (var row in found.Cases)
        {
            // The list may be a moment behind: what a case waits for is read from the case.
            var session = new RecordSession(log);
            var @case = await session.FoldAsync<Case>(new StreamId(row.Id), cancel);
            var facts = new CaseFacts(@case, Actor.From(register, id, now), register, now, session);
            if (steps.Next(facts).FirstOrDefault() is { } step) next.Add(step with { Title = $"{row.Number}: {step.Title}" });
            if (next.Count == most) break;
        }

        return next;
    }
}
