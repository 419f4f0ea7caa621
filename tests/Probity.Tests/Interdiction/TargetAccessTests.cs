using Probity.Access.Contract;
using Probity.Interdiction;
using Probity.Interdiction.Contract;
using Probity.Tests.Cases;

namespace Probity.Tests.Interdiction;

public sealed class TargetAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Person = Staff.Id("somebody");

    // V view, S select, I inspect, R release, A answer as the second person, C countersign. What is not written is denied.
    static readonly Dictionary<TargetAction, char> Letters = new()
    {
        [TargetAction.View] = 'V', [TargetAction.Select] = 'S', [TargetAction.Inspect] = 'I', [TargetAction.Release] = 'R',
        [TargetAction.Answer] = 'A', [TargetAction.Countersign] = 'C',
    };

    //                             elsewhere  in the unit  elsewhere, asked to sign
    [Theory]
    [InlineData("Commander",     "", "VAC", "VC")]
    [InlineData("Officer",       "", "VSIRA", "VC")]
    [InlineData("Custodian",     "", "", "")]
    [InlineData("Prosecutor",    "", "", "")]
    [InlineData("Vetting",       "", "", "")]
    [InlineData("Integrity",     "V", "V", "V")]
    [InlineData("Investigator",  "", "", "")]
    [InlineData("Overseer",      "V", "V", "V")]
    [InlineData("Monitor",       "", "", "")]
    [InlineData("Secretariat",   "", "", "")]
    [InlineData("Analyst",       "", "", "")]
    [InlineData("Judge",         "", "", "")]
    [InlineData("Registry",      "", "", "")]
    [InlineData("Administrator", "", "", "")]
    public void Each_role_may_in_each_relation_what_stands_here_and_nothing_else(string role, string elsewhere, string unit, string signer)
    {
        Check(Enum.Parse<Role>(role), "port", elsewhere, Open());
        Check(Enum.Parse<Role>(role), "narcotics", unit, Open());
        Check(Enum.Parse<Role>(role), "port", signer, Open() with { Countersigner = Person });
    }

    [Fact]
    public void A_commander_above_the_unit_is_one_of_it_and_an_officer_above_is_not()
    {
        Check(Role.Commander, "agency", "VAC", Open());
        Check(Role.Officer, "agency", "", Open());
    }

    [Fact]
    public void Nobody_is_their_own_second_person()
    {
        Check(Role.Officer, "narcotics", "VSIR", Open() with { Asked = new(OverrideKind.NotSelected, "", Person, Now) });
        Check(Role.Commander, "narcotics", "VA", Open() with { Awaited = Signature(Person), Countersigner = Person });
    }

    // A column for who the person is to the member of staff whom the target concerns.
    [Theory]
    [InlineData("ana", Bars.Self), InlineData("chief", Bars.Superior), InlineData("ben", null), InlineData("ines", null), InlineData("oscar", null)]
    public void Whoever_is_barred_from_whom_it_concerns_has_nothing_to_do_with_it(string person, string? bar)
    {
        var register = Staff.Agency().ToRegister();
        var target = Open() with { Staff = Staff.Id("ana") };
        foreach (var action in Enum.GetValues<TargetAction>())
        {
            var code = TargetAccess.Refuses(action, Actor.From(register, Staff.Id(person), Now), target, register, Now)?.Code;
            if (bar is not null) Assert.Equal(bar, code);
            else Assert.True(code is null or Bars.Role or Bars.EarlierRole, code);
        }
    }

    static void Check(Role role, string unit, string allowed, Target target)
    {
        var register = Staff.Agency().Post("somebody", unit, role).ToRegister();
        var may = Letters.Where(l => TargetAccess.Refuses(l.Key, Actor.From(register, Person, Now), target, register, Now) is null).Select(l => l.Value);
        Assert.Equal(allowed, string.Concat(may));
        // What is not there is nobody's.
        Assert.All(Letters.Keys, a => Assert.Equal(Bars.Role, TargetAccess.Refuses(a, Actor.From(register, Person, Now), Target.Initial, register, Now)?.Code));
    }

    static Target Open() => Target.Initial with
    {
        Id = Guid.CreateVersion7(), Number = "NAR-T-2026-0001", Version = 1, Unit = Staff.Id("narcotics"), Score = 80,
        Asked = new(OverrideKind.NotSelected, "", Staff.Id("ben"), Now), Awaited = Signature(Staff.Id("ben")), Countersigner = Staff.Id("pedro"),
    };

    static AwaitedSignature Signature(Guid by) => new(OverrideKind.NotSelected, "", "", by, Staff.Id("pedro"), Now);
}
