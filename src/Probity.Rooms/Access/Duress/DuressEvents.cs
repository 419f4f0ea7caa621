using Probity.Shared.Record;

namespace Probity.Access.Duress;

/// <summary>
/// Goes with every sign-in by password, so that its being there says nothing: 1 where the person signed in with the password for being forced, else 0. It is as long either way, and lies in the
/// person's compartment.
/// </summary>
[EventType("access.sign-in-marked.v1")]
internal sealed record SignInMarked(int Mark) : IEvent;

/// <summary>Somebody said what was done about an alert.</summary>
[EventType("access.alert-answered.v1")]
internal sealed record AlertAnswered(string Words) : IEvent;

/// <summary>A second person closed it.</summary>
[EventType("access.alert-closed.v1")]
internal sealed record AlertClosed(string Words) : IEvent;

/// <summary>A second person said that more has to be done.</summary>
[EventType("access.alert-returned.v1")]
internal sealed record AlertReturned(string Words) : IEvent;
