using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Interdiction.PayingSources;

/// <summary>Whoever pays a source records it, which is the first signature, and says who signs too.</summary>
internal sealed class RecordPayment(Clerk clerk, IRegister registers, ICaseFiles cases, FitForDuty duty, TimeProvider time)
{
    public const string CodeWrong = "sources.code-wrong";
    public const string AmountWrong = "sources.amount-wrong";
    public const string CurrencyWrong = "sources.currency-wrong";
    public const string DayWrong = "sources.day-wrong";
    public const string PurposeMissing = "sources.purpose-missing";
    public const string SecondWrong = "sources.second-wrong";
    public const string CaseUnknown = "sources.case-unknown";

    /// <summary>How long after the day a payment can still be entered.</summary>
    public const int MostDaysLate = 31;

    /// <param name="Payment">Its id.</param>
    /// <param name="Unit">The unit that pays.</param>
    /// <param name="Code">The source's code name.</param>
    /// <param name="Amount">How much.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Paid">The day.</param>
    /// <param name="Purpose">What for.</param>
    /// <param name="Case">The case, which the payer may see; or null.</param>
    /// <param name="Second">Who signs too.</param>
    /// <param name="Alone">The second person is not there.</param>
    /// <param name="Absence">Why.</param>
    internal sealed record Command(
        Guid Payment, Guid Unit, string Code, decimal Amount, string Currency, DateOnly Paid, PaymentPurpose Purpose, Guid? Case, Guid? Second,
        bool Alone = false, string? Absence = null);

    /// <summary>What was paid to a source, and by a payer, not long before.</summary>
    internal sealed record Earlier(IReadOnlyList<Payment> ToSource, IReadOnlyList<Payment> ByPayer)
    {
        public static Earlier None { get; } = new([], []);
    }

    /// <param name="command">What is recorded.</param>
    /// <param name="book">The unit's sources.</param>
    /// <param name="before">What counts with it to the ceiling.</param>
    /// <param name="people">The staff named in the case.</param>
    /// <param name="actor">Who pays.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Decision Decide(Command command, SourceBook book, Earlier before, IReadOnlyList<Guid> people, Actor actor, Register register, DateTimeOffset now)
    {
        if (!register.Units.ContainsKey(command.Unit)) return Decision.Refuse(Registering.RegisterTarget.UnitUnknown);
        if (!TargetAccess.RegistersIn(command.Unit, actor, register))
            return Decision.Refuse(Bars.Role, new Reroute(nameof(Role.Officer), register.Holders(Role.Officer, now, command.Unit)));
        // Which case it is tells nothing: whoever is barred from it hears the same as of one that is not there.
        if (Recusal.Between(actor.Person, people, register, now) is not null) return Decision.Refuse(CaseUnknown);
        if (!PaymentPolicy.IsCode(command.Code)) return Decision.Refuse(CodeWrong);
        if (!PaymentPolicy.IsAmount(command.Amount)) return Decision.Refuse(AmountWrong);
        if (!Money.IsCurrency(command.Currency)) return Decision.Refuse(CurrencyWrong);
        // A day ahead of UTC there is already tomorrow.
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (command.Paid > today.AddDays(1) || command.Paid < today.AddDays(-MostDaysLate)) return Decision.Refuse(DayWrong);
        if (!Enum.IsDefined(command.Purpose)) return Decision.Refuse(PurposeMissing);
        if (command.Alone && TargetTexts.RefusesReason(command.Absence, Agreeing.Overrides.AbsenceMissing) is { } absence) return absence;
        if (command.Second is not { } second || !PaymentAccess.Seconds(actor.Person, command.Unit, command.Alone, people, register, now).Contains(second))
            return Decision.Refuse(SecondWrong);
        var source = SourceOf(command, book);
        var paid = new Filing(new StreamId(command.Payment), new PaymentRecorded(
            command.Unit, source, command.Code, command.Amount, command.Currency, command.Paid, command.Purpose, command.Case, second,
            command.Alone ? command.Absence!.Trim() : null, command.Alone ? now + SmallUnit.SignWithin : null,
            PaymentPolicy.NeedsThird(command.Amount, command.Currency, before.ToSource) || PaymentPolicy.NeedsThird(command.Amount, command.Currency, before.ByPayer)));
        var listed = new PaymentListed(command.Payment);
        Filing[] filings = [paid, new(PaymentList.StreamOf(source), listed), new(PaymentList.StreamOf(actor.Person), listed)];
        return Decision.Accept(book.Sources.ContainsKey(command.Code) ? filings : [new(SourceBook.StreamOf(command.Unit), new SourceEntered(source, command.Code)), .. filings]);
    }

    static Guid SourceOf(Command command, SourceBook book) => book.Sources.TryGetValue(command.Code, out var known) ? known : Streams.Derive(command.Payment, "source");

    static async Task<IReadOnlyList<Payment>> LatelyAsync(RecordSession session, Guid whom, DateTimeOffset now, CancellationToken cancel)
    {
        var payments = new List<Payment>();
        foreach (var (id, at) in (await session.FoldAsync<PaymentList>(PaymentList.StreamOf(whom), cancel)).All)
        {
            if (now - at <= PaymentPolicy.Together) payments.Add(await session.FoldAsync<Payment>(new StreamId(id), cancel));
        }

        return payments;
    }

    /// <summary>Records it; sent twice under one key, it is recorded once.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Payment), "sources.Record", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var payment = await session.FoldAsync<Payment>(new StreamId(command.Payment), cancel);
            if (payment.Version > 0) return payment.Payer == person ? Decision.Accept() : Decision.Refuse(Registering.RegisterTarget.IdTaken);
            var book = await session.FoldAsync<SourceBook>(SourceBook.StreamOf(command.Unit), cancel);
            var file = command.Case is { } about ? await cases.ReadAsync(session, about, cancel) : null;
            if (file is { Exists: false } or { Erased: true }) return Decision.Refuse(CaseUnknown);
            if (await duty.LacksAsync(session, person, register, now, cancel) is { } lack) return Decision.Refuse("interdiction." + lack);
            var before = new Earlier(await LatelyAsync(session, SourceOf(command, book), now, cancel), await LatelyAsync(session, person, now, cancel));
            return Decide(command, book, before, file?.Staff ?? [], Actor.From(register, person, now), register, now);
        }, cancel: cancel);

    /// <summary>The id of the payment that a person records under a key of their own.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"payment/{key:D}");
}
