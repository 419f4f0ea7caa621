using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>What a competition for a post says of somebody who is to hold it.</summary>
internal enum CompetitionSays
{
    /// <summary>They are among those whom an adopted ranking chose.</summary>
    Chosen,

    /// <summary>They are, and an appeal can still come: until then an overseer agrees to the posting.</summary>
    Appealable,

    /// <summary>They are not, or the competition still runs: an overseer agrees to the posting.</summary>
    NotChosen,

    /// <summary>An appeal is open, or all is scored anew: nobody is posted.</summary>
    Appealed,
}

/// <summary>What a competition says, which it is, and the same in the reader's words; until when an appeal can come, where one can.</summary>
internal sealed record CompetitionStanding(CompetitionSays Says, Guid Competition, string Words, DateTimeOffset? AppealUntil = null);

/// <summary>The room that knows of competitions for posts.</summary>
internal interface IPostCompetitions
{
    /// <summary>What the competition for a post says of a person; null where there is none to say anything. The session will expect that it has not changed.</summary>
    ValueTask<CompetitionStanding?> OfAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The same for a page.</summary>
    ValueTask<CompetitionStanding?> OfAsync(Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel);
}
