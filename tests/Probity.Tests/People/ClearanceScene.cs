using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>A clearance of ana's, folded from events as the record would have them; vera checks, valdo decides.</summary>
internal static class ClearanceScene
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public const string Reason = "Because it has to be so.";

    /// <summary>The agency with two of vetting.</summary>
    public static Staff Agency() => Staff.Agency().Post("valdo", "agency", Role.Vetting);

    public static ClearanceFacts Facts(Clearance clearance, string actor, DateTimeOffset? now = null, Register? register = null)
    {
        var of = register ?? Agency().ToRegister();
        return new ClearanceFacts(clearance, Policy.Unchosen, Actor.From(of, Staff.Id(actor), now ?? Now), of, now ?? Now);
    }

    public static Clearance Of(params (IEvent Event, string By)[] events) => Of(Now, events);

    public static Clearance Of(DateTimeOffset at, params (IEvent Event, string By)[] events)
    {
        var (clearance, version) = (Clearance.Initial, 0L);
        foreach (var (happened, by) in events)
            clearance = clearance.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), version, Clearance.StreamOf(Staff.Id("ana"), 1), ++version, at, null, new ActorId(Staff.Id(by))));
        return clearance;
    }

    public static Clearance Invited => Of(Invite);
    public static Clearance Submitted => Of(Invite, Submit);
    public static Clearance Assessed => Of(Invite, Submit, Checks(), Assess);
    public static Clearance Granted => Of(Invite, Submit, Checks(), Assess, Grant(Now.AddYears(3)));
    public static Clearance Refused => Of(Invite, Submit, Checks(VettingResult.Adverse, CheckKind.Finances), Assess, Refuse);
    public static Clearance Withdrawing => Of(Invite, Submit, Checks(VettingResult.Adverse, CheckKind.Finances), Assess, Grant(Now.AddYears(3)), Open);

    public static (IEvent, string) Invite => (new ClearanceInvited(Staff.Id("ana"), ClearanceLevel.Sensitive, 1), "vera");
    public static (IEvent, string) Submit => (new ClearanceSubmitted("Rua do Mar 4."), "ana");
    public static (IEvent, string) Assess => (new ClearanceAssessed(Reason), "vera");
    public static (IEvent, string) Refuse => (new ClearanceRefused([VettingGround.Finances], Reason, [], Now.AddDays(14), "default 0"), "valdo");
    public static (IEvent, string) Open => (new WithdrawalOpened(Reason, Now.AddDays(14), "default 0"), "vera");

    public static (IEvent, string) Suspend => (new ClearanceSuspended([VettingGround.Finances], Reason, "default 0"), "vera");

    public static (IEvent, string) Restrict => (new ClearanceGranted(
        Now.AddYears(3), Now.AddYears(3).AddDays(-180), [VettingGround.Bounded], Reason, "No cases in the port.", [], "default 0", Now.AddDays(14)), "valdo");

    public static (IEvent, string) Grant(DateTimeOffset until) => (new ClearanceGranted(until, until.AddDays(-180), [VettingGround.NothingFound], Reason, null, [], "default 0"), "valdo");

    public static (IEvent, string) Checks(VettingResult odd = VettingResult.Clear, params CheckKind[] oddOnes) => (new ChecksRecorded([.. Enum.GetValues<CheckKind>()
        .Select(k => new CheckDone(k, oddOnes.Contains(k) ? odd : VettingResult.Clear, new DateOnly(2026, 3, 1), oddOnes.Contains(k) ? "As the note says." : null))]), "vera");
}
