using Probity.Shared.Record;

namespace Probity.Conduct.Contract;

/// <summary>Integrity asked that a version of the code be published. It holds the whole text: what was acknowledged can be read for ever.</summary>
[EventType("conduct.code-proposed.v1")]
internal sealed record CodeProposed(IReadOnlyList<CodeArticle> Articles, IReadOnlyList<CodeQuestion> Questions, string Reason) : IEvent;

/// <summary>An overseer agreed: the version holds from now on.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Within">Within how many days it is acknowledged.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("conduct.code-published.v1")]
internal sealed record CodePublished(int Version, int Within, string Policy) : IEvent;

/// <summary>An overseer did not agree.</summary>
[EventType("conduct.code-returned.v1")]
internal sealed record CodeReturned(string Reason) : IEvent;

/// <summary>Somebody answered enough questions about a version rightly. Who did not tries again, and that is on no record.</summary>
/// <param name="Version">The version.</param>
/// <param name="Score">How many of a hundred were right.</param>
/// <param name="Policy">The policy pack that said how many are enough.</param>
[EventType("conduct.quiz-passed.v1")]
internal sealed record QuizPassed(int Version, int Score, string Policy) : IEvent;

/// <summary>Somebody acknowledged a version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Score">The score of the quiz before it.</param>
/// <param name="Policy">The policy pack that said for how long it holds.</param>
/// <param name="Until">By when it is renewed.</param>
[EventType("conduct.code-acknowledged.v1")]
internal sealed record CodeAcknowledged(int Version, int Score, string Policy, DateTimeOffset Until) : IEvent;
