using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Policies.Packs;
using Probity.Policies.Proposing;

namespace Probity.Cli.Sample;

/// <summary>The sample's policy pack: the default, as Ventoclaro has none of its own; and a version that asks less of people, which waits for an overseer.</summary>
internal sealed class SamplePolicy(SampleYears years)
{
    public static readonly DateTimeOffset First = SamplePlan.Begin.AddDays(30), Looser = SamplePlan.End.AddDays(-9);

    public async Task ChooseAsync()
    {
        SampleYears.Expect(await years.Slice<ProposePack>().HandleAsync(
            years.Unit.Holders(Role.Integrity)[0], Ask(PackFile.Find(Policy.DefaultPack)!.Whole(), "Ventoclaro has no pack of its own yet: the default, until its law says otherwise."), default));
        SampleYears.Expect(await years.Slice<ProposePack>().HandleAsync(years.Unit.Holders(Role.Overseer)[0], new ProposePack.Answer(true, null), default));
    }

    public async Task AskForLessAsync() => SampleYears.Expect(await years.Slice<ProposePack>().HandleAsync(
        years.Unit.Holders(Role.Integrity)[0],
        Ask(new Dictionary<string, int>(PackFile.Find(Policy.DefaultPack)!.Whole()) { [PolicyRules.SensitiveHolds.Key] = 96 }, "The vetting unit has fallen behind and asks for another year."), default));

    static ProposePack.Proposal Ask(IReadOnlyDictionary<string, int> figures, string reason) =>
        new(Policy.DefaultPack, figures.ToDictionary(f => f.Key, f => (int?)f.Value, StringComparer.Ordinal), reason);
}
