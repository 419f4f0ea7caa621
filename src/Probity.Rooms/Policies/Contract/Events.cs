using Probity.Shared.Record;

namespace Probity.Policies.Contract;

/// <summary>Somebody asked that another version of the policy pack be put in force.</summary>
/// <param name="Pack">The country's code, or <c>default</c>.</param>
/// <param name="Figures">The figure of every rule there is, by its key: what holds is read from the record, not from a file that comes with the program.</param>
/// <param name="Reason">Why.</param>
[EventType("policies.pack-proposed.v1")]
internal sealed record PackProposed(string Pack, IReadOnlyDictionary<string, int> Figures, string Reason) : IEvent;

/// <summary>A second person agreed: it holds from now on.</summary>
[EventType("policies.pack-agreed.v1")]
internal sealed record PackAgreed : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("policies.pack-returned.v1")]
internal sealed record PackReturned(string Reason) : IEvent;
