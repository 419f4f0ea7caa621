using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Notifying;

/// <summary>What can be done with where somebody's notice goes.</summary>
internal enum NoticeAction
{
    /// <summary>Say where it goes, and with which key it is encrypted.</summary>
    Set,

    /// <summary>Have no more.</summary>
    End,
}

/// <summary>All that a decision on somebody's notices may know.</summary>
internal sealed record NoticeFacts(Guid Person, NoticeAddress Own, Actor Actor);

/// <summary>Who may do what with notices: each with their own alone, and only those who handle reports are sent any.</summary>
internal static class NoticeAccess
{
    /// <summary>Whose holders are sent notices.</summary>
    public static readonly Role[] Noticed = [Role.Integrity, Role.Overseer];

    /// <summary>The refusal of an action, or null. Whoever has left the post still takes their address away.</summary>
    public static Refusal? Refuses(NoticeAction action, NoticeFacts facts) =>
        facts.Actor.Person == facts.Person && (action == NoticeAction.End || Noticed.Any(facts.Actor.Has)) ? null : new Refusal(Bars.Role);
}

/// <summary>Somebody says where their notice goes, or that they want none.</summary>
internal sealed class SetNoticeKey(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string AddressWrong = "notices.address-wrong";
    public const string LanguageMissing = "notices.language-missing";
    public const string KeyWrong = "notices.key-wrong";
    public const string NothingSet = "notices.nothing-set";

    /// <param name="Address">A mail address.</param>
    /// <param name="Language">A code of the pages' languages.</param>
    /// <param name="Key">An armoured OpenPGP public key.</param>
    internal sealed record Command(string? Address, string? Language, string? Key);

    /// <param name="command">What was typed.</param>
    /// <param name="key">The key that was read from it, or null where it is none that can be used.</param>
    /// <param name="facts">How things stand.</param>
    public static Decision Decide(Command command, NoticeKey? key, NoticeFacts facts)
    {
        if (!NoticeMail.IsAddress(command.Address)) return Decision.Refuse(AddressWrong);
        if (Languages.All.All(l => l.Code != command.Language)) return Decision.Refuse(LanguageMissing);
        if (key is null) return Decision.Refuse(KeyWrong);
        return Filed(facts.Person, new NoticeKeySet(command.Address!, command.Language!, key.Bytes));
    }

    public static Decision DecideEnd(NoticeFacts facts) => facts.Own.Set is null ? Decision.Refuse(NothingSet) : Filed(facts.Person, new NoticeEnded());

    public Task<Outcome> HandleAsync(Guid actor, Guid person, Command command, CancellationToken cancel)
    {
        var key = NoticeKey.ReadArmoured(command.Key ?? "", time.GetUtcNow());
        return RunAsync(actor, person, NoticeAction.Set, facts => Decide(command, key, facts), cancel);
    }

    public Task<Outcome> EndAsync(Guid actor, Guid person, CancellationToken cancel) => RunAsync(actor, person, NoticeAction.End, DecideEnd, cancel);

    /// <summary>How somebody's own notices stand.</summary>
    public ValueTask<NoticeFacts> ReadAsync(Guid person, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, person, cancel);

    Task<Outcome> RunAsync(Guid actor, Guid person, NoticeAction action, Func<NoticeFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(actor), NoticeAddress.StreamOf(person), $"reports.notice-{action}", async session =>
        {
            var facts = await ReadAsync(session, actor, person, cancel);
            return NoticeAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);

    async ValueTask<NoticeFacts> ReadAsync(RecordSession session, Guid actor, Guid person, CancellationToken cancel) =>
        new(person, await session.FoldAsync<NoticeAddress>(NoticeAddress.StreamOf(person), cancel), Actor.From(await registers.ReadAsync(session, cancel), actor, time.GetUtcNow()));

    static Decision Filed(Guid person, IEvent happened) => Decision.Accept(new Filing(NoticeAddress.StreamOf(person), happened) { Compartment = Compartments.OfPerson(person) });
}
