using Probity.Access.Contract;
using Probity.Exhibits.Balancing;
using Probity.Tests.Cases;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>Who may see, trace, publish and compute again the grams of a unit.</summary>
public sealed class GramsAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static string Allowed(Register register, string person, string unit)
    {
        var actor = Actor.From(register, Staff.Id(person), Now);
        return string.Concat(Enum.GetValues<GramsAction>().Where(a => GramsAccess.Refuses(a, actor, Staff.Id(unit), register, Now) is null).Select(a => a.ToString()[0]));
    }

    // S see the sums, T trace them to exhibits, P publish, C compute again. The post is in the unit itself, in the one above, or elsewhere.
    [Theory]
    [InlineData("Commander", "SC", "SC", "")]
    [InlineData("Integrity", "STPC", "STPC", "STPC")]
    [InlineData("Overseer", "STPC", "STPC", "STPC")]
    [InlineData("Monitor", "C", "C", "C")]
    [InlineData("Officer", "", "", "")]
    [InlineData("Investigator", "", "", "")]
    [InlineData("Custodian", "", "", "")]
    [InlineData("Analyst", "", "", "")]
    [InlineData("Prosecutor", "", "", "")]
    [InlineData("Vetting", "", "", "")]
    [InlineData("Secretariat", "", "", "")]
    [InlineData("Administrator", "", "", "")]
    [InlineData("Judge", "", "", "")]
    [InlineData("Registry", "", "", "")]
    public void Each_role_may_what_stands_here_and_nothing_else(string role, string inUnit, string above, string elsewhere)
    {
        Assert.Equal(inUnit, In("team"));
        Assert.Equal(above, In("service"));
        Assert.Equal(elsewhere, In("other"));

        string In(string unit) => Allowed(
            new Staff().Unit("service", "SER").Unit("team", "TEA", "service").Unit("other", "OTH").Post("x", unit, Enum.Parse<Role>(role)).ToRegister(), "x", "team");
    }

    [Fact]
    public void The_table_has_every_role() =>
        Assert.Equal(Enum.GetValues<Role>().Length, typeof(GramsAccessTests).GetMethod(nameof(Each_role_may_what_stands_here_and_nothing_else))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length);

    [Fact]
    public void Who_keeps_its_exhibits_commands_it_or_is_under_its_command_does_not_publish_it()
    {
        var register = new Staff().Unit("team", "TEA").Post("chief", "team", Role.Commander).Post("ines", "team", Role.Integrity, "chief").Post("free", "team", Role.Integrity)
            .Post("both", "team", Role.Integrity).Post("keeper", "team", Role.Custodian).Hold("both", "post of keeper").ToRegister();
        Assert.Equal("STC", Allowed(register, "ines", "team"));
        Assert.Equal("STC", Allowed(register, "both", "team"));
        Assert.Equal("STPC", Allowed(register, "free", "team"));
        var refusal = GramsAccess.Refuses(GramsAction.Publish, Actor.From(register, Staff.Id("both"), Now), Staff.Id("team"), register, Now);
        Assert.Equal((Bars.Self, nameof(Role.Overseer)), (refusal!.Code, refusal.Reroute!.Role));
    }
}
