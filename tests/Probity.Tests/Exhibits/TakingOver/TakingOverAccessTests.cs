using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.TakingOver;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Exhibits.TakingOver;

/// <summary>Who presents a register, who sees it and who countersigns it: every role, by what they are to the store.</summary>
public sealed class TakingOverAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Person = Staff.Id("somebody"), Keeper = Staff.Id("keeper"), Case = Guid.CreateVersion7(), Vault = Guid.CreateVersion7();

    // P present one of the unit, V view, C countersign.     in the unit, in another, presented it
    [Theory]
    [InlineData("Officer", "", "", "")]
    [InlineData("Investigator", "", "", "")]
    [InlineData("Custodian", "P", "", "PV")]
    [InlineData("Analyst", "", "", "")]
    [InlineData("Prosecutor", "", "", "")]
    [InlineData("Commander", "V", "", "V")]
    [InlineData("Integrity", "VC", "VC", "V")]
    [InlineData("Overseer", "VC", "VC", "V")]
    [InlineData("Vetting", "", "", "")]
    [InlineData("Monitor", "", "", "")]
    [InlineData("Secretariat", "", "", "")]
    [InlineData("Judge", "", "", "")]
    [InlineData("Registry", "", "", "")]
    [InlineData("Administrator", "", "", "")]
    public void Each_role_may_what_stands_here_and_nothing_else(string role, string here, string elsewhere, string presented)
    {
        Assert.Equal(here, Allowed(Facts(role, "narcotics")));
        Assert.Equal(elsewhere, Allowed(Facts(role, "port")));
        var own = Facts(role, "narcotics");
        Assert.Equal(presented, Allowed(own with { Taken = own.Taken with { By = Person } }));
    }

    [Fact]
    public void Every_role_stands_in_the_table() => Assert.Equal(
        Enum.GetNames<Role>().Order(), typeof(TakingOverAccessTests).GetMethod(nameof(Each_role_may_what_stands_here_and_nothing_else))!.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute)).Select(a => (string)((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).First().Value!).Order());

    [Fact]
    public void Who_may_not_see_one_of_its_cases_does_not_see_it_and_who_is_barred_in_one_signs_nothing()
    {
        var facts = Facts("Integrity", "agency");
        Assert.Equal("", Allowed(facts with { Cases = Standing(sees: false, bar: Bars.Self) }));
        Assert.Equal("V", Allowed(facts with { Cases = Standing(sees: true, bar: Bars.Superior) }));
        Assert.Equal("V", Allowed(facts with { Store = Places(Person) }));
        Assert.Equal("", Allowed(facts with { Taken = TakenRegister.Initial }));
    }

    [Fact]
    public void Who_commands_the_custodian_or_is_commanded_by_them_does_not_sign()
    {
        var register = Staff.Agency().Post("somebody", "agency", Role.Integrity).Post("their keeper", "agency", Role.Custodian, "somebody").ToRegister();
        var facts = Facts("Integrity", "agency");
        facts = facts with { Register = register, Actor = Actor.From(register, Person, Now), Taken = facts.Taken with { By = Staff.Id("their keeper") } };
        Assert.Equal("V", Allowed(facts));
        Assert.Equal(Bars.Superior, TakingOverAccess.Refuses(RegisterAction.Countersign, facts)!.Code);
        Assert.DoesNotContain(Person, TakingOverAccess.Refuses(RegisterAction.Countersign, facts)!.Reroute!.People);
    }

    static string Allowed(RegisterFacts facts) =>
        (facts.Taken.Presented is { } p && TakingOverAccess.RefusesToPresent(p.Unit, facts.Actor, facts.Register, Now) is null ? "P" : "")
        + (TakingOverAccess.Refuses(RegisterAction.View, facts) is null ? "V" : "") + (TakingOverAccess.Refuses(RegisterAction.Countersign, facts) is null ? "C" : "");

    static RegisterFacts Facts(string role, string unit)
    {
        var register = Staff.Agency().Post("somebody", unit, Enum.Parse<Role>(role)).ToRegister();
        var taken = TakenRegister.Initial with { Id = Guid.CreateVersion7(), Presented = new RegisterPresented(Staff.Id("narcotics"), "register.csv", "00", 1, 1, 1, null, null), By = Keeper, At = Now };
        var line = new StatedExhibit(2, "A-1", ExhibitKind.Drug, "heroin", "Brown", [], Vault);
        return new RegisterFacts(taken, new RegisterLines([(Case, line)]), Actor.From(register, Person, Now), register, Places(Keeper), Now, Standing(sees: true, bar: null));
    }

    static Store Places(Guid keyholder) => Store.Initial with
    {
        Locations = Store.Initial.Locations.Add(Vault, new StorageLocation(Vault, Staff.Id("narcotics"), "Vault 1", StorageClass.Vault, null, true, true, true, [keyholder])),
    };

    static Dictionary<Guid, CaseStanding> Standing(bool sees, string? bar) => new()
    {
        [Case] = new CaseStanding(new CaseFile(Case, "NAR-2026-0001", true, false, false, [], [], [], null), Staff.Id("narcotics"), Now, sees, new Refusal(Bars.Role), bar),
    };
}
