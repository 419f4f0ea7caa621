using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Somebody said where the daily notice goes, and with which key it is encrypted. It lies with the person and is erased with them.</summary>
/// <param name="Address">Their mail address.</param>
/// <param name="Language">The language of the notice: a code of the pages' languages.</param>
/// <param name="Key">Their OpenPGP public key, in its binary form (RFC 4880, 11.1).</param>
[EventType("reports.notice-key-set.v1")]
internal sealed record NoticeKeySet(string Address, string Language, byte[] Key) : IEvent;

/// <summary>Somebody wants no notices any more.</summary>
[EventType("reports.notice-ended.v1")]
internal sealed record NoticeEnded : IEvent;

/// <summary>A round of notices begins: to whom it goes is not sent to again on that day, unless its end says that it was not sent.</summary>
/// <param name="Day">The day, UTC.</param>
[EventType("reports.notices-begun.v1")]
internal sealed record NoticesBegun(DateOnly Day) : IEvent;

/// <summary>A round of notices ended.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Sent">To how many the mail server took one.</param>
/// <param name="Failures">To how many it did not, or left open whether it did.</param>
/// <param name="Waiting">To whom certainly nothing was sent: they are tried again on that day.</param>
[EventType("reports.notices-sent.v1")]
internal sealed record NoticesSent(DateOnly Day, int Sent, int Failures, IReadOnlyList<Guid> Waiting) : IEvent;
