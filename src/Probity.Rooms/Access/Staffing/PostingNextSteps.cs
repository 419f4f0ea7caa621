using System.Globalization;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Access.Enrolling;
using Probity.Shared;

namespace Probity.Access.Staffing;

/// <summary>Postings, ends of postings and invitations anew that wait for a second person are a next step of those who may be it: never of whoever asked, nor of whom it is about.</summary>
internal sealed class PostingNextSteps(IRegister registers, IEnumerable<IPostCompetitions> competitions, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id) return [];
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var actor = Actor.From(register, id, now);
        IEnumerable<KeyValuePair<Guid, Renewal>> renewals = InvitePerson.MayRenew(actor)
            ? register.Renewals.Where(r => r.Key != id && r.Value.By != id && InvitePerson.Waits(r.Key, register, now, out _)).OrderBy(r => r.Value.At) : [];
        // Ids are made in the order of time: the longest waiting first. Whom a competition did not choose, or not for good yet, is an overseer's alone.
        var waiting = new List<Posting>();
        foreach (var posting in WaitingFor(actor, register, now).OrderBy(p => p.Id))
        {
            if (waiting.Count == most) break;
            var mayApprove = true;
            foreach (var room in competitions) mayApprove &= ApprovePosting.AsksOverseer(actor, await room.OfAsync(register, posting.Person, posting.Post, now, cancel), register, now) is null;
            if (mayApprove) waiting.Add(posting);
        }

        var facts = new RegisterFacts(register, actor, now);
        var ends = register.EndsAsked.All.Where(e => e.Value.By != id && now < e.Value.At + HeldActs.Lapse && AnswerPostingEnd.Refuses(facts, e.Key, agrees: false) is null).OrderBy(e => e.Value.At).ThenBy(e => e.Key).Take(most);
        return [.. ends.Select(e => new NextStep(
            Say("next.posting-end", register.NameOf(e.Value.Person), register.Posts[register.Postings[e.Key].Post].Title),
            Say("next.posting-end-why", register.NameOf(e.Value.By)),
            AccessText.Get("next.leaving-do"), $"/people/{e.Value.Person:D}", e.Value.At)),
            .. waiting.Select(p => new NextStep(
            Say("next.posting", register.NameOf(p.Person), register.Posts[p.Post].Title),
            Say("next.posting-why", register.NameOf(p.ProposedBy)),
            AccessText.Get("next.posting-do"), $"/people/{p.Person:D}")),
            .. renewals.Take(most).Select(r => new NextStep(
                Say("next.renewal", register.NameOf(r.Key)), Say("next.renewal-why", register.NameOf(r.Value.By)),
                AccessText.Get("next.renewal-do"), $"/people/{r.Key:D}", r.Value.At + Invitations.Valid))];
    }

    internal static IEnumerable<Posting> WaitingFor(Actor actor, Register register, DateTimeOffset now) =>
        RegisterAccess.Allows(RegisterAction.ApprovePosting, actor)
            ? register.PostingsAsked.Where(p => p.Person != actor.Person && p.ProposedBy != actor.Person
                && Recusal.Tied(actor.Person, p.Person, register) is null && ApprovePosting.MayApprove(actor, register.Posts[p.Post], register, now))
            : [];

    static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, AccessText.Get(key), words);
}
