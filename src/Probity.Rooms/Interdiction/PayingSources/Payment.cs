using System.Collections.Immutable;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction.PayingSources;

/// <summary>How far a payment has come.</summary>
internal enum PaymentStage { AwaitsSecond, AwaitsCountersignature, Overdue, AwaitsThird, AwaitsReceipt, Complete, Returned }

/// <summary>A payment to a source, and who signed for it.</summary>
internal sealed record Payment : IState<Payment>
{
    public static Payment Initial { get; } = new();

    public Guid Id { get; init; }
    public Guid Unit { get; init; }
    public Guid Source { get; init; }
    public string Code { get; init; } = "";
    public decimal Amount { get; init; }
    public string Currency { get; init; } = "";
    public DateOnly Paid { get; init; }
    public PaymentPurpose Purpose { get; init; }
    public Guid? Case { get; init; }
    public Guid Payer { get; init; }
    public Guid Second { get; init; }
    public string? Absence { get; init; }
    public DateTimeOffset? Due { get; init; }
    public bool NeedsThird { get; init; }
    public bool Signed { get; init; }
    public Guid? ApprovedBy { get; init; }
    public Guid? ReturnedBy { get; init; }
    public bool HasReceipt { get; init; }
    public long Version { get; init; }

    public StreamId Stream => new(Id);
    public bool Exists => Code.Length > 0;
    public bool AwaitsThird => NeedsThird && ApprovedBy is null && ReturnedBy is null;
    public bool AwaitsSecond => !Signed && ReturnedBy is null;

    /// <summary>Whether the money may be handed over: both have signed, wherever the second was, and a third agreed where it takes three.</summary>
    public bool MayBePaid => ReturnedBy is null && !AwaitsThird && Signed;

    public PaymentStage StageAt(DateTimeOffset now) =>
        ReturnedBy is not null ? PaymentStage.Returned
        : AwaitsSecond && Due is null ? PaymentStage.AwaitsSecond
        : AwaitsSecond ? (Due < now ? PaymentStage.Overdue : PaymentStage.AwaitsCountersignature)
        : AwaitsThird ? PaymentStage.AwaitsThird
        : HasReceipt ? PaymentStage.Complete : PaymentStage.AwaitsReceipt;

    public Payment Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Payment Happen(Recorded recorded) => recorded.Event switch
    {
        PaymentRecorded e => this with
        {
            Unit = e.Unit, Source = e.Source, Code = e.Code, Amount = e.Amount, Currency = e.Currency, Paid = e.Paid, Purpose = e.Purpose, Case = e.Case,
            Payer = recorded.Actor.Value, Second = e.Second, Absence = e.Absence, Due = e.Due, NeedsThird = e.NeedsThird,
        },
        PaymentSigned => this with { Signed = true },
        PaymentApproved => this with { ApprovedBy = recorded.Actor.Value },
        PaymentReturned => this with { ReturnedBy = recorded.Actor.Value },
        ReceiptTaken => this with { HasReceipt = true },
        _ => this,
    };
}

/// <summary>The payments to one source, or by one payer: whoever records another has read them, so that no two at once pass each under a ceiling.</summary>
internal sealed record PaymentList : IState<PaymentList>
{
    public static PaymentList Initial { get; } = new();

    public ImmutableArray<(Guid Payment, DateTimeOffset At)> All { get; init; } = [];

    /// <summary>The list of a source's payments, or of a payer's.</summary>
    public static StreamId StreamOf(Guid whom) => new(Streams.Derive(whom, "payments"));

    // By the server's clock: the day that a payer writes is theirs to choose.
    public PaymentList Apply(Recorded recorded) => recorded.Event is PaymentListed e ? this with { All = All.Add((e.Payment, recorded.At)) } : this;
}

/// <summary>The sources of a unit by their codes: one stream, so that a code is one source.</summary>
internal sealed record SourceBook : IState<SourceBook>
{
    public static SourceBook Initial { get; } = new();

    public ImmutableDictionary<string, Guid> Sources { get; init; } = ImmutableDictionary<string, Guid>.Empty;

    public static StreamId StreamOf(Guid unit) => new(Streams.Derive(unit, "sources"));

    public SourceBook Apply(Recorded recorded) =>
        recorded.Event is SourceEntered e ? this with { Sources = Sources.SetItem(e.Code, e.Source) } : this;
}
