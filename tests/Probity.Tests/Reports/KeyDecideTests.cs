using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports;

/// <summary>Who may do what with the keys that reports are sealed for, and what comes of it, without a store.</summary>
public sealed class KeyDecideTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly string[] Everybody = ["chief", "ana", "keeper", "paula", "vera", "ines", "ivo", "igor", "oscar", "olga", "maria", "sara", "root", "judith", "rita"];

    readonly Register _register = Staff.Agency().ToRegister();
    Recipients _recipients = Recipients.Initial;

    KeyFacts As(string who) => new(_recipients, Actor.From(_register, Staff.Id(who), Now), _register, Now);

    string Take(string who, Decision decision)
    {
        if (decision is Decision.Refused refused) return refused.Refusal.Code;
        foreach (var filing in ((Decision.Accepted)decision).Filings)
        {
            Assert.Equal(Recipients.Stream, filing.Stream);
            _recipients = _recipients.Apply(new Recorded(filing.Event, "", _recipients.Version, filing.Stream, _recipients.Version + 1, Now, null, new ActorId(Staff.Id(who)), filing.Compartment!.Value));
        }

        return "";
    }

    string Make(string who, string key) => Take(who, ChangeKeys.Decide(new ChangeKeys.Make(key), As(who)));

    string Confirm(string who, string person, string key) => Take(who, ChangeKeys.Decide(new ChangeKeys.Confirm(Staff.Id(person), key), As(who)));

    string Withdraw(string who, string person, string key) => Take(who, ChangeKeys.Decide(new ChangeKeys.Withdraw(Staff.Id(person), key), As(who)));

    void NameKeeper()
    {
        Assert.Equal("", Take("oscar", ChangeKeys.Decide(new ChangeKeys.Name(Staff.Id("sara")), As("oscar"))));
        Assert.Equal("", Take("ines", ChangeKeys.Decide(new ChangeKeys.Agree(Staff.Id("sara")), As("ines"))));
    }

    static string Key()
    {
        using var key = SealingKey.Generate();
        return key.Public.ToString();
    }

    // One line for each row of the table: who may do it about whom; everybody else may not.
    [Theory]
    [InlineData(nameof(KeyAction.Make), "ines", "ines")]
    [InlineData(nameof(KeyAction.Make), "oscar", "oscar")]
    [InlineData(nameof(KeyAction.Make), "sara", "sara")]
    [InlineData(nameof(KeyAction.Make), "ana", "")]
    [InlineData(nameof(KeyAction.Make), "chief", "")]
    [InlineData(nameof(KeyAction.Make), "root", "")]
    [InlineData(nameof(KeyAction.Unlock), "ines", "ines")]
    [InlineData(nameof(KeyAction.Unlock), "root", "")]
    [InlineData(nameof(KeyAction.Confirm), "ines", "oscar olga")]
    [InlineData(nameof(KeyAction.Confirm), "oscar", "ines ivo olga")]
    [InlineData(nameof(KeyAction.Confirm), "sara", "ines ivo oscar olga")]
    [InlineData(nameof(KeyAction.Confirm), "ana", "")]
    [InlineData(nameof(KeyAction.Withdraw), "ines", "ines oscar olga")]
    [InlineData(nameof(KeyAction.Withdraw), "oscar", "oscar ines ivo olga")]
    [InlineData(nameof(KeyAction.Withdraw), "sara", "sara ines ivo oscar olga")]
    [InlineData(nameof(KeyAction.NameCustodian), "sara", "oscar olga")]
    [InlineData(nameof(KeyAction.ConfirmCustodian), "sara", "ines ivo oscar olga")]
    [InlineData(nameof(KeyAction.EndCustodian), "sara", "oscar olga")]
    public void Each_action_is_for_those_of_its_line(string name, string about, string allowed)
    {
        NameKeeper();
        var action = Enum.Parse<KeyAction>(name);
        foreach (var who in Everybody)
            Assert.True((KeyAccess.Refuses(action, Staff.Id(about), As(who)) is null) == allowed.Split(' ').Contains(who), $"{action} about {about} by {who}");
    }

    [Fact]
    public void The_page_of_all_keys_is_for_integrity_and_overseers() =>
        Assert.Equal(["ines", "ivo", "oscar", "olga"], Everybody.Where(who => KeyAccess.Refuses(KeyAction.See, Staff.Id(who), As(who)) is null));

    [Fact]
    public void A_key_counts_once_a_second_person_confirmed_the_one_that_was_read_out()
    {
        var (first, second) = (Key(), Key());
        Assert.Equal("", Make("ines", first));
        Assert.Null(_recipients.ConfirmedKeyOf(Staff.Id("ines")));
        Assert.Equal(Bars.Self, Confirm("ines", "ines", first));
        Assert.Equal(Bars.Role, Confirm("ivo", "ines", first));
        Assert.Equal(ChangeKeys.NotWaiting, Confirm("oscar", "ines", second));
        Assert.Equal("", Confirm("oscar", "ines", first));
        Assert.Equal(first, _recipients.ConfirmedKeyOf(Staff.Id("ines"))?.Public);
        Assert.Equal(ChangeKeys.NotWaiting, Confirm("oscar", "ines", first));

        // A new one takes its place when it was confirmed, and not before; the page still shows the old one.
        Assert.Equal("", Make("ines", second));
        Assert.Equal(first, _recipients.ConfirmedKeyOf(Staff.Id("ines"))?.Public);
        Assert.Equal(ChangeKeys.NotWaiting, Confirm("olga", "ines", first));
        Assert.Equal("", Confirm("olga", "ines", second));
        Assert.Equal(second, _recipients.ConfirmedKeyOf(Staff.Id("ines"))?.Public);

        Assert.Equal("", Withdraw("ines", "ines", second));
        Assert.Equal(first, _recipients.ConfirmedKeyOf(Staff.Id("ines"))?.Public);
        Assert.Equal(ChangeKeys.Unknown, Withdraw("ines", "ines", second));
        // One that was confirmed nobody else takes away, also where another counts: whoever knows it could leave nobody to seal for.
        Assert.Equal((ChangeKeys.InForce, ChangeKeys.InForce), (Withdraw("oscar", "ines", first), Withdraw("olga", "ines", first)));
        Assert.Equal(first, _recipients.ConfirmedKeyOf(Staff.Id("ines"))?.Public);
        Assert.Equal("", Withdraw("ines", "ines", first));
        Assert.Null(_recipients.ConfirmedKeyOf(Staff.Id("ines")));
    }

    [Fact]
    public void One_voice_keeps_no_key_out_and_a_second_does()
    {
        var (first, second) = (Key(), Key());
        Make("oscar", first);
        Assert.Equal("", Withdraw("ines", "oscar", first));
        Assert.Equal(Staff.Id("ines"), _recipients.WaitingKeyOf(Staff.Id("oscar"))?.DisputedBy);
        Assert.Equal(ChangeKeys.Disputed, Withdraw("ines", "oscar", first));
        // Another of those who stand behind it compares it, and finds it the same.
        Assert.Equal("", Confirm("olga", "oscar", first));
        Assert.Equal(first, _recipients.ConfirmedKeyOf(Staff.Id("oscar"))?.Public);

        Make("oscar", second);
        Assert.Equal(("", ""), (Withdraw("ines", "oscar", second), Withdraw("ivo", "oscar", second)));
        Assert.Null(_recipients.WaitingKeyOf(Staff.Id("oscar")));
        Assert.Equal(ChangeKeys.NotWaiting, Confirm("olga", "oscar", second));
        Assert.Equal(first, _recipients.ConfirmedKeyOf(Staff.Id("oscar"))?.Public);

        // Whoever said so may find that they were wrong, and its owner takes it back alone.
        var third = Key();
        Make("oscar", third);
        Assert.Equal(("", ""), (Withdraw("ivo", "oscar", third), Confirm("ivo", "oscar", third)));
        Assert.Equal(third, _recipients.ConfirmedKeyOf(Staff.Id("oscar"))?.Public);
        Assert.Equal("", Withdraw("oscar", "oscar", third));
    }

    [Fact]
    public void So_many_keys_and_no_more()
    {
        for (var made = 0; made < ChangeKeys.MostKeys; made++) Assert.Equal("", Make("ines", Key()));
        Assert.Equal(ChangeKeys.TooMany, Make("ines", Key()));
    }

    [Fact]
    public void A_custodian_of_identities_is_named_by_one_agreed_to_by_another_and_neither_reads_nor_commands()
    {
        string Name(string who, string person) => Take(who, ChangeKeys.Decide(new ChangeKeys.Name(Staff.Id(person)), As(who)));
        string Agree(string who, string person) => Take(who, ChangeKeys.Decide(new ChangeKeys.Agree(Staff.Id(person)), As(who)));

        foreach (var unfit in new[] { "ines", "olga", "chief", "root", "nobody" }) Assert.Equal(ChangeKeys.CustodianUnfit, Name("oscar", unfit));
        Assert.Equal(Bars.Role, Name("ines", "sara"));
        Assert.Equal("", Name("oscar", "sara"));
        Assert.Equal(ChangeKeys.CustodianNamedAlready, Name("olga", "sara"));
        Assert.Equal(Bars.Role, Make("sara", Key()));
        Assert.Equal(Bars.EarlierRole, Agree("oscar", "sara"));
        Assert.Equal(Bars.Self, Agree("sara", "sara"));
        Assert.Equal("", Agree("ivo", "sara"));
        Assert.Equal("", Make("sara", Key()));
        Assert.Equal(HolderPart.Custodian, KeyAccess.PartOf(Staff.Id("sara"), _recipients, _register, Now));

        // Who commands since, or reads reports since, keeps none any more.
        Assert.Null(KeyAccess.PartOf(Staff.Id("sara"), _recipients, Staff.Agency().Hold("sara", "post of chief").ToRegister(), Now));
        Assert.Equal(HolderPart.Integrity, KeyAccess.PartOf(Staff.Id("sara"), _recipients, Staff.Agency().Hold("sara", "post of ines").ToRegister(), Now));

        Assert.Equal(Bars.Role, Take("ines", ChangeKeys.Decide(new ChangeKeys.End(Staff.Id("sara"), "She moves abroad."), As("ines"))));
        Assert.Equal(ChangeKeys.ReasonMissing, Take("oscar", ChangeKeys.Decide(new ChangeKeys.End(Staff.Id("sara"), " "), As("oscar"))));
        Assert.Equal("", Take("oscar", ChangeKeys.Decide(new ChangeKeys.End(Staff.Id("sara"), "She moves abroad."), As("oscar"))));
        Assert.Null(KeyAccess.PartOf(Staff.Id("sara"), _recipients, _register, Now));
        Assert.Equal(ChangeKeys.CustodianUnknown, Take("oscar", ChangeKeys.Decide(new ChangeKeys.End(Staff.Id("sara"), "She moves abroad."), As("oscar"))));
    }

    [Fact]
    public void Whose_access_ended_has_no_part() =>
        Assert.Null(KeyAccess.PartOf(Staff.Id("ines"), _recipients, Staff.Agency().ShutOut("ines").ToRegister(), Now));

    [Theory]
    [InlineData("", "", Unlock.Short)]
    [InlineData("fifteen letters", "fifteen letters", Unlock.Short)]
    [InlineData("sixteen letters!", "sixteen letters?", Unlock.Again)]
    [InlineData(" sixteen letters! ", "sixteen letters!", null)]
    public void A_passphrase_is_long_and_typed_twice(string passphrase, string again, string? code)
    {
        Assert.Equal(code, Unlock.Unfit(passphrase, again));
        Assert.Equal(Unlock.Long, Unlock.Unfit(new string('x', 201), new string('x', 201)));
    }
}
