using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exports;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Exports;

/// <summary>Who may take copies: every role, by everything that they can be to a case.</summary>
public sealed class ExportAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Person = Staff.Id("somebody");

    // C copy, N with names, M in a copy of many, S see which copies were taken.
    //                           only sees  handler  prosecutor  over its unit
    [Theory]
    [InlineData("Officer",       "",     "CN",   "",     "")]
    [InlineData("Investigator",  "",     "CN",   "",     "")]
    [InlineData("Prosecutor",    "",     "",     "CN",   "")]
    [InlineData("Commander",     "",     "",     "",     "CMS")]
    [InlineData("Integrity",     "CNMS", "CNMS", "CNMS", "CNMS")]
    [InlineData("Overseer",      "CNMS", "CNMS", "CNMS", "CNMS")]
    [InlineData("Custodian",     "",     "",     "",     "")]
    [InlineData("Analyst",       "",     "",     "",     "")]
    [InlineData("Vetting",       "",     "",     "",     "")]
    [InlineData("Monitor",       "",     "",     "",     "")]
    [InlineData("Secretariat",   "",     "",     "",     "")]
    [InlineData("Judge",         "",     "",     "",     "")]
    [InlineData("Registry",      "",     "",     "",     "")]
    [InlineData("Administrator", "",     "",     "",     "")]
    public void Each_role_may_what_stands_here_and_nothing_else(string role, string sees, string handler, string prosecutor, string commands)
    {
        var facts = Facts(Enum.Parse<Role>(role), "port");
        Assert.Equal(sees, Allowed(facts));
        Assert.Equal(handler, Allowed(With(facts, facts.Standing.Case with { Handler = Person })));
        Assert.Equal(prosecutor, Allowed(With(facts, facts.Standing.Case with { Prosecutor = Person })));
        Assert.Equal(commands, Allowed(Facts(Enum.Parse<Role>(role), "narcotics")));

        // Whoever does not see it copies nothing, whatever else they are to it; what was erased or never was is copied by nobody.
        var both = With(facts, facts.Standing.Case with { Handler = Person, Prosecutor = Person });
        Assert.Equal("", Allowed(both with { Standing = both.Standing with { Sees = false } }));
        Assert.Equal("", Allowed(With(both, both.Standing.Case with { Erased = true })));
        Assert.Equal("", Allowed(With(both, both.Standing.Case with { Exists = false })));
    }

    [Fact]
    public void Every_role_stands_in_the_table() =>
        Assert.Equal(Enum.GetNames<Role>().Length, typeof(ExportAccessTests).GetMethod(nameof(Each_role_may_what_stands_here_and_nothing_else))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length);

    [Theory]
    [InlineData(Bars.Self), InlineData(Bars.Superior), InlineData(Bars.Subordinate), InlineData(Bars.Declared)]
    public void Who_is_barred_takes_nothing_out_and_may_still_watch(string bar)
    {
        var facts = Facts(Role.Overseer, "port");
        facts = facts with { Standing = facts.Standing with { Bar = bar } };
        Assert.Equal("S", Allowed(facts));
        Assert.Equal(bar, ExportAccess.Refuses(ExportAction.Copy, facts)!.Code);
    }

    static ExportFacts With(ExportFacts facts, CaseFile file) => facts with { Standing = facts.Standing with { Case = file } };

    static string Allowed(ExportFacts facts) => string.Concat(new[] { (ExportAction.Copy, 'C'), (ExportAction.CopyNames, 'N'), (ExportAction.CopyMany, 'M'), (ExportAction.SeeCopies, 'S') }
        .Where(a => ExportAccess.Refuses(a.Item1, facts) is null).Select(a => a.Item2));

    static ExportFacts Facts(Role role, string unit)
    {
        var register = Staff.Agency().Post("somebody", unit, role).ToRegister();
        var file = new CaseFile(Staff.Id("case"), "NAR-2026-0001", true, false, false, [], [], [], null);
        return new ExportFacts(new CaseStanding(file, Staff.Id("narcotics"), Now, true, new Refusal(Bars.Role), null), Actor.From(register, Person, Now), register, Now);
    }
}
