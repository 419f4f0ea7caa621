using Probity.Interdiction.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.PayingSources;

/// <summary>The second person signs, at once or late, or does not and says why.</summary>
internal sealed class SignPayment(PaymentDesk desk)
{
    internal sealed record Command(Guid Payment, bool Agree, string? Reason);

    public static Decision Decide(Command command, PaymentFacts facts) =>
        !facts.Payment.AwaitsSecond ? Decision.Refuse(Agreeing.AnswerOverride.Nothing)
        : command.Agree && facts.Unfit is { } lack ? Decision.Refuse(lack)
        : command.Agree ? Decision.Accept(facts.Payment.Stream, new PaymentSigned())
        : TargetTexts.RefusesReason(command.Reason) is { } unfit ? unfit
        : Decision.Accept(facts.Payment.Stream, new PaymentReturned(command.Reason!.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Payment, PaymentAction.Sign, facts => Decide(command, facts), cancel);
}

/// <summary>Over the ceiling a third person approves: who commands the unit's commander, or integrity.</summary>
internal sealed class ApprovePayment(PaymentDesk desk)
{
    internal sealed record Command(Guid Payment, bool Agree, string? Reason);

    public static Decision Decide(Command command, PaymentFacts facts) =>
        !facts.Payment.AwaitsThird ? Decision.Refuse(Agreeing.AnswerOverride.Nothing)
        : command.Agree && facts.Unfit is { } lack ? Decision.Refuse(lack)
        : command.Agree ? Decision.Accept(facts.Payment.Stream, new PaymentApproved())
        : TargetTexts.RefusesReason(command.Reason) is { } unfit ? unfit
        : Decision.Accept(facts.Payment.Stream, new PaymentReturned(command.Reason!.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Payment, PaymentAction.Approve, facts => Decide(command, facts), cancel);
}

/// <summary>
/// Whoever signed too, and not who paid, records that the source signed the receipt with its code: a payer alone could make up both. The code is typed again,
/// and has to be the same.
/// </summary>
internal sealed class TakeReceipt(PaymentDesk desk)
{
    public const string NotYet = "sources.not-to-be-paid";
    public const string OtherCode = "sources.other-code";

    internal sealed record Command(Guid Payment, string? Code);

    public static Decision Decide(Command command, PaymentFacts facts) =>
        facts.Payment.HasReceipt ? Decision.Refuse(Agreeing.Overrides.NotNow)
        : !facts.Payment.MayBePaid ? Decision.Refuse(NotYet)
        : PaymentPolicy.CodeOf(command.Code) != facts.Payment.Code ? Decision.Refuse(OtherCode)
        : Decision.Accept(facts.Payment.Stream, new ReceiptTaken(facts.Payment.Code));

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Payment, PaymentAction.TakeReceipt, facts => Decide(command, facts), cancel);
}
