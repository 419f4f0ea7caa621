using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Leaving;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>
/// A second person agrees that a posting ends, or returns what was asked: never who asked, whose posting it is, or who is near to either. To the end of a post of those who watch an overseer agrees;
/// where no overseer is free, integrity. What was sent back twice an overseer answers too. Who asked may take it back. It is agreed to after three days at the earliest, by somebody whose key tells whether a report protects the person; it can be returned at once.
/// </summary>
internal static class AnswerPostingEnd
{
    public const string NotAsked = "posting.end-not-asked", TakesOverseer = "posting.end-takes-overseer";

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/postings/{id:guid}/end/answer", (Guid id, HttpContext context, RegisterDesk desk, IProtectedPeople people) => RegisterApi.RunAsync<PostingEndAnswer>(
            context, (_, answer, cancel) => RunAsync(desk, people, context.User, id, answer, cancel), Results.NoContent))
            .Command("answerPostingEnd", "Agree that a posting ends at once, as somebody else asked three days ago or more, with your key for reports unlocked; or return it and say why. Who asked takes it back with agree: false.")
            .Takes<PostingEndAnswer>().Produces(204);
        pages.MapPost("/people/{person:guid}/postings/{id:guid}/end-answer", async (
            Guid person, Guid id, [FromForm] string? answer, [FromForm] string? reason, [FromForm] string? why, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, PeopleReader people,
            IProtectedPeople protectedPeople, CancellationToken cancel) =>
            await people.AnswerAsync(context, user, person, await RunAsync(desk, protectedPeople, user, id, new(answer == "yes", reason, why), cancel), cancel,
                code => code is HeldActs.WhyMissing || (answer == "yes" && code.StartsWith("text.", StringComparison.Ordinal)) ? $"end-why-{id:D}"
                    : code.StartsWith("text.", StringComparison.Ordinal) ? $"end-answer-{id:D}" : ""));
    }

    static async Task<Outcome> RunAsync(RegisterDesk desk, IProtectedPeople people, ClaimsPrincipal user, Guid id, PostingEndAnswer answer, CancellationToken cancel)
    {
        var by = SignedInPerson.Of(user)!.Value;
        var facts = await desk.FactsAsync(by, cancel);
        if (!answer.Agree || !facts.Register.Postings.TryGetValue(id, out var posting)) return await desk.RunAsync(by, RegisterAction.AnswerPostingEnd, now => Decide(now, id, answer), cancel);
        var look = await people.LookAsync(user, posting.Person, answer.Why, cancel);
        // Whatever depends on the look is refused before it comes to the record.
        if (facts.Register.EndsAsked.Of(id) is { } asked && Refuses(facts, id, agrees: true) is null && HeldActs.RefusesClearing(asked.At, asked.At + HeldActs.Lapse, look, answer.Why, facts.Now) is { } held) return new Outcome.Refused(held, 0);
        return await desk.RunAsync(by, RegisterAction.AnswerPostingEnd, now => Decide(now with { Look = look }, id, answer), cancel);
    }

    internal static Decision Decide(RegisterFacts facts, Guid id, PostingEndAnswer answer)
    {
        if (Refuses(facts, id, answer.Agree) is { } refusal) return refusal;
        var (person, asked) = (facts.Register.Postings[id].Person, facts.Register.EndsAsked.Of(id)!);
        if (!answer.Agree)
        {
            return PlainText.Refuses(answer.Reason, PlainText.MaxReason, "text.reason-missing") is { } unfit ? unfit
                : Decision.Accept([.. Reasons.File(new PostingEndReturned(id), person, id, PostingMove.EndReturned, answer.Reason!), HeldActs.File(person, new ActReturned(id, answer.Reason!.Trim()))]);
        }

        return HeldActs.RefusesClearing(asked.At, asked.At + HeldActs.Lapse, facts.Look, answer.Why, facts.Now) is { } held ? held
            : Decision.Accept(new Filing(Register.Stream, new PostingEnded(id)), HeldActs.File(person, new ActCleared(id, facts.Look!.Boxes)));
    }

    /// <summary>The refusal of an answer, or null.</summary>
    internal static Refusal? Refuses(RegisterFacts facts, Guid id, bool agrees)
    {
        var (register, actor, now) = (facts.Register, facts.Actor, facts.Now);
        if (!register.Postings.TryGetValue(id, out var posting)) return new Refusal("posting.unknown");
        if (actor.Person == posting.Person) return To(Bars.Self);
        var asked = posting.InForceAt(now) ? register.EndsAsked.Of(id) : null;
        if (asked?.By == actor.Person) return agrees ? To(Bars.EarlierRole, asked.By) : null;
        if (!actor.Has(Role.Integrity) && !actor.Has(Role.Overseer)) return To(Bars.Role);
        // Whoever is near the person does not learn from the refusal whether it was asked.
        if (Recusal.Between(actor.Person, [posting.Person], register, now) is { } near) return To(near);
        if (asked is null) return new Refusal(NotAsked);
        // Whoever asks keeps nobody from sending it back by declaring a tie to them.
        if (agrees && Recusal.Between(actor.Person, [asked.By], register, now) is { } bar) return To(bar, asked.By);
        // Of those who watch integrity never answers, however often it was sent back.
        var watches = LeavingAccess.Watching.Contains(register.Posts[posting.Post].Role);
        return actor.Has(Role.Overseer) || (!watches && !IsOften(facts, id, asked)) || Watch.Free(Role.Overseer, IsFree, register, now).Count == 0 ? null
            : new Refusal(watches ? TakesOverseer : HeldActs.SentBackOften, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Except([posting.Person, asked.By])]));

        bool IsFree(Guid person) => Recusal.Between(person, [posting.Person, asked.By], register, now) is null;

        Refusal To(string code, params IEnumerable<Guid> barred) => RegisterAccess.Refusal(code, RegisterAction.AnswerPostingEnd, facts, [posting.Person, .. barred]);
    }

    static bool IsOften(RegisterFacts facts, Guid id, EndAsked asked) =>
        HeldActs.OverseersFor(facts.Register.EndsAsked.SentBack.GetValueOrDefault(id), asked.Person, asked.By, facts.Register, facts.Now).Count > 0;

    /// <summary>What somebody sees of an end that was asked, or null: those who end postings and watch do, never the person, nor who is tied to them. Why it was asked is for who answers, or would where it was not sent back so often, and for who asked.</summary>
    internal static PostingEndRow? Seen(RegisterFacts facts, Guid id)
    {
        var (register, actor) = (facts.Register, facts.Actor);
        if (register.EndsAsked.Of(id) is not { } asked || actor.Person == asked.Person || Recusal.Tied(actor.Person, asked.Person, register) is not null) return null;
        // What lapsed is asked for anew, and is not there any more.
        if (!register.Postings[id].InForceAt(facts.Now) || facts.Now >= asked.At + HeldActs.Lapse) return null;
        var own = asked.By == actor.Person;
        if (!own && !actor.Has(Role.Integrity) && !actor.Has(Role.Overseer) && !EndPosting.MayEnd(facts, register.Posts[register.Postings[id].Post])) return null;
        var (mayAgree, returning) = (Refuses(facts, id, agrees: true) is null, Refuses(facts, id, agrees: false));
        var reads = returning is null or { Code: HeldActs.SentBackOften };
        return new PostingEndRow(asked.By, register.NameOf(asked.By), asked.At, asked.At + HeldActs.Hold, asked.At + HeldActs.Lapse, own || reads ? asked.Reason : null, returning is null && !own, own)
        {
            MayAgree = mayAgree, ReadsReturns = reads && !own, TakesOverseer = (own || reads) && IsOften(facts, id, asked),
        };
    }
}

/// <summary>Whether the posting ends; why not; and, where a report protects the person, why that has nothing to do with it.</summary>
internal sealed record PostingEndAnswer(bool Agree, string? Reason, string? Why = null);

/// <summary>That the end of a posting was asked for, from when and until when it can be agreed to, as pages and API show it. Who may answer may at least send it back.</summary>
public sealed record PostingEndRow(Guid By, string ByName, DateTimeOffset At, DateTimeOffset Earliest, DateTimeOffset Lapses, string? Reason, bool MayAnswer, bool MayTakeBack)
{
    /// <summary>Whether the reader may agree.</summary>
    public bool MayAgree { get; init; }

    /// <summary>Whether the reader is shown when and why it was sent back before.</summary>
    public bool ReadsReturns { get; init; }

    /// <summary>Whether an overseer answers, since it was sent back so often.</summary>
    public bool TakesOverseer { get; init; }
}
