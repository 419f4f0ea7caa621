using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Access;

/// <summary>What was done with a posting, for the register, and why, for the compartment of the person whom the words are about.</summary>
internal static class Reasons
{
    public static IReadOnlyList<Filing> File(IEvent done, Guid person, Guid posting, PostingMove move, string reason) =>
    [
        new(Register.Stream, done),
        new(Register.Stream, new PostingReasoned(posting, move, reason.Trim()), Compartment: Compartments.OfPerson(person)),
    ];
}
