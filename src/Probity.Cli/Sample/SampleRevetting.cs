using Probity.Access.Contract;
using Probity.People.Barring;
using Probity.People.Contract;
using Probity.People.Revetting;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// The draw of the sample's last quarter: one of those in sensitive posts is drawn and being vetted anew. And the barred list: somebody who left under investigation before the record began.
/// </summary>
internal sealed class SampleRevetting(SampleYears years, ReactionRunner reactions)
{
    /// <summary>The acts, each at its time; the posts are marked by then.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        var bar = SampleUnit.Id("bar/1");
        yield return (SamplePlan.End.AddDays(-400), async () => SampleYears.Expect(await years.Slice<EnterBar>().HandleAsync(
            years.Unit.Holders(Role.Vetting)[0], new EnterBar.Proposal(bar, years.Unit.Left, BarReason.LeftUnderInvestigation, DateOnly.FromDateTime(years.Now.UtcDateTime).AddDays(-3)), default)));
        yield return (SamplePlan.End.AddDays(-398), async () => SampleYears.Expect(await years.Slice<EnterBar>().HandleAsync(
            years.Unit.Holders(Role.Integrity)[1], new EnterBar.Answer(bar, true, null), default)));
        yield return (SamplePlan.End.AddDays(-6), DrawAsync);
        yield return (SamplePlan.End.AddDays(-4), BeginAsync);
    }

    async Task DrawAsync()
    {
        SampleYears.Expect(await years.Slice<FixPool>().HandleAsync(years.Unit.Holders(Role.Integrity)[0], default));
        await reactions.CatchUpAsync(default);
    }

    async Task BeginAsync()
    {
        var drawn = (await years.Slice<FoldedStream<Lots>>().ReadAsync(default)).All.Values.Last().Drawn;
        foreach (var person in drawn.Where(d => d.InHand is null))
        {
            SampleYears.Expect(await years.Slice<InviteForClearance>().HandleAsync(years.Unit.Holders(Role.Vetting)[0], new(person.Person, person.Level), default));
            var number = (await years.Slice<ClearanceDesk>().OfAsync(person.Person, default)).All[^1].Number;
            SampleYears.Expect(await years.Slice<SubmitForm>().HandleAsync(
                person.Person, new(Clearance.StreamOf(person.Person, number).Value, "Nothing has changed since my last form. The loan for the car is paid."), null, default));
        }
    }
}
