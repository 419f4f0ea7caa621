using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Tests.Cases;

/// <summary>A clock that stands where it was put.</summary>
internal sealed class FakeTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>The people of an agency, as events of the register.</summary>
internal sealed class Staff
{
    public static readonly DateTimeOffset Before = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly List<(IEvent Event, DateTimeOffset At, Guid By)> _events = [];

    public static Guid Id(string name) => Streams.Derive(Guid.Empty, name);

    public Staff Unit(string name, string code, string? parent = null) =>
        Add(new UnitCreated(Id(name), parent is null ? null : Id(parent), name, code));

    /// <summary>A post named after its person, and the person in it.</summary>
    public Staff Post(string person, string unit, Role role, string? under = null, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        Add(new PostCreated(Id("post of " + person), Id(unit), "Post of " + person, role, under is null ? null : Id("post of " + under)));
        Add(new PersonRegistered(Id(person), person));
        return Hold(person, "post of " + person, from, until);
    }

    /// <summary>A post alone, created at a time.</summary>
    public Staff Desk(string post, string unit, Role role, DateTimeOffset at) => Add(new PostCreated(Id(post), Id(unit), post, role, null), at);

    public Staff Hold(string person, string post, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var posting = Id($"{person} as {post} {from} {until}");
        Add(new PostingProposedV1(posting, Id(person), Id(post), "As planned."));
        Add(new PostingApproved(posting), from);
        return until is null ? this : Add(new PostingEnded(posting), until);
    }

    /// <summary>A posting that nobody has approved yet.</summary>
    public Staff Propose(string person, string post) => Add(new PostingProposedV1(Id($"{person} for {post}"), Id(person), Id(post), "As planned."));

    /// <summary>The person's access ends, though they have their posts still.</summary>
    public Staff ShutOut(string person) => Add(new Probity.People.Contract.AccessEnded(Id(person)));

    /// <summary>One declares what they are to another; it may have ended since.</summary>
    public Staff Tie(string from, string to, TieKind kind, int number = 1, bool ended = false, DateTimeOffset? at = null)
    {
        var tie = Id($"tie {number} of {from} and {to}");
        Add(new TieDeclared(tie, Id(to), kind, kind is TieKind.Blood or TieKind.Affinity ? 1 : null), at, Id(from));
        return ended ? Add(new TieEnded(tie, "It is over, as all can see.")) : this;
    }

    /// <summary>What somebody declared, as a decision has it.</summary>
    public Staff Happen(string who, TieDeclared declared) => Add(declared, null, Id(who));

    /// <summary>An overseer confirmed a tie.</summary>
    public Staff Confirm(Guid tie) => Add(new TieConfirmed(tie, true, "It is known from elsewhere."));

    public Staff Erase(string person) => Add(new Probity.Records.Contract.PersonErased(Id(person)));

    public Staff End(string person, DateTimeOffset at) =>
        Add(new PostingEnded(Id($"{person} as post of {person}  ")), at);

    Staff Add(IEvent happened, DateTimeOffset? at = null, Guid? by = null)
    {
        _events.Add((happened, at ?? Before, by ?? Id("root")));
        return this;
    }

    public Register ToRegister()
    {
        var register = Register.Initial;
        foreach (var (happened, at, by) in _events)
        {
            register = register.Apply(new Recorded(
                happened, EventTypes.NameOf(happened.GetType()), register.Version, Register.Stream, register.Version + 1, at, null,
                new ActorId(by)));
        }

        return register;
    }

    public async Task AppendAsync(TransparencyLog log) => await log.AppendAsync(
        [],
        [.. _events.Select(e => new NewEntry(
            Register.Stream, EventTypes.NameOf(e.Event.GetType()), EventTypes.Serialize(e.Event), new ActorId(e.By),
            new CompartmentId(Register.Stream.Value), e.At))],
        CancellationToken.None);

    /// <summary>A unit with five officers, one beside it, three prosecutors, and everybody who watches over them.</summary>
    public static Staff Agency() => new Staff()
        .Unit("agency", "AGE").Unit("narcotics", "NAR", "agency").Unit("port", "POR", "agency").Unit("prosecution", "PRO").Unit("ombudsman", "OMB")
        .Post("chief", "narcotics", Role.Commander)
        .Post("ana", "narcotics", Role.Officer, "chief").Post("ben", "narcotics", Role.Officer, "chief")
        .Post("carla", "narcotics", Role.Officer, "chief").Post("dina", "narcotics", Role.Officer, "chief")
        .Post("eva", "narcotics", Role.Officer, "chief")
        .Post("keeper", "narcotics", Role.Custodian, "chief")
        .Post("port chief", "port", Role.Commander).Post("pedro", "port", Role.Officer, "port chief")
        .Post("paula", "prosecution", Role.Prosecutor).Post("pia", "prosecution", Role.Prosecutor).Post("pol", "prosecution", Role.Prosecutor)
        .Post("ines", "agency", Role.Integrity).Post("ivo", "agency", Role.Integrity)
        .Post("oscar", "ombudsman", Role.Overseer).Post("olga", "ombudsman", Role.Overseer)
        .Post("vera", "agency", Role.Vetting).Post("igor", "agency", Role.Investigator)
        .Post("maria", "ombudsman", Role.Monitor).Post("sara", "ombudsman", Role.Secretariat)
        .Post("root", "agency", Role.Administrator)
        .Unit("court", "COU").Post("judith", "court", Role.Judge).Post("julio", "court", Role.Judge).Post("rita", "court", Role.Registry);
}
