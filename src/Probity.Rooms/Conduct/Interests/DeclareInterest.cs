using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests;

/// <summary>Somebody of the agency's staff declares what they have to do with a person or company outside, or work beside their post. By that alone nothing is resolved.</summary>
internal sealed class DeclareInterest(Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string KindMissing = "conduct.interest-kind-missing";
    public const string SubjectUnfit = "conduct.interest-subject-unfit";
    public const string WhatUnfit = "conduct.interest-what-unfit";
    public const string EmployerUnfit = "conduct.work-employer-unfit";
    public const string HoursWrong = "conduct.work-hours-wrong";
    public const string PayWrong = "conduct.work-pay-wrong";
    public const string CurrencyWrong = "conduct.currency-wrong";
    public const string UntilWrong = "conduct.work-until-wrong";
    public const string TooMany = "conduct.interests-too-many";

    /// <summary>Nobody has more: every one is held against every name of a case.</summary>
    public const int Most = 200;

    /// <param name="Key">Given before it is sent.</param>
    /// <param name="Kind">What they have to do with it; work outside is the other command.</param>
    /// <param name="Subject">The person or company.</param>
    /// <param name="What">What it is.</param>
    internal sealed record Command(Guid Key, InterestKind? Kind, string? Subject, string? What);

    /// <param name="Key">Given before it is sent.</param>
    /// <param name="Employer">For whom.</param>
    /// <param name="What">What the work is.</param>
    /// <param name="Hours">Hours a week.</param>
    /// <param name="Pay">What it pays a month.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Until">The last day.</param>
    internal sealed record Work(Guid Key, string? Employer, string? What, int? Hours, decimal? Pay, string? Currency, DateOnly? Until);

    /// <summary>What of an interest cannot be kept as it is, in the order of the form.</summary>
    public static IEnumerable<string> Wrong(Command command)
    {
        if (command.Kind is not { } kind || !Enum.IsDefined(kind) || kind == InterestKind.OutsideWork) yield return KindMissing;
        if (!ConductTexts.Fits(command.Subject, ConductTexts.MaxLine, lines: false)) yield return SubjectUnfit;
        if (!ConductTexts.Fits(command.What, ConductTexts.MaxReason, lines: true)) yield return WhatUnfit;
    }

    /// <summary>The same of work outside.</summary>
    public static IEnumerable<string> Wrong(Work work, DateTimeOffset now)
    {
        if (!ConductTexts.Fits(work.Employer, ConductTexts.MaxLine, lines: false)) yield return EmployerUnfit;
        if (!ConductTexts.Fits(work.What, ConductTexts.MaxReason, lines: true)) yield return WhatUnfit;
        if (work.Hours is not (>= 1 and <= 100)) yield return HoursWrong;
        if (work.Pay is not { } pay || pay < 0 || pay > 999_999_999 || decimal.Round(pay, 2) != pay) yield return PayWrong;
        if (!Money.IsCurrency(work.Currency)) yield return CurrencyWrong;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (work.Until is not { } until || until < today || until > today.AddYears(3)) yield return UntilWrong;
    }

    public static Decision Decide(Command command, OwnInterests own, Actor actor, Policy policy, DateTimeOffset now) =>
        Refuses(own, actor, Wrong(command)) is { } refusal ? refusal
        : Filed(actor, new InterestDeclared(
            command.Key, UnitOf(actor), command.Kind!.Value, command.Subject!.Trim(), command.What!.Trim(), InterestAccess.GoesToOverseer(actor), policy.After(PolicyRules.InterestDecidedWithin, now), policy.Label));

    public static Decision Decide(Work work, OwnInterests own, Actor actor, Policy policy, DateTimeOffset now) =>
        Refuses(own, actor, Wrong(work, now)) is { } refusal ? refusal
        : Filed(actor, new OutsideWorkDeclared(
            work.Key, UnitOf(actor), work.Employer!.Trim(), work.What!.Trim(), work.Hours!.Value, work.Pay!.Value, work.Currency!, work.Until!.Value, InterestAccess.GoesToOverseer(actor),
            policy.After(PolicyRules.InterestDecidedWithin, now), policy.Label));

    /// <summary>Whether what was recorded says what is sent now.</summary>
    public static bool Says(Command command, InterestDeclared? known) =>
        known is not null && (known.Kind, known.Subject, known.What) == (command.Kind, command.Subject?.Trim(), command.What?.Trim());

    /// <summary>The same of work outside.</summary>
    public static bool Says(Work work, OutsideWorkDeclared? known) => known is not null
        && (known.Employer, known.What, known.Hours, known.Pay, known.Currency, known.Until) == (work.Employer?.Trim(), work.What?.Trim(), work.Hours, work.Pay, work.Currency, work.Until);

    /// <summary>Records it; sent twice under one key, it is recorded once, and with other content refused.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        RunAsync(person, command.Key, i => Says(command, i.Of), (own, actor, policy, now) => Decide(command, own, actor, policy, now), cancel);

    /// <summary>The same of work outside.</summary>
    public Task<Outcome> HandleAsync(Guid person, Work work, CancellationToken cancel) =>
        RunAsync(person, work.Key, i => Says(work, i.Work), (own, actor, policy, now) => Decide(work, own, actor, policy, now), cancel);

    Task<Outcome> RunAsync(Guid person, Guid key, Func<Interest, bool> says, Func<OwnInterests, Actor, Policy, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), OwnInterests.StreamOf(person), "conduct.DeclareInterest", async session =>
        {
            var now = time.GetUtcNow();
            var own = await session.FoldAsync<OwnInterests>(OwnInterests.StreamOf(person), cancel);
            if (own.Keys.Contains(key)) return own.All.Any(i => i.Key == key && says(i)) ? Decision.Accept() : Decision.Refuse(ConductTexts.RecordedOtherwise);
            return decide(own, Actor.From(await registers.ReadAsync(session, cancel), person, now), await policies.ReadAsync(session, cancel), now);
        }, cancel: cancel);

    static Refusal? Refuses(OwnInterests own, Actor actor, IEnumerable<string> wrong) =>
        !CodeDuty.Binds(actor) ? new Refusal(Bars.Role) : wrong.FirstOrDefault() is { } code ? new Refusal(code) : own.All.Length >= Most ? new Refusal(TooMany) : null;

    static Guid UnitOf(Actor actor) => actor.Posts.First(p => CodeDuty.Binds(p.Role)).Unit;

    static Decision Filed(Actor actor, IEvent declared) => Decision.Accept(new Filing(OwnInterests.StreamOf(actor.Person), declared, Compartment: Compartments.OfPerson(actor.Person)));
}
