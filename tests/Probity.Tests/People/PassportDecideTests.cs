using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.People;
using Probity.People.Contract;
using Probity.People.Passports;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>Who may what about passports and issuers, and what each decision comes to.</summary>
public sealed class PassportDecideTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    static readonly Guid s_request = Staff.Id("request"), s_issuer = Staff.Id("issuer");
    static readonly PassportKeys s_keys = new(new byte[32], "unit.example");
    static readonly PassportKeys s_foreign = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], "foreign.example");
    static readonly string s_number = PassportToken.NewNumber();

    static PassportFacts Facts(string actor, string holder = "ana", Register? register = null, PassportBook? book = null, DateTimeOffset? at = null, bool issuer = false, params Clearance[] known)
    {
        var (of, now, held) = (register ?? ClearanceScene.Agency().ToRegister(), at ?? s_now, book ?? PassportBook.Initial);
        return new PassportFacts(
            held, issuer ? Guid.Empty : Staff.Id(holder), new PersonClearances(Staff.Id(holder), known), issuer ? held.Issuers.GetValueOrDefault(s_issuer) : null, Policy.Unchosen,
            Actor.From(of, Staff.Id(actor), now), of, now);
    }

    static PassportBook Book(params (IEvent Event, string By)[] events)
    {
        var (book, version) = (PassportBook.Initial, 0L);
        foreach (var (happened, by) in events)
            book = book.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), version, PassportBook.Stream, ++version, s_now, null, new ActorId(Staff.Id(by))));
        return book;
    }

    static (IEvent, string) Asked => (new PassportAsked(s_request, Staff.Id("ana")), "ana");

    static (IEvent, string) Issued => (
        new PassportIssued(s_number, s_request, Staff.Id("ana"), Clearance.StreamOf(Staff.Id("ana"), 1).Value, ClearanceLevel.Sensitive, s_now, s_now.AddDays(180), "mark", s_keys.Verifier.ToString(), "default 0"), "vera");

    static (IEvent, string) Proposed => (new IssuerProposed(s_issuer, s_foreign.Verifier.ToString()), "ines");

    static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    // A ask, I issue, R revoke, L list, C check, S see issuers, P propose an issuer, G agree, E end, T take a list. About ana's passport; the issuer was brought by ines.
    [Theory]
    [InlineData("vera", "IRLCST"), InlineData("valdo", "IRLCST"), InlineData("ines", "RLCSPET"), InlineData("ivo", "RLCSPET"), InlineData("oscar", "RLCSGET"), InlineData("olga", "RLCSGET")]
    [InlineData("chief", "C"), InlineData("port chief", "C"), InlineData("ana", "ARC"), InlineData("keeper", "C"), InlineData("paula", "C")]
    [InlineData("root", ""), InlineData("maria", ""), InlineData("sara", ""), InlineData("judith", ""), InlineData("rita", "")]
    public void Each_may_what_stands_here_and_nothing_else(string person, string allowed)
    {
        var facts = Facts(person, book: Book(Asked, Proposed)) with { Issuer = Book(Proposed).Issuers[s_issuer] };
        Assert.Equal(allowed, string.Concat(Enum.GetValues<PassportAction>().Zip("AIRLCSPGET").Where(a => PassportAccess.Refuses(a.First, facts) is null).Select(a => a.Second)));
    }

    [Fact]
    public void Vettings_own_goes_to_another_and_to_an_overseer_where_nobody_of_vetting_may()
    {
        var own = PassportAccess.Refuses(PassportAction.Issue, Facts("vera", "vera"));
        Assert.Equal((Bars.Self, nameof(Role.Vetting)), (own?.Code, own?.Reroute?.Role));
        Assert.Equal([Staff.Id("valdo")], own!.Reroute!.People);
        Assert.Null(PassportAccess.Refuses(PassportAction.Issue, Facts("valdo", "vera")));
        Assert.Equal(Bars.Role, PassportAccess.Refuses(PassportAction.Issue, Facts("oscar", "vera"))?.Code);
        var alone = Staff.Agency().ToRegister();
        Assert.Null(PassportAccess.Refuses(PassportAction.Issue, Facts("oscar", "vera", alone)));
        var kin = ClearanceScene.Agency().Tie("vera", "ana", TieKind.Blood).ToRegister();
        Assert.Equal(Bars.Kin, PassportAccess.Refuses(PassportAction.Issue, Facts("vera", register: kin))?.Code);
        Assert.Equal(Bars.Kin, PassportAccess.Refuses(PassportAction.Revoke, Facts("vera", register: kin))?.Code);
        // Whoever commands somebody never issues to them, whatever else they are.
        var both = ClearanceScene.Agency().Hold("chief", "post of vera").ToRegister();
        Assert.Equal(Bars.Superior, PassportAccess.Refuses(PassportAction.Issue, Facts("chief", register: both))?.Code);
        // Whose access ended asks for none.
        Assert.Equal(Bars.Role, PassportAccess.Refuses(PassportAction.Ask, Facts("ana", register: ClearanceScene.Agency().ShutOut("ana").ToRegister()))?.Code);
    }

    [Fact]
    public void It_is_asked_for_once_with_a_clearance_that_counts()
    {
        Assert.Null(Refused(AskPassport.Decide(s_request, Facts("ana", known: ClearanceScene.Granted))));
        foreach (var clearance in (Clearance[])[ClearanceScene.Assessed, ClearanceScene.Refused, ClearanceScene.Granted with { IsWithdrawn = true }])
            Assert.Equal(AskPassport.NotHeld, Refused(AskPassport.Decide(s_request, Facts("ana", known: clearance))));
        Assert.Equal(AskPassport.NotHeld, Refused(AskPassport.Decide(s_request, Facts("ana"))));
        Assert.Equal(AskPassport.NotHeld, Refused(AskPassport.Decide(s_request, Facts("ana", at: s_now.AddYears(3), known: ClearanceScene.Granted))));
        Assert.Equal(AskPassport.Waits, Refused(AskPassport.Decide(s_request, Facts("ana", book: Book(Asked), known: ClearanceScene.Granted))));
    }

    [Fact]
    public void It_holds_for_the_packs_time_and_never_longer_than_the_clearance_and_takes_the_place_of_the_one_before()
    {
        var issued = IssuedAt(s_now);
        Assert.Equal((s_now, s_now.AddDays(180), ClearanceLevel.Sensitive), (issued.From, issued.Until, issued.Level));
        Assert.Equal(HolderMark.Of("ana", "AB1234", "CODE"), issued.Holder);
        var late = s_now.AddYears(3).AddDays(-10).AddMilliseconds(400);
        Assert.Equal((s_now.AddYears(3).AddDays(-10), s_now.AddYears(3)), (IssuedAt(late).From, IssuedAt(late).Until));
        var filings = Accepted(Issue(new IssuePassport.Answer(s_request, true, "AB 1234", null), Book(Asked)));
        Assert.Equal((Compartments.OfPerson(Staff.Id("ana")), typeof(PassportCodeKept)), (filings[^1].Compartment, filings[^1].Event.GetType()));
        Assert.DoesNotContain(filings, f => f.Event.ToString()!.Contains("1234", StringComparison.Ordinal));
        var again = Accepted(Issue(new IssuePassport.Answer(s_request, true, "AB 1234", null), Book(Issued, Asked)));
        Assert.Equal(new PassportRevoked(s_number, PassportRevocation.NotNeeded), again[0].Event);

        Assert.Equal(DecideClearance.AnswerMissing, Refused(Issue(new IssuePassport.Answer(s_request, null, "AB1234", null), Book(Asked))));
        Assert.Equal(IssuePassport.DocumentMissing, Refused(Issue(new IssuePassport.Answer(s_request, true, " ", null), Book(Asked))));
        Assert.Equal(IssuePassport.DocumentUnfit, Refused(Issue(new IssuePassport.Answer(s_request, true, "A-1", null), Book(Asked))));
        Assert.Equal(IssuePassport.Nothing, Refused(Issue(new IssuePassport.Answer(s_request, true, "AB1234", null), PassportBook.Initial)));
        Assert.Equal(VettingTexts.Missing, Refused(Issue(new IssuePassport.Answer(s_request, false, null, null), Book(Asked))));
        Assert.Equal(Compartments.OfPerson(Staff.Id("ana")), Assert.Single(Accepted(Issue(new IssuePassport.Answer(s_request, false, null, ClearanceScene.Reason), Book(Asked)))).Compartment);

        static PassportIssued IssuedAt(DateTimeOffset at) => Accepted(Answered(new IssuePassport.Answer(s_request, true, "AB1234", null), Book(Asked), at)).Select(f => f.Event).OfType<PassportIssued>().Single();
        static IReadOnlyList<Filing> Accepted(Decision decision) => Assert.IsType<Decision.Accepted>(decision).Filings;
    }

    static Decision Answered(IssuePassport.Answer answer, PassportBook book, DateTimeOffset at) =>
        IssuePassport.Decide(answer, new IssuePassport.Drawn(PassportToken.NewNumber(), "CODE", s_keys.Verifier), Facts("vera", book: book, at: at, known: ClearanceScene.Granted));

    static Decision Issue(IssuePassport.Answer answer, PassportBook book) => Answered(answer, book, s_now);

    [Fact]
    public void Whatever_ends_the_clearance_or_the_access_ends_it_for_good()
    {
        var (register, later) = (ClearanceScene.Agency().ToRegister(), s_now.AddDays(1));
        var passport = Book(Asked, Issued).Passports[s_number];
        var granted = ClearanceScene.Granted;
        Assert.Equal(PassportState.Counts, passport.StateAt(granted, register, later));
        Assert.Equal(PassportState.Expired, passport.StateAt(granted, register, s_now.AddDays(180)));
        Assert.Equal(PassportState.Revoked, (passport with { Revoked = PassportRevocation.Lost }).StateAt(granted, register, later));
        Assert.Equal(PassportState.ClearanceEnded, passport.StateAt(ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Grant(s_now.AddHours(2)), ClearanceScene.Suspend), register, later));
        Assert.Equal(PassportState.ClearanceEnded, passport.StateAt(granted with { Until = s_now.AddHours(1) }, register, later));
        Assert.Equal(PassportState.ClearanceEnded, passport.StateAt(Clearance.Initial, register, later));
        // Withdrawn and won back on appeal: the clearance counts again, the passport of before does not.
        var back = granted with { Decision = granted.Decision! with { At = later } };
        Assert.Equal((true, PassportState.ClearanceEnded), (back.IsValidAt(later.AddDays(1)), passport.StateAt(back, register, later.AddDays(1))));
        // Suspended and lifted: the register remembers that the access ended.
        Assert.Equal(PassportState.AccessEnded, passport.StateAt(granted, ShutOutAndRestored(later), later.AddDays(1)));

        Assert.Equal(RevokePassport.WhyMissing, Refused(RevokePassport.Decide(new RevokePassport.Command(s_number, null), Facts("ana", book: Book(Asked, Issued)))));
        Assert.Null(Refused(RevokePassport.Decide(new RevokePassport.Command(s_number, PassportRevocation.Lost), Facts("ana", book: Book(Asked, Issued)))));
        Assert.Equal(RevokePassport.Ended, Refused(RevokePassport.Decide(new RevokePassport.Command(s_number, PassportRevocation.Lost), Facts("ana", book: Book(Asked, Issued), at: s_now.AddDays(180)))));
        Assert.Equal(IssuePassport.Nothing, Refused(RevokePassport.Decide(new RevokePassport.Command(s_number, PassportRevocation.Lost), Facts("bruno", "bruno", book: Book(Asked, Issued)))));

        static Register ShutOutAndRestored(DateTimeOffset at)
        {
            var register = ClearanceScene.Agency().ToRegister();
            foreach (var happened in (IEvent[])[new AccessEnded(Staff.Id("ana")), new AccessRestored(Staff.Id("ana"))])
                register = register.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 900, Register.Stream, register.Version + 1, at, null, new ActorId(Staff.Id("vera"))));
            return register;
        }
    }

    [Fact]
    public void An_issuer_is_trusted_by_two_who_compared_and_its_lists_only_go_forward()
    {
        var key = s_foreign.Verifier.ToString();
        Assert.Null(Refused(Propose(key, true, PassportBook.Initial)));
        Assert.Equal(TrustIssuer.NotCompared, Refused(Propose(key, false, PassportBook.Initial)));
        Assert.Equal(TrustIssuer.KeyKnown, Refused(Propose(key, true, Book(Proposed))));
        Assert.Equal(TrustIssuer.KeyOwn, Refused(Propose(s_keys.Verifier.ToString(), true, PassportBook.Initial)));
        foreach (var wrong in (string?[])[null, "", "nonsense", key[..^4], key.Replace("foreign", "foreigm", StringComparison.Ordinal), SignerKey.Generate("w", SignatureType.CosignatureEd25519).Verifier.ToString()])
            Assert.Equal(TrustIssuer.KeyWrong, Refused(Propose(wrong, true, PassportBook.Initial)));

        var waiting = Book(Proposed);
        Assert.Empty(waiting.Trusted);
        Assert.Equal(TrustIssuer.NotCompared, Refused(TrustIssuer.Decide(new TrustIssuer.Answer(s_issuer, true, false, null), Facts("oscar", book: waiting, issuer: true))));
        Assert.Null(Refused(TrustIssuer.Decide(new TrustIssuer.Answer(s_issuer, true, true, null), Facts("oscar", book: waiting, issuer: true))));
        Assert.Equal(VettingTexts.Missing, Refused(TrustIssuer.Decide(new TrustIssuer.Answer(s_issuer, false, true, null), Facts("oscar", book: waiting, issuer: true))));
        Assert.Equal(TrustIssuer.Nothing, Refused(TakeList.Decide(new TakeList.Command(s_issuer, List(0)), Facts("ines", book: waiting, issuer: true))));

        var trusted = Book(Proposed, (new IssuerAgreed(s_issuer), "oscar"));
        Assert.Equal(s_foreign.Verifier, Assert.Single(trusted.Trusted).Key);
        Assert.Null(Refused(Take(List(0), trusted)));
        Assert.Equal(TakeList.Missing, Refused(Take(null, trusted)));
        Assert.Equal(TakeList.Wrong, Refused(Take("eyJ.eyJ.AA", trusted)));
        Assert.Equal(TakeList.Future, Refused(Take(List(5), trusted)));
        var held = Book(Proposed, (new IssuerAgreed(s_issuer), "oscar"), (new IssuerListTaken(s_issuer, List(-60)), "ines"));
        Assert.Null(Refused(Take(List(-59), held)));
        foreach (var older in (int[])[-60, -61]) Assert.Equal(TakeList.Older, Refused(Take(List(older), held)));
        Assert.Empty(Book(Proposed, (new IssuerAgreed(s_issuer), "oscar"), (new IssuerEnded(s_issuer, ClearanceScene.Reason), "olga")).Issuers);

        // Trusted no longer and again, under another id: what was revoked before stays revoked.
        var again = Staff.Id("issuer again");
        var back = Book(
            Proposed, (new IssuerAgreed(s_issuer), "oscar"), (new IssuerListTaken(s_issuer, List(-60)), "ines"), (new IssuerEnded(s_issuer, ClearanceScene.Reason), "olga"),
            (new IssuerProposed(again, s_foreign.Verifier.ToString()), "ines"), (new IssuerAgreed(again), "oscar"));
        Assert.Equal(List(-60), Assert.Single(back.Trusted).List);
        var facts = Facts("ines", book: back) with { Issuer = back.Issuers[again] };
        foreach (var (minutes, code) in new[] { (-59, null), (-60, TakeList.Older), (-61, TakeList.Older) }) Assert.Equal(code, Refused(TakeList.Decide(new TakeList.Command(again, List(minutes)), facts)));

        static Decision Propose(string? key, bool compared, PassportBook book) => TrustIssuer.Decide(new TrustIssuer.Proposal(s_issuer, key, compared), s_keys.Verifier, Facts("ines", book: book, issuer: true));
        static Decision Take(string? list, PassportBook book) => TakeList.Decide(new TakeList.Command(s_issuer, list), Facts("ines", book: book, issuer: true));
        static string List(int minutes)
        {
            var at = s_now.AddMinutes(minutes);
            return RevokedList.Make(s_foreign.Verifier.Name, at.ToUnixTimeSeconds(), at, at.AddDays(1), [], s_foreign.ListSecret).Sign(s_foreign.Signer);
        }
    }
}
