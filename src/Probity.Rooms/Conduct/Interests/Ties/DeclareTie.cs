using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests.Ties;

/// <summary>
/// Somebody in post declares what they are to another person of the house. From then on the conflict check knows it for both; a second one with a role of those who watch, only once an
/// overseer confirmed it or the other person declared it too; so also one that would leave too few to watch over their unit, with what others of it declared. The other person is told nothing, nor is it asked what they declared.
/// </summary>
internal sealed class DeclareTie(Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string PersonUnknown = "conduct.tie-person-unknown";
    public const string OneSelf = "conduct.tie-self";
    public const string KindMissing = "conduct.tie-kind-missing";
    public const string DegreeWrong = "conduct.tie-degree-wrong";
    public const string Known = "conduct.tie-known";
    public const string LeavesNobody = "conduct.tie-leaves-nobody";
    public const string TooMany = "conduct.tie-too-many";

    /// <summary>How many ties somebody has standing at a time: each keeps another out of what concerns them.</summary>
    public const int Most = 20;

    /// <summary>How far kinship by blood, and by marriage, bars.</summary>
    public const int MostByBlood = 4;

    /// <inheritdoc cref="MostByBlood"/>
    public const int MostByAffinity = 2;

    internal sealed record Command(Guid Tie, Guid? Other, TieKind? Kind, int? Degree);

    public static Decision Decide(Command command, Actor actor, Register register, DateTimeOffset now)
    {
        if (actor.Posts.IsEmpty) return Decision.Refuse(Bars.Role);
        if (command.Other is not { } other || !register.People.TryGetValue(other, out var person) || person.IsErased) return Decision.Refuse(PersonUnknown);
        if (other == actor.Person) return Decision.Refuse(OneSelf);
        if (command.Kind is not { } kind || !Enum.IsDefined(kind)) return Decision.Refuse(KindMissing);
        if (MostOf(kind) is { } most && command.Degree is not (>= 1) || command.Degree > MostOf(kind)) return Decision.Refuse(DegreeWrong);
        if (register.TiesDeclaredBy(actor.Person).Any(t => t.Holds && t.Other == other && t.Kind == kind)) return Decision.Refuse(Known);
        if (register.TiesDeclaredBy(actor.Person).Count(t => t.Holds) >= Most) return Decision.Refuse(TooMany);
        if (LeavesNobodyFree(actor.Person, other, register, now)) return Decision.Refuse(LeavesNobody);
        var declared = new TieDeclared(command.Tie, other, kind, MostOf(kind) is null ? null : command.Degree, LeavesTooFew(actor.Person, other, register, now) ? true : null);
        return Decision.Accept(new Filing(Register.Stream, declared, Compartment: Compartments.OfPerson(actor.Person)));
    }

    // Several of a unit could else bar one of those who watch each, until a report about it could be sealed for nobody, or for one who is easily bought. The units above are ticked with all that
    // lies below them: there nobody but the last is missed, since whoever watches stands in one of them themselves.
    static bool LeavesTooFew(Guid person, Guid other, Register register, DateTimeOffset now)
    {
        var watchers = Watchers(register, now);
        if (!watchers.Contains(other)) return false;
        var since = now.AddMonths(-Recusal.MonthsAfterPosting);
        var units = register.PostingsOf(person).Where(p => p.InForceWithin(since, now)).Select(p => register.Posts[p.Post].Unit).Distinct().ToList();
        return register.Units.Keys.Where(unit => units.Any(own => register.IsWithin(own, unit))).Any(unit =>
        {
            var people = register.Posts.Values.Where(p => register.IsWithin(p.Unit, unit)).SelectMany(p => register.PostingsOn(p.Id)).Where(p => p.InForceWithin(since, now)).Select(p => p.Person).Distinct().ToList();
            var free = watchers.Where(w => Recusal.Between(w, people, register, now) is null).ToList();
            return free.Contains(other) && (free.Count == 1 || (free.Count == Watch.Least && watchers.Count > Watch.Least && units.Contains(unit)));
        });
    }

    static HashSet<Guid> Watchers(Register register, DateTimeOffset now) => [.. register.Holders(Role.Integrity, now), .. register.Holders(Role.Overseer, now)];

    // A second one of a role does not bar on this word alone; where each role has one, all would be barred.
    static bool LeavesNobodyFree(Guid person, Guid other, Register register, DateTimeOffset now)
    {
        var watchers = Watchers(register, now);
        watchers.Remove(person);
        if (!watchers.Contains(other)) return false;
        var tied = register.TiesDeclaredBy(person).Where(t => t.Holds).Select(t => t.Other).Append(other).Where(watchers.Contains).ToHashSet();
        return tied.Count == watchers.Count;
    }

    /// <summary>Records it; sent twice under one key, it is recorded once, and with other content refused.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), OwnInterests.StreamOf(person), "conduct.DeclareTie", async session =>
        {
            var register = await registers.ReadAsync(session, cancel);
            if (register.Ties.TryGetValue(command.Tie, out var known))
            {
                return known.By != person ? Decision.Refuse(Bars.Role)
                    : (known.Other, known.Kind, known.Degree) == (command.Other, command.Kind, command.Kind is { } kind && MostOf(kind) is not null ? command.Degree : null) ? Decision.Accept()
                    : Decision.Refuse(ConductTexts.RecordedOtherwise);
            }

            var now = time.GetUtcNow();
            return Decide(command, Actor.From(register, person, now), register, now);
        }, cancel: cancel);

    /// <summary>The id of the tie that a person declares under a key of their own.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"tie/{key:D}");

    /// <summary>The farthest degree of a kind of kinship; null for what has none.</summary>
    public static int? MostOf(TieKind kind) => kind switch { TieKind.Blood => MostByBlood, TieKind.Affinity => MostByAffinity, _ => null };
}
