using System.Globalization;
using Probity.Shared.Record;

namespace Probity.People.Contract;

/// <summary>What the holder of a post is to do, in as many languages of the unit as somebody wrote it in; at least one.</summary>
internal sealed record TaskWords(string? En, string? Es, string? Pt)
{
    /// <summary>In a reader's language, or in the first that there is.</summary>
    public string In(CultureInfo language) => (language.TwoLetterISOLanguageName switch { "es" => Es, "pt" => Pt, _ => En }) ?? En ?? Es ?? Pt ?? "";
}

/// <summary>What is scored, and its part of the whole in percent.</summary>
internal sealed record Criterion(string Name, int Weight);

/// <summary>All that is fixed before anybody applies.</summary>
/// <param name="Title">What the post is called.</param>
/// <param name="Task">What its holder is to do.</param>
/// <param name="Posts">The posts, all alike.</param>
/// <param name="Criteria">What is scored; the weights come to 100.</param>
/// <param name="TieCriterion">The criterion that decides where two come to the same, counted from 0; after it the lot.</param>
/// <param name="Places">How many are chosen.</param>
/// <param name="Opens">The first day on which applications are taken, in UTC.</param>
/// <param name="Closes">The last one.</param>
/// <param name="Panel">Who scores; the first is in the chair.</param>
internal sealed record CompetitionPlan(
    string Title, TaskWords Task, IReadOnlyList<Guid> Posts, IReadOnlyList<Criterion> Criteria, int TieCriterion, int Places, DateOnly Opens, DateOnly Closes, IReadOnlyList<Guid> Panel);

/// <summary>What somebody gave for one criterion, from 0 to 5, and why.</summary>
internal sealed record CriterionScore(int Points, string Reason);

/// <summary>A commander asked that a post be filled by a competition.</summary>
[EventType("people.competition-asked.v1")]
internal sealed record CompetitionAsked(Guid Request, Guid Post, string Reason) : IEvent;

/// <summary>Integrity or vetting drew a competition up, or drew it up anew before it was frozen.</summary>
[EventType("people.competition-drawn-up.v1")]
internal sealed record CompetitionDrawnUp(Guid Competition, string Number, CompetitionPlan Plan, Guid? Request = null) : IEvent;

/// <summary>A second person froze it. <paramref name="Commitment"/> is the SHA-256 of the seed that draws the lot between equals, lower-case hexadecimal.</summary>
[EventType("people.competition-frozen.v1")]
internal sealed record CompetitionFrozen(Guid Competition, string Commitment, string Policy) : IEvent;

/// <summary>An application was taken under a number; what it says lies with its applicant.</summary>
[EventType("people.application-numbered.v1")]
internal sealed record ApplicationNumbered(Guid Competition, int Number) : IEvent;

/// <summary>What an applicant answered to each criterion: somebody of the register, or somebody from outside by name.</summary>
[EventType("people.application-filed.v1")]
internal sealed record ApplicationFiled(Guid Competition, int Number, IReadOnlyList<string> Answers, Guid? Person = null, string? Name = null) : IEvent;

/// <summary>Somebody scored an application, sealed until all are in; again before that, it takes the place of the first.</summary>
[EventType("people.application-scored.v1")]
internal sealed record ApplicationScored(Guid Competition, int Application, IReadOnlyList<CriterionScore> Scores) : IEvent;

/// <summary>All scores were in and were opened together; the seed is that of the commitment, null where it is not known here any more.</summary>
[EventType("people.scores-opened.v1")]
internal sealed record ScoresOpened(Guid Competition, string? Seed = null) : IEvent;

/// <summary>The panel explained why its scores of a criterion lie far apart.</summary>
[EventType("people.spread-explained.v1")]
internal sealed record SpreadExplained(Guid Competition, int Application, int Criterion, string Reason) : IEvent;

/// <summary>The chair asked that a ranking be adopted: application numbers, the first first. A reason where it departs from what the scores come to.</summary>
[EventType("people.ranking-proposed.v1")]
internal sealed record RankingProposed(Guid Competition, IReadOnlyList<int> Order, bool Departs, string? Reason = null) : IEvent;

/// <summary>A second member of the panel agreed.</summary>
[EventType("people.ranking-seconded.v1")]
internal sealed record RankingSeconded(Guid Competition) : IEvent;

/// <summary>A second member, or an overseer, did not agree.</summary>
[EventType("people.ranking-returned.v1")]
internal sealed record RankingReturned(Guid Competition, string Reason) : IEvent;

/// <summary>An overseer agreed to a departure from the rank.</summary>
[EventType("people.departure-agreed.v1")]
internal sealed record DepartureAgreed(Guid Competition) : IEvent;

/// <summary>The ranking holds: until when applicants can appeal, and until when posts are filled from it.</summary>
[EventType("people.ranking-adopted.v1")]
internal sealed record RankingAdopted(Guid Competition, DateTimeOffset AppealUntil, DateTimeOffset HoldsUntil, string Policy) : IEvent;

/// <summary>
/// It was asked that somebody else score: one application in place of somebody barred from it, or all of them in place of somebody who steps down, is barred from all or is late; once scores are opened, that
/// somebody else do what is left to do. <paramref name="Policy"/> is the pack by which they are late, where they are.
/// </summary>
[EventType("people.scorer-replacement-asked.v1")]
internal sealed record ScorerReplacementAsked(Guid Competition, Guid Replacement, Guid Out, Guid In, string Reason, int? Application = null, string? Policy = null) : IEvent;

/// <summary>A second person agreed. Where <paramref name="Keeps"/> is true, what the one who leaves had scored stays, and whoever comes scores what is left.</summary>
[EventType("people.scorer-replaced.v1")]
internal sealed record ScorerReplaced(Guid Competition, Guid Replacement, bool? Keeps = null) : IEvent;

/// <summary>Somebody was named to score who cannot come in, before scores were opened. It has no effect, and stands on the record: whoever names one after the other would learn who applied.</summary>
[EventType("people.scorer-named-in-vain.v1")]
internal sealed record ScorerNamedInVain(Guid Competition, Guid Replacement, Guid Out, Guid In, string Reason, int? Application = null) : IEvent;

/// <summary>A second person did not.</summary>
[EventType("people.scorer-replacement-returned.v1")]
internal sealed record ScorerReplacementReturned(Guid Competition, Guid Replacement, string Reason) : IEvent;

/// <summary>An applicant appealed.</summary>
[EventType("people.ranking-appealed.v1")]
internal sealed record RankingAppealed(Guid Competition, Guid Appeal, int Application, string Reason) : IEvent;

/// <summary>
/// An overseer named another panel: that of an appeal, or where none is named the one that scores anew, with the commitment of its lot. <paramref name="Policy"/> is the pack by which a member of the one before
/// was late, where that is why.
/// </summary>
[EventType("people.panel-named.v1")]
internal sealed record PanelNamed(Guid Competition, IReadOnlyList<Guid> Members, Guid? Appeal = null, string? Commitment = null, string? Policy = null) : IEvent;

/// <summary>A member of the panel of an appeal said whether the ranking stands; more than half have to, or it is scored anew.</summary>
[EventType("people.appeal-answered.v1")]
internal sealed record RankingAppealAnswered(Guid Competition, Guid Appeal, bool Confirms, string Reason) : IEvent;
