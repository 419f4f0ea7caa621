using System.Net;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Access;

/// <summary>Who ends which posting alone, and who answers where it takes two.</summary>
public sealed class PostingEndTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly string[] Everybody = ["head", "chief", "ana", "keeper", "alba", "paula", "vera", "ines", "ivo", "igor", "oscar", "olga", "otto", "maria", "sara", "root", "judith", "rita"];

    static Staff Agency() => Staff.Agency().Post("head", "agency", Role.Commander).Post("alba", "agency", Role.Analyst).Post("otto", "ombudsman", Role.Overseer, "oscar");

    static Guid PostingOf(string person) => Staff.Id($"{person} as post of {person}  ");

    static RegisterFacts Facts(Register register, string actor, DateTimeOffset? now = null) => new(register, Actor.From(register, Staff.Id(actor), now ?? Now), now ?? Now) { Look = EndedPostings.Unprotected };

    static DateTimeOffset Later => Now + HeldActs.Hold;

    static Register Then(Register register, IEvent happened, string by) => register.Apply(new Recorded(
        happened, EventTypes.NameOf(happened.GetType()), register.Version, Register.Stream, register.Version + 1, Now, null, new ActorId(Staff.Id(by))));

    static Register Asked(string person, string by, Staff? staff = null)
    {
        var register = (staff ?? Agency()).ToRegister();
        var asked = (Decision.Accepted)EndPosting.Decide(Facts(register, by), PostingOf(person), "Works for another agency since May.");
        foreach (var filing in asked.Filings) register = Then(register, filing.Event, by);
        return register;
    }

    static string? Of(Decision decision) => decision is Decision.Accepted { Filings: var filings } ? filings[0].Event.GetType().Name : null;

    [Theory]
    [InlineData("ana", "head chief ines ivo"), InlineData("keeper", "head chief ines ivo"), InlineData("alba", "ines ivo"), InlineData("sara", "ines ivo")]
    [InlineData("chief", "head ines ivo"), InlineData("head", "ines ivo"), InlineData("root", "ines ivo"), InlineData("paula", "ines ivo")]
    [InlineData("vera", "ines ivo"), InlineData("igor", "ines ivo"), InlineData("judith", "ines ivo"), InlineData("rita", "ines ivo")]
    [InlineData("ines", "ivo oscar olga otto"), InlineData("oscar", "olga otto"), InlineData("maria", "oscar olga otto")]
    public void Whoever_ends_a_post_asks_for_it_and_no_more(string person, string by)
    {
        var register = Agency().ToRegister();
        foreach (var who in Everybody)
            Assert.Equal((who, by.Split(' ').Contains(who) ? nameof(PostingEndAsked) : null), (who, Of(EndPosting.Decide(Facts(register, who), PostingOf(person), "As planned."))));
    }

    [Fact]
    public void What_was_sent_back_twice_an_overseer_answers()
    {
        var (id, ana, register) = (PostingOf("ana"), Staff.Id("ana"), Asked("ana", "chief"));
        string? Code(string who, bool agrees) => AnswerPostingEnd.Refuses(Facts(register, who), id, agrees)?.Code;
        void Again(string by) => register = Then(Then(register, new PostingEndReturned(id), by), new PostingEndAsked(id, ana), "chief");
        // What who asked takes back is not counted.
        Again("chief");
        Again("chief");
        Again("ines");
        Assert.Equal((null, null), (Code("ivo", true), Code("ivo", false)));
        Again("ivo");
        Assert.Equal((HeldActs.SentBackOften, HeldActs.SentBackOften, HeldActs.SentBackOften), (Code("ines", false), Code("ivo", true), Code("ivo", false)));
        Assert.Equal((null, null, null), (Code("oscar", true), Code("oscar", false), Code("chief", false)));
        // Who could answer but for that reads why it is asked, and that an overseer answers.
        var seen = AnswerPostingEnd.Seen(Facts(register, "ivo"), id)!;
        Assert.Equal((true, false, true, true), (seen.Reason is not null, seen.MayAnswer, seen.TakesOverseer, seen.ReadsReturns));
        // Once it ended, another posting begins anew; and where no overseer is free, integrity answers.
        Assert.Empty(Then(register, new PostingEnded(id), "oscar").EndsAsked.SentBack);
        register = Agency().Tie("oscar", "ana", TieKind.Blood).Tie("olga", "ana", TieKind.Blood).Tie("otto", "ana", TieKind.Blood).ToRegister();
        register = Then(register, new PostingEndAsked(id, ana), "chief");
        Again("ines");
        Again("ines");
        Assert.Null(Code("ivo", true));
    }

    [Fact]
    public void No_end_is_agreed_to_before_three_days_or_by_whom_no_key_tells_whether_a_report_protects_the_person()
    {
        var (id, register) = (PostingOf("ana"), Asked("ana", "chief"));
        string? Code(ProtectionLook? look, DateTimeOffset now, string? why = null) =>
            (AnswerPostingEnd.Decide(Facts(register, "ines", now) with { Look = look }, id, new(true, null, why)) as Decision.Refused)?.Refusal.Code;
        ProtectionLook Says(ProtectionSays says) => EndedPostings.Unprotected with { Says = says };
        Assert.Equal((HeldActs.NotYet, HeldActs.NotYet), (Code(Says(ProtectionSays.Nothing), Later.AddTicks(-1)), Code(Says(ProtectionSays.Protected), Later.AddTicks(-1), "It was planned in spring.")));
        Assert.Equal((HeldActs.Locked, HeldActs.Locked, HeldActs.NoKey), (Code(null, Later), Code(Says(ProtectionSays.Locked), Later), Code(Says(ProtectionSays.NoKey), Later)));
        Assert.Equal((HeldActs.WhyMissing, "text.too-long"), (Code(Says(ProtectionSays.Protected), Later), Code(Says(ProtectionSays.Protected), Later, new string('x', 501))));
        Assert.Equal((null, null), (Code(Says(ProtectionSays.Nothing), Later), Code(Says(ProtectionSays.Protected), Later, "It was planned in spring.")));
        // After 14 days it is asked for anew: an ask that stood for long has no days left for who would look.
        Assert.Equal((null, HeldActs.Lapsed), (Code(Says(ProtectionSays.Nothing), Now + HeldActs.Lapse - TimeSpan.FromTicks(1)), Code(Says(ProtectionSays.Nothing), Now + HeldActs.Lapse)));
        Assert.Equal((EndPosting.Exists, null), (EndPosting.Refuses(Facts(register, "ivo", Now.AddDays(13)), id)?.Code, EndPosting.Refuses(Facts(register, "ivo", Now + HeldActs.Lapse), id)?.Code));
        Assert.Equal((true, false), (AnswerPostingEnd.Seen(Facts(register, "ines", Later), id) is not null, AnswerPostingEnd.Seen(Facts(register, "ines", Now + HeldActs.Lapse), id) is not null));
        // To send it back nothing is waited for.
        Assert.Equal(nameof(PostingEndReturned), Of(AnswerPostingEnd.Decide(Facts(register, "ines") with { Look = null }, id, new(false, "Not now."))));
    }

    [Fact]
    public void What_is_recorded_beside_an_end_is_the_same_whether_a_report_protects_the_person_or_not()
    {
        var register = Asked("ana", "chief");
        var filed = ((Decision.Accepted)AnswerPostingEnd.Decide(Facts(register, "ines", Later), PostingOf("ana"), new(true, null))).Filings;
        Assert.Equal([typeof(PostingEnded), typeof(ActCleared)], filed.Select(f => f.Event.GetType()));
        Assert.Equal((HeldActs.StreamOf(Staff.Id("ana")), Compartments.OfPerson(Staff.Id("ana"))), (filed[1].Stream, filed[1].Compartment!.Value));
        var asked = ((Decision.Accepted)EndPosting.Decide(Facts(Agency().ToRegister(), "chief"), PostingOf("ana"), "As planned.")).Filings;
        Assert.Equal(new ActHeld(PostingOf("ana"), Staff.Id("ana"), AdverseAct.PostingEnd), asked[^1].Event);
    }

    [Theory]
    [InlineData("vera", "ines", null, "oscar olga otto"), InlineData("igor", "ivo", null, "oscar olga otto"), InlineData("judith", "ines", null, "oscar olga otto")]
    [InlineData("ines", "ivo", null, "oscar olga otto"), InlineData("ines", "olga", null, "oscar otto")]
    // Who stands over or under the asker, or the person, does not answer.
    [InlineData("maria", "oscar", null, "olga"), InlineData("oscar", "olga", null, "ines ivo"), InlineData("olga", "otto", null, "ines ivo")]
    [InlineData("root", "ines", null, "ivo oscar olga otto"), InlineData("paula", "ines", null, "ivo oscar olga otto")]
    [InlineData("chief", "ines", null, "ivo oscar olga otto"), InlineData("chief", "head", null, "ines ivo oscar olga otto"), InlineData("ana", "chief", null, "ines ivo oscar olga otto")]
    // Nor who is tied to either; where no overseer is free another of integrity answers.
    [InlineData("vera", "ines", "oscar-vera otto-ines", "olga"), InlineData("vera", "ines", "oscar-vera otto-ines olga-vera", "ivo")]
    [InlineData("chief", "ines", "ivo-chief", "oscar olga otto")]
    public void A_second_person_who_is_near_nobody_in_it_agrees(string person, string by, string? ties, string answer)
    {
        var staff = Agency();
        foreach (var tie in ties?.Split(' ') ?? []) staff.Tie(tie.Split('-')[0], tie.Split('-')[1], TieKind.Blood);
        var register = Asked(person, by, staff);
        foreach (var who in Everybody)
        {
            var agreed = Of(AnswerPostingEnd.Decide(Facts(register, who, Later), PostingOf(person), new(true, null)));
            Assert.Equal((who, answer.Split(' ').Contains(who) ? nameof(PostingEnded) : null), (who, agreed));
            // Who asked takes it back; of the others whoever may agree returns it.
            var returned = Of(AnswerPostingEnd.Decide(Facts(register, who), PostingOf(person), new(false, "It was another person.")));
            // Nor does a tie to who asked keep anybody from that, who is near the person alone may not.
            var returns = agreed is not null || who == by || (AnswerPostingEnd.Refuses(Facts(register, who, Later), PostingOf(person), agrees: true) is { } refused && refused.Code is not (Bars.Role or Bars.Self or AnswerPostingEnd.TakesOverseer) && Recusal.Between(Staff.Id(who), [Staff.Id(person)], register, Later) is null);
            Assert.Equal((who, returns ? nameof(PostingEndReturned) : null), (who, returned));
        }
    }

    [Fact]
    public void What_was_asked_stands_once_and_goes_with_its_end_its_return_and_its_person()
    {
        var (id, register) = (PostingOf("vera"), Asked("vera", "ines"));
        Assert.Equal(new EndAsked(Staff.Id("vera"), Staff.Id("ines"), Now, "Works for another agency since May."), register.EndsAsked.Of(id));
        Assert.True(register.Postings[id].InForceAt(Now));
        Assert.Equal(EndPosting.Exists, EndPosting.Refuses(Facts(register, "ivo"), id)?.Code);
        Assert.Equal("text.reason-missing", ((Decision.Refused)AnswerPostingEnd.Decide(Facts(register, "oscar"), id, new(false, " "))).Refusal.Code);
        Assert.Null(Then(register, new PostingEnded(id), "oscar").EndsAsked.Of(id));
        Assert.Null(Then(register, new PersonErased(Staff.Id("vera")), "root").EndsAsked.Of(id));
        var returned = Then(register, new PostingEndReturned(id), "oscar");
        Assert.Null(returned.EndsAsked.Of(id));
        Assert.Equal(AnswerPostingEnd.NotAsked, AnswerPostingEnd.Refuses(Facts(returned, "oscar"), id, true)?.Code);
        Assert.Null(EndPosting.Refuses(Facts(returned, "ines"), id));
    }

    [Fact]
    public void The_person_and_who_is_tied_to_them_see_nothing_of_it_and_why_is_for_who_answers()
    {
        var register = Asked("ines", "oscar", Agency().Tie("ivo", "ines", TieKind.Blood));
        string? Seen(string who) => AnswerPostingEnd.Seen(Facts(register, who), PostingOf("ines")) is { } row ? $"{row.Reason is not null} {row.MayAnswer} {row.MayTakeBack}" : null;
        Assert.Equal((null, null, null, null), (Seen("ines"), Seen("ivo"), Seen("root"), Seen("head")));
        Assert.Equal(("True False True", "True True False", "True True False"), (Seen("oscar"), Seen("olga"), Seen("otto")));
        Assert.Equal((true, false), (AnswerPostingEnd.Seen(Facts(register, "olga"), PostingOf("ines"))!.MayAgree, AnswerPostingEnd.Seen(Facts(register, "otto"), PostingOf("ines"))!.MayAgree));
    }

    [Fact]
    public async Task The_page_asks_and_an_overseer_answers()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        var (integrity, second, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(StaffHost.Other(0)), await host.SignedInAsync(Role.Overseer));
        var (path, posting, vetting) = ($"/people/{StaffHost.Of(Role.Vetting)}", $"/postings/{StaffHost.PostingOf(Role.Vetting)}", await host.SignedInAsync(Role.Vetting));
        var page = await integrity.TextAsync(path);
        Assert.Contains("It ends once a second person agrees, after three days at the earliest.", page, StringComparison.Ordinal);
        await AskAsync();
        // Nothing ended, and the person goes on as before.
        Assert.Contains("\"roles\":[\"Vetting\"]", await vetting.TextAsync("/api/me"), StringComparison.Ordinal);
        Assert.Contains("Take back", await integrity.TextAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("Does the post", await second.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain($"{posting}/end", await second.TextAsync(path), StringComparison.Ordinal);
        Assert.Contains(AnswerPostingEnd.TakesOverseer, await Body(await second.PostJsonAsync($"/api{posting}/end/answer", new { agree = true })), StringComparison.Ordinal);
        Assert.Contains(EndPosting.Exists, await Body(await second.PostJsonAsync($"/api{posting}/end", new { text = "Moves." })), StringComparison.Ordinal);

        Assert.Contains("Does the post “Post Vetting” of Quilombo Vetting end?", WebUtility.HtmlDecode(await overseer.TextAsync("/")), StringComparison.Ordinal);
        page = await overseer.TextAsync(path);
        Assert.Contains("Moves to another agency.", page, StringComparison.Ordinal);
        var refused = await overseer.PostAsync($"{path}{posting}/end-answer", page, new() { ["answer"] = "no", ["reason"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"href=\"#end-answer-{StaffHost.PostingOf(Role.Vetting)}\"", await Body(refused), StringComparison.Ordinal);
        await AnswerAsync("no", "Nobody asked the person.");
        Assert.DoesNotContain("Send back", await overseer.TextAsync(path), StringComparison.Ordinal);
        // Whoever asked is told, and nobody else.
        Assert.Contains("sent back that this post end: Nobody asked the person.", await integrity.TextAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody asked the person.", await second.TextAsync(path), StringComparison.Ordinal);

        await AskAsync();
        page = await overseer.TextAsync(path);
        Assert.Contains("It can be agreed to from 5 March 2026", page, StringComparison.Ordinal);
        Assert.DoesNotContain("End this post now", page, StringComparison.Ordinal);
        var early = await overseer.PostAsync($"{path}{posting}/end-answer", page, new() { ["answer"] = "yes" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Contains("Three days have not gone by yet.", await Body(early), StringComparison.Ordinal);
        host.Clock.Now += HeldActs.Hold;
        (overseer, vetting) = (await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Vetting));
        page = await overseer.TextAsync(path);
        Assert.Contains("End this post now", page, StringComparison.Ordinal);
        await AnswerAsync("yes", "");
        Assert.Contains("\"roles\":[]", await vetting.TextAsync("/api/me"), StringComparison.Ordinal);
        var ended = Assert.Single(await host.RecordAsync(), r => r.Event is PostingEnded);
        Assert.Equal(StaffHost.Of(Role.Overseer), ended.Actor.Value);

        async Task AskAsync() => Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync($"{path}{posting}/end", await integrity.TextAsync(path), new() { ["reason"] = "Moves to another agency." })).StatusCode);

        async Task AnswerAsync(string answer, string reason) => Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync($"{path}{posting}/end-answer", page, new() { ["answer"] = answer, ["reason"] = reason })).StatusCode);

        static Task<string> Body(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Who_answers_reads_what_was_sent_back_before_and_when_an_overseer_answers()
    {
        await using var host = await StaffHost.StartAsync();
        var (commander, integrity) = (await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity));
        var (page, path) = ($"/people/{StaffHost.Of(Role.Officer)}", $"/api/postings/{StaffHost.PostingOf(Role.Officer)}/end");
        foreach (var why in (string[])["It was planned for May.", "Nobody replaces him."])
        {
            Assert.Equal(HttpStatusCode.Accepted, (await commander.PostJsonAsync(path, new { text = "The shift is made smaller." })).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync(path + "/answer", new { agree = false, reason = why })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Accepted, (await commander.PostJsonAsync(path, new { text = "The shift is made smaller." })).StatusCode);
        foreach (var (role, answers) in ((Role, bool)[])[(Role.Integrity, false), (Role.Overseer, true)])
        {
            var read = await (await host.SignedInAsync(role)).TextAsync(page);
            foreach (var told in (string[])["The shift is made smaller.", "Sent back by Quilombo Integrity, 2 March 2026", "It was planned for May.", "Nobody replaces him.", "It was sent back twice: an overseer answers it now."])
                Assert.Contains(told, read, StringComparison.Ordinal);
            Assert.Equal((answers, answers), (read.Contains("/end-answer", StringComparison.Ordinal), read.Contains("No report that your key opens protects this person.", StringComparison.Ordinal)));
        }

        Assert.DoesNotContain("It was planned for May.", await (await host.SignedInAsync(Role.Administrator)).TextAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_asks_and_answers_by_the_same_decisions()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        var (integrity, second) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(StaffHost.Other(0)));
        var path = $"/api/postings/{StaffHost.PostingOf(Role.Commander)}/end";
        Assert.Equal(HttpStatusCode.Accepted, (await integrity.PostJsonAsync(path, new { text = "Suspended." })).StatusCode);
        Assert.Contains("\"endAsked\":{", await second.TextAsync($"/api/people/{StaffHost.Of(Role.Commander)}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostJsonAsync(path + "/answer", new { agree = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync(path + "/answer", new { agree = false, reason = "A namesake." })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await integrity.PostJsonAsync(path, new { text = "Suspended." })).StatusCode);
        Assert.Contains(HeldActs.NotYet, await (await second.PostJsonAsync(path + "/answer", new { agree = true })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        host.Clock.Now += HeldActs.Hold;
        second = await host.SignedInAsync(StaffHost.Other(0));
        Assert.Equal(HttpStatusCode.NoContent, (await second.PostJsonAsync(path + "/answer", new { agree = true })).StatusCode);
        Assert.Contains(await host.RecordAsync(), r => r.Event is PostingEnded);
    }
}
