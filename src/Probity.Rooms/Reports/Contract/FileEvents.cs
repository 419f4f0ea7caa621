using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Somebody looked at a copy of a file that was sent along, without what it tells of its author: once a session.</summary>
/// <param name="File">The file.</param>
[EventType("reports.file-viewed.v1")]
internal sealed record FileViewed(Guid File) : IEvent;

/// <summary>Somebody asks for a file as it was sent, which takes a second person.</summary>
/// <param name="Id">What is asked.</param>
/// <param name="File">The file.</param>
/// <param name="Box">Why.</param>
[EventType("reports.original-asked.v1")]
internal sealed record OriginalAsked(Guid Id, Guid File, string Box) : IEvent;

/// <summary>The second person agreed.</summary>
/// <param name="Id">The act.</param>
/// <param name="Asked">What was asked.</param>
[EventType("reports.original-agreed.v1")]
internal sealed record OriginalAgreed(Guid Id, Guid Asked) : IEvent;

/// <summary>Whoever asked downloads it. Filed before its first byte is sent.</summary>
/// <param name="Id">The act.</param>
/// <param name="Asked">What was asked.</param>
[EventType("reports.original-given.v1")]
internal sealed record OriginalGiven(Guid Id, Guid Asked) : IEvent;
