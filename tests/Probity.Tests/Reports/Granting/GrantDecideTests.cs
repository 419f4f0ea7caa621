using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Granting;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Tests.Reports.Granting;

/// <summary>What is decided when a part of a report is handed on, without any store; the sealing is real.</summary>
public sealed class GrantDecideTests
{
    static readonly string[] s_everybody = ["chief", "ana", "paula", "vera", "ines", "ivo", "igor", "oscar", "olga", "maria", "sara", "root"];

    static Guid Id(string name) => GrantHouse.Id(name);

    static string May(GrantHouse house, GrantAction action, Func<string, GrantPlace> place) =>
        string.Join(' ', s_everybody.Where(who => GrantAccess.Refuses(action, place(who)) is null));

    [Fact]
    public void Who_does_what_is_what_the_table_says_and_nobody_else_does()
    {
        using var house = new GrantHouse();
        house.House.InHand("ines");
        house.House.Take("ivo");
        GrantPlace On(string who, IdentityRequest? request) => new(Id(who), house.PartOf(who)) { Report = house.House.As(who), Request = request };
        Assert.Equal("ines ivo", May(house, GrantAction.AskIdentity, who => On(who, null)));
        var request = new IdentityRequest(Id("request"), HandlingHouse.ReportId, Id("ivo"), Id("ines"), house.House.Now, "");
        Assert.Equal("oscar olga", May(house, GrantAction.AnswerIdentity, who => On(who, request)));
        // Where the only overseers ask or get it, it falls to integrity.
        Assert.Equal("ines ivo", May(house, GrantAction.AnswerIdentity, who => On(who, request with { AskedBy = Id("oscar"), For = Id("olga") })));
        Assert.Equal("sara", May(house, GrantAction.HandOnIdentity, who => On(who, request)));
        Assert.Equal("", May(house, GrantAction.HandOnIdentity, who => On(who, request with { AgreedBy = Id("sara") })));
        Assert.Equal("", May(house, GrantAction.SeeIdentity, who => On(who, request)));
        Assert.Equal("ivo", May(house, GrantAction.SeeIdentity, who => On(who, request with { GrantedBy = Id("sara") })));

        GrantPlace First(string who, string? first) => new(Id(who), house.PartOf(who)) { First = first is null ? null : (Id(first), house.PartOf(first)) };
        Assert.Equal("oscar olga", May(house, GrantAction.NameRecoveryKey, who => First(who, null)));
        Assert.Equal("ines ivo olga", May(house, GrantAction.ConfirmRecoveryKey, who => First(who, "oscar")));
        Assert.Equal("", May(house, GrantAction.ConfirmRecoveryKey, who => First(who, null)));
        Assert.Equal("ines ivo oscar olga sara", May(house, GrantAction.SeeRecovery, who => First(who, null)));
        Assert.Equal("ines ivo oscar olga", May(house, GrantAction.AskRecovery, who => First(who, null)));
        Assert.Equal("oscar olga", May(house, GrantAction.AnswerRecovery, who => First(who, "ines")));
        Assert.Equal("ines ivo", May(house, GrantAction.AnswerRecovery, who => First(who, "olga")));
        Assert.Equal("ines ivo oscar olga", May(house, GrantAction.CarryRecovery, who => First(who, null)));
    }

    [Fact]
    public void Whoever_handles_it_asks_and_the_source_is_told_in_the_same_append()
    {
        using var house = new GrantHouse("olga");
        Assert.Equal(Bars.Role, house.Ask("ines"));
        house.House.InHand("ines");
        Assert.Equal((Bars.Role, Bars.Role), (house.Ask("ivo"), house.Ask("oscar")));
        Assert.Equal((AskIdentity.GranteeUnfit, AskIdentity.GranteeUnfit, AskIdentity.GranteeUnfit), (house.Ask("ines", null), house.Ask("ines", "olga"), house.Ask("ines", "sara")));
        Assert.Equal((StaffText.TooShort, AskIdentity.NoticeMissing), (house.Ask("ines", reason: "Because."), house.Ask("ines", notice: " ")));
        Assert.Equal((StaffText.TooLong, AskIdentity.NoticeTooLong), (house.Ask("ines", reason: new string('a', 4_001)), house.Ask("ines", notice: new string('a', 4_001))));
        Assert.Empty(house.Requests.All);
        var id = Id("the request");
        Assert.Equal("SourceTold,AnswerGiven,IdentityAsked", house.Ask("ines", id: id));
        Assert.Equal(("", AskIdentity.AskedAlready), (house.Ask("ines", id: id), house.Ask("ines")));
        var given = house.House.Filed.Select(f => f.Event).OfType<AnswerGiven>().Last();
        Assert.Equal((SourceStage.IdentityAsked, "The office asks, to hear you as a witness."), (house.House.Sealed.Read(given)!.Stage!.Value, house.House.Sealed.Read(given)!.Text));
        var asked = house.House.Filed.Single(f => f.Event is IdentityAsked);
        // It is erased with the report, and says why to its readers alone.
        Assert.Equal((IdentityRequests.Stream, Compartments.OfMatter(Report.StreamOf(HandlingHouse.ReportId))), (asked.Stream, asked.Compartment!.Value));
        Assert.Equal(HandlingHouse.Words, StaffText.Open(house.House.As("oscar")!.Opened, id, ((IdentityAsked)asked.Event).Box));
    }

    [Fact]
    public void A_second_person_agrees_once_the_days_of_notice_are_over_and_neither_who_asked_nor_who_gets_it()
    {
        using var house = new GrantHouse();
        house.House.InHand("ines");
        Assert.Equal(AnswerIdentity.NotAsked, house.Answer("oscar"));
        house.Ask("ines", "ivo");
        Assert.Equal((Bars.EarlierRole, Bars.Self, CloseReport.AgreesMissing), (house.Answer("ines"), house.Answer("ivo"), house.Answer("oscar", null)));
        house.House.Now = HandlingHouse.Begin.AddDays(7).AddSeconds(-1);
        Assert.Equal(AnswerIdentity.TooEarly, house.Answer("oscar"));
        house.House.Now = HandlingHouse.Begin.AddDays(7);
        house.House.Policy = Policy.Unchosen with { Figures = Policy.Unchosen.Figures.SetItem(PolicyRules.IdentityNotice.Key, 14) };
        Assert.Equal(AnswerIdentity.TooEarly, house.Answer("oscar"));
        house.House.Policy = Policy.Unchosen;
        Assert.Equal((Bars.EarlierRole, Bars.Self), (house.Answer("ines"), house.Answer("ivo")));
        // Not agreed to, it can be asked anew, with a notice of its own.
        Assert.Equal((StaffText.Missing, nameof(IdentityReturned)), (house.Answer("oscar", false), house.Answer("oscar", false, words: HandlingHouse.Words)));
        house.Ask("ines", "ivo");
        Assert.Equal(AnswerIdentity.TooEarly, house.Answer("oscar"));
        house.House.Now = HandlingHouse.Begin.AddDays(14);
        Assert.Equal((nameof(IdentityAgreed), AnswerIdentity.NotAsked), (house.Answer("oscar"), house.Answer("olga")));
        // A law that is looser there is none: a pack asks more, never less.
        Assert.Equal((7, 7), (PolicyRules.IdentityNotice.Default, PolicyRules.IdentityNotice.Least));
    }

    [Fact]
    public void Where_a_life_is_in_danger_an_overseer_does_not_wait_and_nobody_else_finds_that_it_is()
    {
        using var house = new GrantHouse();
        house.House.InHand("ines");
        house.Ask("ines");
        Assert.Equal((StaffText.Missing, nameof(IdentityAgreed)), (house.Answer("oscar", danger: true), house.Answer("oscar", danger: true, words: "They wait for him at the gate.")));
        Assert.True(house.Requests.All.Values.Single().Agreed!.Danger);

        using var want = new GrantHouse("oscar", "olga");
        want.House.InHand("ines");
        want.Ask("ines");
        Assert.Equal(AnswerIdentity.DangerForOverseer, want.Answer("ivo", danger: true, words: "They wait for him at the gate."));
        want.House.Day(7);
        Assert.Equal(nameof(IdentityAgreed), want.Answer("ivo"));
    }

    [Fact]
    public void A_custodian_hands_on_what_was_agreed_to_for_the_key_of_whom_it_was_agreed_for()
    {
        using var house = new GrantHouse();
        house.House.InHand("ines");
        house.Ask("ines");
        Assert.Equal(HandOnIdentity.NotAgreed, house.HandOn("sara"));
        house.House.Day(7);
        house.Answer("oscar");
        foreach (var who in s_everybody.Where(w => w != "sara")) Assert.Equal(Bars.Role, house.HandOn(who));
        Assert.Equal((AskIdentity.GranteeUnfit, "IdentityGranted,AnswerGiven", HandOnIdentity.NotAgreed), (house.HandOn("sara", house.KeyOf("ivo")), house.HandOn("sara"), house.HandOn("sara")));
    }

    static string Key()
    {
        using var key = SealingKey.Generate();
        return key.Public.ToString();
    }

    [Fact]
    public void A_recovery_key_is_named_by_an_overseer_agreed_to_by_another_and_replaced_the_same_way()
    {
        using var house = new GrantHouse();
        string Name(string who, string? key, int? needed = 3, int? shares = 5, string? holders = "The Ombudsman and four deans") => house.Take(who, NameRecoveryKey.Decide(new(key, needed, shares, holders), house.Keys(who)));
        string Confirm(string who, string key) => house.Take(who, NameRecoveryKey.Confirm(key, house.Keys(who)));
        var (first, second) = (Key(), Key());
        Assert.Equal((Bars.Role, Bars.Role), (Name("ines", first), Name("sara", first)));
        Assert.Equal((NameRecoveryKey.KeyUnfit, NameRecoveryKey.KeyUnfit), (Name("oscar", null), Name("oscar", "not a key")));
        foreach (var (needed, shares) in new (int?, int?)[] { (null, 5), (1, 5), (3, 2), (3, 256), (3, null) }) Assert.Equal(NameRecoveryKey.SharesUnfit, Name("oscar", first, needed, shares));
        Assert.Equal((NameRecoveryKey.HoldersMissing, NameRecoveryKey.NotWaiting), (Name("oscar", first, holders: " "), Confirm("ines", first)));
        Assert.Equal((nameof(RecoveryKeyNamed), Bars.EarlierRole, Bars.Role, NameRecoveryKey.NotWaiting), (Name("oscar", first), Confirm("oscar", first), Confirm("sara", first), Confirm("ines", second)));
        Assert.Null(house.Recipients.Recovery);
        Assert.Equal(nameof(RecoveryKeyConfirmed), Confirm("ines", first));
        Assert.Equal((first, 3, 5), (house.Recipients.Recovery!.Public, house.Recipients.Recovery.Needed, house.Recipients.Recovery.Shares));
        Assert.Equal((NameRecoveryKey.KeyUnfit, nameof(RecoveryKeyNamed)), (Name("olga", first), Name("olga", second)));
        Assert.Equal((first, nameof(RecoveryKeyConfirmed)), (house.Recipients.Recovery!.Public, Confirm("oscar", second)));
        Assert.Equal((second, null), (house.Recipients.Recovery!.Public, house.Recipients.RecoveryNamed));
    }

    [Fact]
    public void A_recovery_takes_integrity_and_an_overseer_and_brings_back_only_what_was_asked_for()
    {
        using var house = new GrantHouse();
        var (id, report, deposit) = (Id("recovery"), HandlingHouse.ReportId, Id("deposit"));
        string Ask(string who, string? reader = "ivo", IReadOnlyList<Guid>? found = null, string? reason = "Both readers left.") =>
            house.Take(who, AskRecovery.Decide(new(id, reader is null ? null : Id(reader), null, null, reason), found ?? [report], house.Recovery(who)));
        string Answer(string who, bool? agrees = true, string? reason = null) => house.Take(who, AskRecovery.Answer(id, agrees, reason, house.Recovery(who)));
        Assert.Equal(AskRecovery.NoKey, Ask("ines"));
        var key = Key();
        house.Take("oscar", NameRecoveryKey.Decide(new(key, 2, 3, "Three deans"), house.Keys("oscar")));
        house.Take("ines", NameRecoveryKey.Confirm(key, house.Keys("ines")));
        Assert.Equal((Bars.Role, AskRecovery.GranteeUnfit, AskRecovery.GranteeUnfit), (Ask("sara"), Ask("ines", null), Ask("ines", "sara")));
        Assert.Equal((AskRecovery.ReportsMissing, AskRecovery.TooMany, ChangeKeys.ReasonMissing),
            (Ask("ines", found: []), Ask("ines", found: [.. Enumerable.Range(0, AskRecovery.Most + 1).Select(_ => Guid.NewGuid())]), Ask("ines", reason: "")));
        Assert.Equal(AskRecovery.ReportUnknown, house.Take("ines", AskRecovery.Decide(new(id, Id("ivo"), "x", null, "Why not."), null, house.Recovery("ines"))));
        Assert.Equal((AskRecovery.NotWaiting, nameof(RecoveryAsked)), (Answer("oscar"), Ask("ines")));
        Assert.Equal(CarryRecovery.NotAgreed, CarryRecovery.Refuses(id, house.Recovery("ines"))!.Code);
        // Whoever asked does not agree, nor does another of the same part.
        Assert.Equal((Bars.EarlierRole, Bars.Role, Bars.Role), (Answer("ines"), Answer("ivo"), Answer("sara")));
        Assert.Equal((AskRecovery.AnswerMissing, ChangeKeys.ReasonMissing), (Answer("oscar", null), Answer("oscar", false)));
        Assert.Equal((nameof(RecoveryAgreed), AskRecovery.NotWaiting), (Answer("oscar"), Answer("olga")));
        Assert.Null(CarryRecovery.Refuses(id, house.Recovery("ines")));

        var places = new Dictionary<Guid, Guid> { [deposit] = report };
        var box = Convert.ToBase64String(new byte[Grant.BoxSize]);
        string Bring(string who, RecoveryAnswer? answer) => house.Take(who, CarryRecovery.Decide(id, answer, places, house.Recovery(who)));
        RecoveryAnswer Of(params RecoveryGrant[] grants) => new(RecoveryRequest.CurrentForm, grants);
        Assert.Equal((Bars.Role, CarryRecovery.Unreadable, CarryRecovery.Unreadable, CarryRecovery.Unreadable, CarryRecovery.NothingNew),
            (Bring("sara", Of()), Bring("ines", null), Bring("ines", Of(new RecoveryGrant(deposit, "AAAA"))), Bring("ines", Of(new RecoveryGrant(Id("other"), box))), Bring("ines", Of())));
        Assert.Equal((CarryRecovery.Unreadable, nameof(Recovered), CarryRecovery.NothingNew), (Bring("ines", new RecoveryAnswer(RecoveryRequest.CurrentForm, [null!])), Bring("oscar", Of(new RecoveryGrant(deposit, box))), Bring("ines", Of(new RecoveryGrant(deposit, box)))));
        // One that opened nothing keeps another out no more.
        Assert.Equal(nameof(Recovered), Bring("ines", Of(new RecoveryGrant(deposit, Convert.ToBase64String([1, .. new byte[Grant.BoxSize - 1]])))));
    }

    [Fact]
    public void What_is_brought_back_is_read_or_refused_whatever_is_in_it()
    {
        using var house = new GrantHouse();
        var random = new Random(68);
        var whole = new RecoveryAnswer(RecoveryRequest.CurrentForm, [new RecoveryGrant(Id("deposit"), Convert.ToBase64String(new byte[Grant.BoxSize]))]).Write();
        Assert.NotNull(RecoveryAnswer.Read(whole));
        var read = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = whole.AsSpan(0, random.Next(3) == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var n = random.Next(1, 4); n > 0 && bytes.Length > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (RecoveryAnswer.Read(bytes) is not { } answer) continue;
            read++;
            Assert.Equal(CarryRecovery.NotAgreed, house.Take("ines", CarryRecovery.Decide(Id("none"), answer, new Dictionary<Guid, Guid>(), house.Recovery("ines"))));
        }

        Assert.InRange(read, 1, 2_000);
        Assert.Null(RecoveryAnswer.Read(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"grants\":", 64)))));
    }
}
