using Probity.Access.Contract;
using Probity.People.Rotating;

namespace Probity.Cli.Sample;

/// <summary>
/// Time in sensitive posts: everybody of the seaport team came with the unit, so that once their posts are marked all of their time ends together. For one of them the commander asks for
/// three months more, and an overseer has not answered yet.
/// </summary>
internal sealed class SampleRotating(SampleYears years)
{
    /// <summary>The acts, each at its time; the posts are marked by then.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        yield return (SamplePlan.End.AddDays(-3), AskAsync);
    }

    async Task AskAsync()
    {
        var person = years.Unit.Holders(Role.Officer, years.Unit.Seaport)[8];
        var post = (await years.Slice<IRegister>().ReadAsync()).PostsOf(person, years.Now).First();
        SampleYears.Expect(await years.Slice<ExtendTenure>().HandleAsync(years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0], new ExtendTenure.Proposal(
            SampleUnit.Id("extension/1"), person, post.Id, 3, "Nobody else is cleared for the scanner yet; two are being vetted."), default));
    }
}
