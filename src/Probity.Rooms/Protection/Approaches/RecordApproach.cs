using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>Somebody records an offer, a threat or violence. Two things are asked; violence alerts somebody on duty in the same append.</summary>
internal sealed class RecordApproach(Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string KindMissing = "protection.kind-missing";
    public const string TimeWrong = "protection.time-wrong";
    public const string SpotUnfit = "protection.spot-unfit";
    public const string AmountWrong = "protection.amount-wrong";
    public const string CurrencyWrong = "protection.currency-wrong";
    public const string WhoUnfit = "protection.who-unfit";
    public const string ToldUnfit = "protection.told-unfit";
    public const string ChoiceWrong = "protection.choice-wrong";
    public const string PersonUnknown = "protection.person-unknown";
    public const string UnitUnknown = "protection.unit-unknown";
    public const string IdTaken = "protection.id-taken";

    public const int MostNamed = 20;
    const decimal Largest = 999_999_999;

    static readonly DateTimeOffset s_first = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="Id">Its id.</param>
    /// <param name="Kind">What came; required.</param>
    /// <param name="Happened">When; required.</param>
    internal sealed record Command(Guid Id, ApproachKind? Kind, DateTimeOffset? Happened)
    {
        /// <summary>Whether violence was threatened; what was done is violence in any case.</summary>
        public bool ViolenceThreatened { get; init; }
        public ApproachPlace? Place { get; init; }
        public string? Spot { get; init; }
        public ApproachWay? Way { get; init; }
        public ApproachWish? Wish { get; init; }
        public decimal? Amount { get; init; }
        public string? Currency { get; init; }
        public ApproachAnswer? Answer { get; init; }
        public string? Who { get; init; }
        public string? Told { get; init; }
        public IReadOnlyList<Guid> People { get; init; } = [];
        public IReadOnlyList<Guid> Units { get; init; } = [];
    }

    /// <summary>What cannot be kept as it is, in the order of the form.</summary>
    public static IEnumerable<string> Wrong(Command command, Register register, DateTimeOffset now)
    {
        if (command.Kind is not { } kind || !Enum.IsDefined(kind)) yield return KindMissing;
        // A clock may be a little fast; a day may not.
        if (command.Happened is not { } at || at < s_first || at > now.AddHours(1)) yield return TimeWrong;
        if (!Known(command.Place) || !Known(command.Way) || !Known(command.Wish) || !Known(command.Answer)) yield return ChoiceWrong;
        if (ProtectionTexts.RefusesNote(command.Spot, ProtectionTexts.MaxLine) is not null) yield return SpotUnfit;
        if (command.Amount is { } amount && (amount < 0 || amount > Largest || decimal.Round(amount, 2) != amount)) yield return AmountWrong;
        if (command.Amount is not null ? !Money.IsCurrency(command.Currency) : !string.IsNullOrEmpty(command.Currency) && !Money.IsCurrency(command.Currency)) yield return CurrencyWrong;
        if (ProtectionTexts.RefusesNote(command.Who, ProtectionTexts.MaxText) is not null) yield return WhoUnfit;
        if (ProtectionTexts.RefusesNote(command.Told, ProtectionTexts.MaxText) is not null) yield return ToldUnfit;
        if (command.People.Count > MostNamed || command.People.Any(p => !register.People.ContainsKey(p))) yield return PersonUnknown;
        if (command.Units.Count > MostNamed || command.Units.Any(u => !register.Units.ContainsKey(u))) yield return UnitUnknown;
    }

    public static Decision Decide(Command command, DutyRoster roster, Actor actor, Register register, Policy policy, DateTimeOffset now)
    {
        if (actor.Posts.IsEmpty) return Decision.Refuse(Bars.Role);
        if (Wrong(command, register, now).FirstOrDefault() is { } wrong) return Decision.Refuse(wrong);
        var recorded = Content(command, actor.Person, actor.Posts[0].Unit, policy.After(PolicyRules.ApproachReadWithin, now), policy.Label);
        var (stream, compartment) = (new StreamId(command.Id), Compartments.OfPerson(actor.Person));
        var filings = new List<Filing> { new(stream, recorded, Compartment: compartment) };
        if (recorded.Violent)
        {
            var step = AlertLadder.Next(new Concerned(actor.Person, recorded.People, recorded.Units), [], roster, register, policy, now, now);
            filings.Add(new(stream, new AlertRaised(step.Rung, step.Officer, step.Since, step.Due, policy.Label), Compartment: compartment));
        }

        return Decision.Accept(filings);
    }

    static ApproachRecorded Content(Command command, Guid person, Guid unit, DateTimeOffset readBy, string policy) => new(
        unit, command.Kind!.Value, command.Kind == ApproachKind.Violence || command.ViolenceThreatened, command.Happened!.Value, command.Place, ProtectionTexts.Kept(command.Spot), command.Way, command.Wish, command.Amount,
        command.Amount is null ? null : command.Currency, command.Answer, ProtectionTexts.Kept(command.Who), ProtectionTexts.Kept(command.Told),
        // Whoever names themselves would be kept from their own matter.
        [.. command.People.Where(p => p != person).Distinct().Order()], [.. command.Units.Distinct().Order()], NeverAGround: true, readBy, policy);

    /// <summary>Whether what was recorded says what is sent now.</summary>
    public static bool Says(Command command, Approach known)
    {
        if (known.Recorded is not { } recorded || command is not { Kind: not null, Happened: not null }) return false;
        var sent = Content(command, known.Reporter, recorded.Unit, recorded.ReadBy, recorded.Policy);
        return sent.People.SequenceEqual(recorded.People) && sent.Units.SequenceEqual(recorded.Units) && sent with { People = recorded.People, Units = recorded.Units } == recorded;
    }

    /// <summary>Records it; sent twice under one key, it is recorded once, and with other content refused.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Id), "protection.RecordApproach", async session =>
        {
            var now = time.GetUtcNow();
            var approach = await session.FoldAsync<Approach>(new StreamId(command.Id), cancel);
            if (approach.Version > 0) return approach.Reporter != person ? Decision.Refuse(IdTaken) : Says(command, approach) ? Decision.Accept() : Decision.Refuse(ProtectionTexts.RecordedOtherwise);
            var register = await registers.ReadAsync(session, cancel);
            return Decide(command, await session.FoldAsync<DutyRoster>(DutyRoster.Stream, cancel), Actor.From(register, person, now), register, await policies.ReadAsync(session, cancel), now);
        }, cancel: cancel);

    /// <summary>The id of what a person records under a key of their own.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"approach/{key:D}");

    static bool Known<T>(T? value) where T : struct, Enum => value is not { } known || Enum.IsDefined(known);
}
