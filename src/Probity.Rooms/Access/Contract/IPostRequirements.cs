using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>A room that says which posts ask something of their holders, and who of them fulfils it. Where no post is marked, nobody is kept from anything.</summary>
internal interface IPostRequirements
{
    /// <summary>What somebody is who does not fulfil it: the end of the codes that refuse them a post (<c>posting.</c>) and a case (<c>cases.</c>).</summary>
    string Lack => "not-cleared";

    /// <summary>The role that sees to it.</summary>
    Role SeesTo => Role.Vetting;

    /// <summary>Whether somebody fulfils what a post asks of its holders; the session will expect all that was read for it.</summary>
    ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Those of <paramref name="people"/> who do not fulfil what one of their posts asks: they are given no new work, and keep what they have in hand.</summary>
    ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel);

    /// <summary>What these posts ask of their holders, in the reader's language, by post.</summary>
    ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel);
}
