using Probity.Shared.Record;

namespace Probity.Interdiction.Contract;

/// <summary>What a source is paid for. There is no text field: words would come to hold a name.</summary>
internal enum PaymentPurpose { Information, Expenses, Reward, Retainer }

/// <summary>A source was paid for the first time; whoever it is has a code here and nowhere a name.</summary>
[EventType("sources.entered.v1")]
internal sealed record SourceEntered(Guid Source, string Code) : IEvent;

/// <summary>A payment was recorded and signed by whoever pays, its actor.</summary>
/// <param name="Unit">The unit that pays.</param>
/// <param name="Source">The source.</param>
/// <param name="Code">Its code name.</param>
/// <param name="Amount">How much.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Paid">The day.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Case">The case that it belongs to, or null.</param>
/// <param name="Second">Who witnesses it and signs too.</param>
/// <param name="Absence">Why the second person was not there; null where they were.</param>
/// <param name="Due">By when they have to sign, where they were not there.</param>
/// <param name="NeedsThird">Whether it is over the ceiling of its time.</param>
[EventType("sources.payment-recorded.v1")]
internal sealed record PaymentRecorded(
    Guid Unit, Guid Source, string Code, decimal Amount, string Currency, DateOnly Paid, PaymentPurpose Purpose, Guid? Case, Guid Second,
    string? Absence, DateTimeOffset? Due, bool NeedsThird) : IEvent;

/// <summary>A payment stands in the list of those to its source, or of those by its payer.</summary>
[EventType("sources.payment-listed.v1")]
internal sealed record PaymentListed(Guid Payment) : IEvent;

/// <summary>The second person signed.</summary>
[EventType("sources.payment-signed.v1")]
internal sealed record PaymentSigned : IEvent;

/// <summary>A third person agreed to a payment over the ceiling.</summary>
[EventType("sources.payment-approved.v1")]
internal sealed record PaymentApproved : IEvent;

/// <summary>The second or third person does not sign.</summary>
[EventType("sources.payment-returned.v1")]
internal sealed record PaymentReturned(string Reason) : IEvent;

/// <summary>The source signed the receipt with the code.</summary>
[EventType("sources.receipt-taken.v1")]
internal sealed record ReceiptTaken(string Code) : IEvent;
