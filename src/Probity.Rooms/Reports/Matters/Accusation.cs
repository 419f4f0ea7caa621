using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>What is alleged, before it goes to the record: of a person, of a unit, or of nobody known.</summary>
internal sealed record Accusation(Guid? Person, Guid? Unit, AllegationKind? Kind, DateOnly? From, DateOnly? To, string? Words)
{
    public const string KindMissing = "matters.kind-missing";
    public const string OfTwo = "matters.of-two";
    public const string NobodySuch = "matters.nobody-such";
    public const string DaysWrong = "matters.days-wrong";

    /// <summary>The refusal of it, or null.</summary>
    public Refusal? Refuses(Register register, DateOnly today) =>
        Person is not null && Unit is not null ? new(OfTwo)
        : (Person is { } person && !register.People.ContainsKey(person)) || (Unit is { } unit && !register.Units.ContainsKey(unit)) ? new(NobodySuch)
        : Kind is not { } kind || !Enum.IsDefined(kind) ? new(KindMissing)
        : From > today || To > today || From > To || (From is null && To is not null) ? new(DaysWrong)
        : StaffText.Refuses(Words);

    /// <summary>The bar between somebody and whom it is about, or null.</summary>
    public string? Bars(Guid person, Register register, DateTimeOffset now) => MatterAccess.Bar(person, Person is { } accused ? [accused] : [], Unit is { } unit ? [unit] : [], register, now);

    /// <summary>As it stands on the record.</summary>
    public AllegationMade Made(Guid id) => new(id, Person, Unit, Kind!.Value, From, To, Words!.Trim());
}

/// <summary>Whoever opened a matter, or looks into it, adds an allegation. One that would take the matter out of the sight of its opener, or of somebody who was named, is another matter: an investigator alone would shut out whoever confirms.</summary>
internal sealed class AddAllegation(MatterDesk desk)
{
    public const string TooMany = "matters.too-many";
    public const string Another = "matters.another-inquiry";
    public const string Waits = "matters.findings-wait";
    public const string Concluded = "matters.concluded";

    const int Most = 20;

    internal sealed record Command(Guid Matter, Guid Id, Accusation Accusation);

    public static Decision Decide(Command command, MatterFacts facts)
    {
        if (NotOpen(facts.Matter) is { } code) return Decision.Refuse(code);
        if (facts.Matter.Allegations.Count >= Most) return Decision.Refuse(TooMany);
        if (command.Accusation.Refuses(facts.Register, facts.Today) is { } unfit) return unfit;
        if (command.Accusation.Bars(facts.Person, facts.Register, facts.Now) is { } bar) return Decision.Refuse(bar);
        return ShutsOut(command.Accusation, facts) ? Decision.Refuse(Another) : Decision.Accept(facts.Matter.File(command.Accusation.Made(command.Id)));
    }

    // Who is barred already, by a tie that came later, loses nothing more.
    static bool ShutsOut(Accusation accusation, MatterFacts facts) => facts.Matter.People.Append(facts.Matter.Opener).Any(
        p => accusation.Bars(p, facts.Register, facts.Now) is not null && MatterAccess.Bar(p, facts.Matter, facts.Register, facts.Now) is null);

    /// <summary>Why nothing can be added now; null where it can.</summary>
    public static string? NotOpen(Matter matter) => matter.Stage switch { MatterStage.Concluded => Concluded, MatterStage.Found => Waits, _ => null };

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(person, command.Matter, MatterAction.Allege, command.Id, facts => Decide(command, facts), cancel);
}
