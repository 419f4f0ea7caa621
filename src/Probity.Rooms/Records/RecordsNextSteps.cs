using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Records.Viewing;
using Probity.Shared;

namespace Probity.Records;

/// <summary>An erasure that waits for a second person is a next step of those who may be it.</summary>
internal sealed class RecordsNextSteps(DbContext views, ErasureDesk desk) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => ErasureAccess.Decides(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !ErasureAccess.Decides(person)) return [];
        var waiting = await views.Set<ErasureRow>().AsNoTracking().Where(r => r.Stage == ErasureStage.Proposed && r.ProposedBy != id)
            .OrderBy(r => r.Since).Take(most).ToListAsync(cancel);
        var steps = new List<NextStep>();
        foreach (var row in waiting)
        {
            var facts = await desk.ReadAsync(id, row.Kind, row.Subject, cancel);
            // The list may be a moment behind: what is asked is read from the record.
            if (facts.Erasure.Stage != ErasureStage.Proposed || ErasureAccess.Refuses(RecordsAction.Approve, facts) is not null) continue;
            steps.Add(new NextStep(
                RecordsText.Of("next." + ShowErasure.Camel(row.Kind)),
                Say("next-why", facts.Register.NameOf(facts.Erasure.ProposedBy!.Value), facts.Erasure.LegalBasis),
                RecordsText.Of("next-do"), $"/records/{RecordsApi.PathOf(row.Kind)}/{row.Subject:D}"));
        }

        return steps;
    }

    static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, RecordsText.Of(key), words);
}
