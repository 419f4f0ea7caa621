using Probity.Shared.Record;

namespace Probity.Conduct.Contract;

/// <summary>A name in a case or beside a target, by its number there.</summary>
internal sealed record NamedParty(int Number, string Name);

/// <summary>What somebody declared is as good as, or near to, a name. It says which entry and which name, and neither of the words; and since when it is declared.</summary>
internal sealed record DeclaredMatch(Guid Person, int Interest, int Party, bool IsSure, DateTimeOffset Since);

/// <summary>What other rooms may ask about what people declared to have outside. The session of a decision will expect that the answer has not changed.</summary>
internal interface IInterests
{
    /// <summary>Whose declared names are among these, as far as they are not closed.</summary>
    ValueTask<IReadOnlyList<DeclaredMatch>> MatchesAsync(RecordSession session, IReadOnlyCollection<Guid> people, IReadOnlyList<NamedParty> names, CancellationToken cancel = default);
}
