using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Granting;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports.Granting;

/// <summary>A report without a store whose source may be asked for, and the keys of those who have to do with it. Sara keeps identities.</summary>
internal sealed class GrantHouse : IDisposable
{
    public GrantHouse(params string[] without)
    {
        House = new HandlingHouse(without);
        foreach (var who in new[] { "ines", "ivo", "oscar", "olga", "sara" })
        {
            using var key = SealingKey.Generate();
            Know(who, new KeyMade(key.Public.ToString()));
            Know("another", new KeyConfirmed(Id(who), key.Public.ToString()));
        }

        Know("oscar", new CustodianNamed(Id("sara")));
        Know("ines", new CustodianConfirmed(Id("sara")));
    }

    public HandlingHouse House { get; }
    public IdentityRequests Requests { get; private set; } = IdentityRequests.Initial;
    public Recipients Recipients { get; private set; } = Recipients.Initial;
    public Recoveries Recoveries { get; private set; } = Recoveries.Initial;

    public static Guid Id(string name) => Staff.Id(name);

    public string KeyOf(string who) => Recipients.ConfirmedKeyOf(Id(who))!.Public;

    void Know(string who, IEvent happened) => Recipients = Recipients.Apply(Recorded(who, happened, Recipients.Version));

    Recorded Recorded(string who, IEvent happened, long version) =>
        new(happened, EventTypes.NameOf(happened.GetType()), version, Recipients.Stream, version + 1, House.Now, null, new ActorId(Id(who)));

    public IdentityFacts? Facts(string who) => House.As(who) is { } facts ? new IdentityFacts(facts, Requests, Recipients) : null;

    public KeyFacts Keys(string who) => new(Recipients, Actor.From(House.Register, Id(who), House.Now), House.Register, House.Now);

    public RecoveryFacts Recovery(string who) => new(Recoveries, Keys(who));

    public HolderPart? PartOf(string who) => KeyAccess.PartOf(Id(who), Recipients, House.Register, House.Now);

    /// <summary>The code of a refusal, else the names of what happened.</summary>
    public string Take(string who, Decision decision)
    {
        if (decision is Decision.Refused { Refusal.Code: var code }) return code;
        var filings = ((Decision.Accepted)decision).Filings;
        foreach (var filing in filings)
        {
            if (filing.Stream == IdentityRequests.Stream) Requests = Requests.Apply(Recorded(who, filing.Event, Requests.Version));
            else if (filing.Stream == Recoveries.Stream) Recoveries = Recoveries.Apply(Recorded(who, filing.Event, Recoveries.Version));
            else if (filing.Stream == Recipients.Stream) Know(who, filing.Event);
        }

        return string.Join(',', filings.Select(f => f.Event.GetType().Name));
    }

    /// <summary>Asks, and the source's notice joins the report.</summary>
    public string Ask(string who, string? grantee = "ines", string reason = HandlingHouse.Words, string notice = "The office asks, to hear you as a witness.", Guid? id = null)
    {
        string? said = null;
        var code = House.Do(who, ReportAction.View, (f, act) =>
        {
            var decision = AskIdentity.Decide(new AskIdentity.Command(HandlingHouse.ReportId, id ?? act, grantee is null ? null : Id(grantee), reason, notice), new IdentityFacts(f, Requests, Recipients));
            said = Take(who, decision);
            return decision;
        });
        return said ?? code;
    }

    public string Answer(string who, bool? agrees = true, bool danger = false, string? words = null) =>
        Facts(who) is { } facts ? Take(who, AnswerIdentity.Decide(new AnswerIdentity.Command(HandlingHouse.ReportId, agrees, danger, words), facts)) : Bars.Role;

    public string HandOn(string who, string? to = null)
    {
        var request = Requests.All.Values.Single(r => r.ReturnedBy is null);
        return Take(who, HandOnIdentity.Decide(request.Id, to ?? KeyOf("ines"), [], new AnswerGiven(request.Id, request.Report, new DateOnly(2026, 3, 2), "AAEC"), new GrantPlace(Id(who), PartOf(who)) { Request = request }, Recipients));
    }

    public void Dispose() => House.Dispose();
}
