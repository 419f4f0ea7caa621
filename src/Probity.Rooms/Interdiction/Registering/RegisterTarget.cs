using System.Globalization;
using Probity.Access.Contract;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction.Registering;

/// <summary>Enters a target. It takes the next number of its unit and year, so numbers have no gap that a target could vanish in.</summary>
internal sealed class RegisterTarget(Clerk clerk, IRegister registers, TimeProvider time)
{
    public const int MaxRules = 12;
    public const int MaxNames = 12;
    public const string UnitUnknown = "interdiction.unit-unknown";
    public const string KindUnknown = "interdiction.kind-unknown";
    public const string SourceUnknown = "interdiction.source-unknown";
    public const string ContainerWrong = "interdiction.container-wrong";
    public const string VesselWrong = "interdiction.vessel-wrong";
    public const string BagWrong = "interdiction.bag-wrong";
    public const string ParcelWrong = "interdiction.parcel-wrong";
    public const string ReferenceMissing = "interdiction.reference-missing";
    public const string PortWrong = "interdiction.port-wrong";
    public const string ArrivalFar = "interdiction.arrival-far";
    public const string ScoreWrong = "interdiction.score-wrong";
    public const string TooManyRules = "interdiction.too-many-rules";
    public const string TooManyNames = "interdiction.too-many-names";
    public const string PersonUnknown = "interdiction.person-unknown";
    public const string IdTaken = "interdiction.id-taken";

    internal sealed record Command(
        Guid Target, Guid Unit, TargetKind Kind, string Reference, string? Document, string Port, DateTimeOffset Arrival, int Score,
        RiskSource Source, IReadOnlyList<string> Rules, Guid? Staff = null)
    {
        /// <summary>Consignor, consignee, and whoever else stands on its papers.</summary>
        public IReadOnlyList<string> Names { get; init; } = [];
    }

    /// <param name="command">What is entered.</param>
    /// <param name="taken">How many numbers the unit has given this year.</param>
    /// <param name="actor">Who enters it.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Decision Decide(Command command, long taken, Actor actor, Register register, DateTimeOffset now)
    {
        if (!register.Units.TryGetValue(command.Unit, out var unit)) return Decision.Refuse(UnitUnknown);
        if (!TargetAccess.RegistersIn(command.Unit, actor, register))
            return Decision.Refuse(Bars.Role, new Reroute(nameof(Role.Officer), register.Holders(Role.Officer, now, command.Unit)));
        if (!Enum.IsDefined(command.Kind)) return Decision.Refuse(KindUnknown);
        if (!Enum.IsDefined(command.Source)) return Decision.Refuse(SourceUnknown);
        var reference = command.Kind == TargetKind.Passenger ? command.Reference.Trim() : References.Normal(command.Reference);
        if (RefusesReference(command.Kind, reference) is { } wrong) return wrong;
        if (TargetTexts.RefusesNote(command.Document, TargetTexts.MaxLine, lines: false) is { } document) return document;
        var port = References.Normal(command.Port);
        if (!References.IsPort(port)) return Decision.Refuse(PortWrong);
        // What is further off is a slip of the keyboard.
        if (command.Arrival > now.AddYears(1) || command.Arrival < now.AddYears(-1)) return Decision.Refuse(ArrivalFar);
        if (command.Score is < 0 or > 100) return Decision.Refuse(ScoreWrong);
        if (command.Rules.Count > MaxRules) return Decision.Refuse(TooManyRules);
        foreach (var rule in command.Rules)
        {
            if (TargetTexts.RefusesNote(rule, TargetTexts.MaxLine, lines: false) is { } unfit) return unfit;
        }

        if (command.Names.Count > MaxNames) return Decision.Refuse(TooManyNames);
        foreach (var name in command.Names)
        {
            if (TargetTexts.RefusesNote(name, TargetTexts.MaxLine, lines: false) is { } unfit) return unfit;
        }

        if (command.Staff is { } person)
        {
            if (!register.People.ContainsKey(person)) return Decision.Refuse(PersonUnknown);
            if (Recusal.Between(actor.Person, [person], register, now) is { } bar)
                return Decision.Refuse(bar, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        }

        var number = string.Create(CultureInfo.InvariantCulture, $"{unit.Code}-T-{now.UtcDateTime.Year}-{taken + 1:0000}");
        List<Filing> filings =
        [
            new Filing(NumbersOf(command.Unit, now), new TargetNumberTaken(command.Target)),
            new Filing(new StreamId(command.Target), new TargetRegistered(
                number, command.Unit, command.Kind, reference, TargetTexts.Kept(command.Document), port, command.Arrival, command.Score,
                command.Source, [.. command.Rules.Where(r => !string.IsNullOrWhiteSpace(r)).Select(r => r.Trim())], command.Staff)),
        ];
        var names = command.Names.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => n.Trim()).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count > 0) filings.Add(new Filing(new StreamId(command.Target), new TargetNamesStated(names)));
        return Decision.Accept(filings);
    }

    /// <summary>Enters it; sent twice under one key, it is entered once.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Target), "interdiction.Register", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var target = await session.FoldAsync<Target>(new StreamId(command.Target), cancel);
            if (target.Version > 0) return target.RegisteredBy == person ? Decision.Accept() : Decision.Refuse(IdTaken);
            var taken = await session.CountAsync(NumbersOf(command.Unit, now), cancel);
            return Decide(command, taken, Actor.From(register, person, now), register, now);
        }, cancel: cancel);

    /// <summary>The id of the target that a person enters under a key of their own, so that nobody plants one on another stream.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"target/{key:D}");

    static StreamId NumbersOf(Guid unit, DateTimeOffset now) => new(Streams.Derive(
        unit, string.Create(CultureInfo.InvariantCulture, $"target numbers {now.UtcDateTime.Year}")));

    static Refusal? RefusesReference(TargetKind kind, string reference) => kind switch
    {
        _ when reference.Length == 0 => new Refusal(ReferenceMissing),
        TargetKind.Container when !References.IsContainer(reference) => new Refusal(ContainerWrong),
        TargetKind.Vessel when !References.IsVessel(reference) => new Refusal(VesselWrong),
        TargetKind.Bag when !References.IsBag(reference) => new Refusal(BagWrong),
        TargetKind.Parcel when !References.IsParcel(reference) => new Refusal(ParcelWrong),
        TargetKind.Passenger => TargetTexts.RefusesNote(reference, TargetTexts.MaxLine, lines: false),
        _ => null,
    };
}
