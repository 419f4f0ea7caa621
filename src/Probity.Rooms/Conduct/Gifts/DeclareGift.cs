using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Conduct.Gifts;

/// <summary>Somebody of the staff declares what they were offered, took or gave, also where they refused it. Late is said, and never refused.</summary>
internal sealed class DeclareGift(Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string GiverUnfit = "conduct.giver-unfit";
    public const string TieUnfit = "conduct.tie-unfit";
    public const string WhatUnfit = "conduct.what-unfit";
    public const string ValueWrong = "conduct.value-wrong";
    public const string CurrencyWrong = "conduct.currency-wrong";
    public const string DirectionMissing = "conduct.direction-missing";
    public const string HandlingMissing = "conduct.handling-missing";
    public const string DayWrong = "conduct.day-wrong";
    public const string CaseUnknown = "conduct.case-unknown";
    public const string IdTaken = "conduct.id-taken";

    static readonly DateOnly s_first = new(1990, 1, 1);

    /// <param name="Gift">Its id.</param>
    /// <param name="Giver">Who gave or offered it, or was given it.</param>
    /// <param name="Tie">What they have to do with the unit's work.</param>
    /// <param name="What">What it is.</param>
    /// <param name="Value">What it is worth.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Direction">Which way it went.</param>
    /// <param name="Happened">The day.</param>
    /// <param name="Handling">What was done with it.</param>
    /// <param name="Case">The case in which the giver is investigated, which the declarer may see; or null.</param>
    /// <param name="Inspected">Whether the giver was under inspection by the unit.</param>
    internal sealed record Command(
        Guid Gift, string? Giver, string? Tie, string? What, decimal? Value, string? Currency, GiftDirection? Direction, DateOnly? Happened, GiftHandling? Handling, Guid? Case, bool Inspected);

    /// <summary>What of a declaration cannot be kept as it is, in the order of the form.</summary>
    public static IEnumerable<string> Wrong(Command command, DateTimeOffset now)
    {
        if (command.Direction is not { } direction || !Enum.IsDefined(direction)) yield return DirectionMissing;
        if (!ConductTexts.Fits(command.What, ConductTexts.MaxLine, lines: false)) yield return WhatUnfit;
        if (command.Value is not { } value || value < 0 || value > 999_999_999 || decimal.Round(value, 2) != value) yield return ValueWrong;
        if (!Money.IsCurrency(command.Currency)) yield return CurrencyWrong;
        if (!ConductTexts.Fits(command.Giver, ConductTexts.MaxLine, lines: false)) yield return GiverUnfit;
        if (!ConductTexts.Fits(command.Tie, ConductTexts.MaxReason, lines: true)) yield return TieUnfit;
        // A day ahead of UTC there is already tomorrow.
        if (command.Happened is not { } day || day < s_first || day > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1)) yield return DayWrong;
        if (command.Handling is not { } handling || !Enum.IsDefined(handling)) yield return HandlingMissing;
    }

    public static Decision Decide(Command command, Actor actor, Policy policy, DateTimeOffset now)
    {
        if (!CodeDuty.Binds(actor)) return Decision.Refuse(Bars.Role);
        if (Wrong(command, now).FirstOrDefault() is { } wrong) return Decision.Refuse(wrong);
        // The day that it happened on is not counted, whatever the hour.
        var late = policy.After(PolicyRules.GiftDeclaredWithin, new DateTimeOffset(command.Happened!.Value, TimeOnly.MaxValue, TimeSpan.Zero)) < now;
        return Decision.Accept(new Filing(
            new StreamId(command.Gift), new GiftDeclared(
                actor.Posts.First(p => CodeDuty.Binds(p.Role)).Unit, command.Giver!.Trim(), command.Tie!.Trim(), command.What!.Trim(), command.Value!.Value, command.Currency!, command.Direction!.Value,
                command.Happened.Value, command.Handling!.Value, command.Case, command.Inspected, GiftAccess.GoesToOverseer(actor), late, policy.After(PolicyRules.GiftReviewedWithin, now), policy.Label),
            Compartment: Compartments.OfPerson(actor.Person)));
    }

    /// <summary>Whether what was recorded says what is sent now.</summary>
    public static bool Says(Command command, GiftDeclared? known) => known is not null && command is { Value: { } value, Direction: { } direction, Happened: { } day, Handling: { } handling }
        && known with
        {
            Giver = command.Giver?.Trim() ?? "", Tie = command.Tie?.Trim() ?? "", What = command.What?.Trim() ?? "", Value = value, Currency = command.Currency ?? "", Direction = direction, Happened = day, Handling = handling,
            Case = command.Case, Inspected = command.Inspected,
        } == known;

    /// <summary>Records it; sent twice under one key, it is recorded once, and with other content refused.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Gift), "conduct.DeclareGift", async session =>
        {
            var now = time.GetUtcNow();
            var gift = await session.FoldAsync<Gift>(new StreamId(command.Gift), cancel);
            if (gift.Version > 0) return gift.Declarer != person ? Decision.Refuse(IdTaken) : Says(command, gift.Declared) ? Decision.Accept() : Decision.Refuse(ConductTexts.RecordedOtherwise);
            return Decide(command, Actor.From(await registers.ReadAsync(session, cancel), person, now), await policies.ReadAsync(session, cancel), now);
        }, cancel: cancel);

    /// <summary>The id of the gift that a person declares under a key of their own.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"gift/{key:D}");
}
