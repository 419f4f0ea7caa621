using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Barring;

/// <summary>Somebody in the register who may be who is on the list: of the same name, or the same person with a post again.</summary>
internal sealed record BarMatch(BarEntry Entry, Guid Person, bool? Same);

/// <summary>
/// Vetting or integrity says whether somebody of the same name is who is on the list. It bars nobody by itself: a name is shared by many. That it is another person takes two who say so,
/// and neither is kin of, tied to, or above or below either of the two.
/// </summary>
internal sealed class AnswerMatch(BarDesk desk)
{
    public const string NoMatch = "people.bar-no-match";

    internal sealed record Command(Guid Bar, Guid Person, bool? Same);

    public static Decision Decide(Command command, BarFacts facts)
    {
        if (facts.Entry is not { Since: not null } entry) return Decision.Refuse(EnterBar.Nothing);
        if (Recusal.Between(facts.Actor.Person, [command.Person], facts.Register, facts.Now) is { } bar) return Decision.Refuse(bar);
        var (listed, other) = (facts.Register.People.GetValueOrDefault(entry.Person)?.Name, facts.Register.People.GetValueOrDefault(command.Person)?.Name);
        if (command.Person == entry.Person || listed is null || other is null || !PeopleNames.AreSame(listed, other)) return Decision.Refuse(NoMatch);
        return command.Same is not { } same ? Decision.Refuse(Vetting.DecideClearance.AnswerMissing)
            : !same && facts.List.SaidAnother(entry.Id, command.Person) == facts.Actor.Person ? Decision.Refuse(Bars.EarlierRole)
            : Decision.Accept(BarDesk.File(entry.Person, new BarMatchAnswered(entry.Id, command.Person, same)));
    }

    /// <summary>Everybody who may be somebody on the list.</summary>
    public static IEnumerable<BarMatch> Of(BarList list, Register register, PeopleNames names, DateTimeOffset now) => list.Entries.Values
        .Where(b => b.Since is not null && register.People.TryGetValue(b.Person, out var known) && !known.IsErased).OrderBy(b => b.At).ThenBy(b => b.Id)
        .SelectMany(b => names.Same(register, register.People[b.Person].Name!)
            .Where(p => p != b.Person ? list.Answers.GetValueOrDefault((b.Id, p), true) : register.PostingsOf(p).Any(q => q.Until is null && (q.From is null || q.From > b.Since)))
            .Select(p => new BarMatch(b, p, p == b.Person || list.Answers.ContainsKey((b.Id, p)) ? true : null)));

    /// <summary>Those of them that somebody who sees the list reads: none about themselves.</summary>
    public static IEnumerable<BarMatch> ShownTo(Guid reader, BarList list, Register register, PeopleNames names, DateTimeOffset now) => Of(list, register, names, now).Where(m => m.Person != reader && m.Entry.Person != reader);

    /// <summary>Those about one person.</summary>
    public static IEnumerable<BarMatch> Of(Guid person, BarList list, Register register)
    {
        if (register.People.GetValueOrDefault(person)?.Name is not { } name) return [];
        return list.Entries.Values.Where(b => b.Since is not null && register.People.GetValueOrDefault(b.Person)?.Name is { } listed && PeopleNames.AreSame(listed, name))
            .Where(b => b.Person == person || list.Answers.GetValueOrDefault((b.Id, person), true))
            .Select(b => new BarMatch(b, person, b.Person == person || list.Answers.ContainsKey((b.Id, person)) ? true : null));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Bar, BarAction.AnswerMatch, facts => Decide(command, facts), cancel);
}
