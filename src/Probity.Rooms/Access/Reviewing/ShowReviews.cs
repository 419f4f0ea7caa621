using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Reviewing;

/// <summary>A unit in the list of reviews.</summary>
public sealed record UnitReviewLine(Guid Unit, string Name, DateTimeOffset? Last, DateTimeOffset? Due, string State, Tone Tone, bool IsOpen, int Waiting);

/// <summary>A line of a review. <paramref name="Waits"/>: since when a removal that was confirmed is not carried out; <paramref name="Removed"/>: when it was.</summary>
public sealed record ReviewPageLine(
    Guid Posting, Guid Person, string Name, string Post, string Role, bool SignsIn, DateTimeOffset? LastSignIn, bool Dormant, string? Said, string? By, bool IsOwnWord, string? Reason, bool MaySay, bool Over, DateTimeOffset? Waits, DateTimeOffset? Removed);

/// <summary>All that the page of a unit's review shows.</summary>
public sealed record ReviewSheet(Guid Unit, string Name, string State, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<ReviewPageLine> Lines, IReadOnlyList<string> NewSince, int Left)
{
    /// <summary>The review shown; null where there is none.</summary>
    public Guid? Review { get; init; }

    /// <summary>The version of the unit's reviews that the page shows.</summary>
    public long Version { get; init; }

    /// <summary>What makes a form that is sent twice one.</summary>
    public Guid Key { get; init; }

    /// <summary>Whether the reader may open a review.</summary>
    public bool MayBegin { get; init; }

    /// <summary>Whether the reader may confirm or send back.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>Whether all is said and nobody has confirmed it.</summary>
    public bool WaitsForConfirmation { get; init; }

    /// <summary>Reviews that were confirmed before.</summary>
    public IReadOnlyList<Link> Earlier { get; init; } = [];

    /// <summary>The page.</summary>
    public int Number { get; init; } = 1;

    /// <summary>How many there are.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>What was typed into the form that was refused.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Shows the reviews of units' access, and takes the forms about them. To whoever does not see a unit there is nothing.</summary>
internal sealed class ShowReviews(ReviewUnit slice, ReviewReader reviews, IRegister registers, IPolicies policies, When when, TimeProvider time)
{
    const string Address = "/people/reviews/{unit:guid}";
    const int UnitsOnPage = 25, LinesOnPage = 50, Quarters = 8, EarlierShown = 12;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/people/reviews", (HttpContext http, ShowReviews show) => show.ListAsync(http));
        pages.MapGet(Address, (Guid unit, HttpContext http, ShowReviews show) => show.ShowAsync(http, unit, null, null));
        pages.MapGet(Address + "/{what:regex(^(begin|say|answer)$)}", (Guid unit) => new SeeOther($"/people/reviews/{unit:D}"));
        pages.MapPost(Address + "/{what:regex(^(begin|say|answer)$)}", (Guid unit, string what, HttpContext http, ShowReviews show) => show.TakeAsync(http, unit, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid unit, string what)
    {
        if (SignedInPerson.Of(http.User) is not { } by) return Results.Unauthorized();
        var (form, cancel) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        var register = await registers.ReadAsync(cancel);
        if (!ReviewAccess.Sees(Actor.From(register, by, time.GetUtcNow()), unit, register)) return Results.NotFound();
        _ = Guid.TryParse(form["review"], out var review);
        var outcome = what switch
        {
            "begin" => await slice.BeginAsync(by, unit, ReviewUnit.IdOf(by, Guid.TryParse(form["key"], out var key) ? key : Guid.CreateVersion7()), cancel),
            "say" => await slice.SayAsync(by, unit, new(review, LinesOf(form)), cancel),
            _ => await slice.AnswerAsync(by, unit, new(
                review, long.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null, form["answer"] == "yes", form["reason"]), cancel),
        };
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, unit, outcome, form);
        http.Wrote(index);
        return new SeeOther($"/people/reviews/{unit:D}" + (PageOf(http) is > 1 and var page ? FormattableString.Invariant($"?page={page}") : ""));
    }

    static List<ReviewUnit.Line> LinesOf(IFormCollection form) =>
        [.. form.Where(f => f.Key.StartsWith("keep-", StringComparison.Ordinal) && Guid.TryParse(f.Key.AsSpan(5), out _)).Select(f => new ReviewUnit.Line(
            Guid.Parse(f.Key.AsSpan(5)), f.Value.ToString() switch { "yes" => true, "no" => false, _ => null }, form["reason-" + f.Key[5..]]))];

    async Task<IResult> ShowAsync(HttpContext http, Guid unit, Outcome? outcome, IFormCollection? form)
    {
        if (SignedInPerson.Of(http.User) is not { } by) return Results.Unauthorized();
        var (cancel, now, register) = (http.RequestAborted, time.GetUtcNow(), await registers.ReadAsync(http.RequestAborted));
        var actor = Actor.From(register, by, now);
        if (!ReviewAccess.Sees(actor, unit, register)) return Results.NotFound();
        var facts = new ReviewFacts(unit, await reviews.ReadWholeAsync(unit, cancel), await policies.ReadAsync(cancel), register, actor, now);
        var own = facts.Own;
        var review = Guid.TryParse(http.Request.Query["review"], out var asked) && own.All.Find(r => r.Id == asked) is { } older ? older : own.Open ?? own.LastConfirmed;
        var underWay = review is not null && review == own.Open && !review.IsStaleAt(now);
        var all = (review?.Postings ?? [.. facts.InForce]).Select(p => register.Postings[p]).OrderBy(p => register.NameOf(p.Person), StringComparer.CurrentCulture).ThenBy(p => p.Id).ToList();
        var pages = Math.Max(1, (all.Count + LinesOnPage - 1) / LinesOnPage);
        var number = Math.Clamp(PageOf(http), 1, pages);
        var lines = all.Skip((number - 1) * LinesOnPage).Take(LinesOnPage).ToList();
        var with = await reviews.WithCredentialsAsync(lines.Select(l => l.Person).Distinct());
        var shown = new List<ReviewPageLine>();
        foreach (var line in lines) shown.Add(LineOf(line, review, underWay, facts, with.Contains(line.Person), await reviews.LastSignInAsync(line.Person, cancel)));
        var (state, tone) = StateOf(facts);
        var sheet = new ReviewSheet(
            unit, register.Units[unit].Name, state, tone, FactsOf(review, facts), shown,
            review is null ? [] : [.. facts.InForce.Except(review.Postings).Select(p => register.Postings[p]).Select(p => $"{register.NameOf(p.Person)}, {register.Posts[p.Post].Title}").Order(StringComparer.CurrentCulture)],
            underWay ? facts.Left.Count() : 0)
        {
            Review = review?.Id, Version = own.Version, Key = Guid.TryParse(form?["key"], out var key) ? key : Guid.CreateVersion7(), Number = number, Pages = pages,
            MayBegin = (own.Open is null || own.Open.IsStaleAt(now)) && facts.InForce.Count > 0 && ReviewAccess.RefusesBegin(facts) is null,
            WaitsForConfirmation = underWay && review!.Returned is null && !facts.Left.Any(),
            MayAnswer = underWay && review!.Returned is null && !facts.Left.Any() && ReviewAccess.RefusesAnswer(facts) is null,
            Earlier = [.. own.All.Where(r => r.Confirmed is not null && r != review).TakeLast(EarlierShown).Reverse().Select(r => new Link($"/people/reviews/{unit:D}?review={r.Id:D}", when.Day(r.Confirmed!.Value.At)))],
            Typed = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [],
        };
        var code = PeopleReader.ErrorOf(outcome);
        return Rendered.Page<ReviewPage>(new { Sheet = sheet, Error = code, ErrorField = FieldOf(code, form) }, PeopleReader.StatusOf(outcome));
    }

    static ReviewPageLine LineOf(Posting line, Review? review, bool underWay, ReviewFacts facts, bool signsIn, DateTimeOffset? last)
    {
        var (register, now, post) = (facts.Register, facts.Now, facts.Register.Posts[line.Post]);
        // What is said of somebody's own posting is not theirs to read here.
        var said = line.Person == facts.Actor.Person ? null : review?.Said.GetValueOrDefault(line.Id);
        var over = !line.InForceAt(now);
        var removal = review?.Confirmed is not null && said is { Keep: false } ? review.Confirmed.Value.At : (DateTimeOffset?)null;
        return new ReviewPageLine(
            line.Id, line.Person, register.NameOf(line.Person), post.Title, AccessText.Get("role." + post.Role), signsIn, last, !over && signsIn && ReviewDue.IsDormant(line, last, facts.Policy, now),
            said is null ? null : said.Keep ? "keep" : "remove", said is null ? null : register.NameOf(said.By), said?.By == facts.Actor.Person,
            said is null ? null : facts.Own.Reasons.GetValueOrDefault((review!.Id, line.Id)), underWay && !over && ReviewAccess.RefusesSay(line, facts) is null, over, over ? null : removal, over && removal is not null ? line.Ends : null);
    }

    List<SummaryItem> FactsOf(Review? review, ReviewFacts facts)
    {
        var items = new List<SummaryItem>();
        if (ReviewDue.Of(facts) is { } due) items.Add(new(AccessText.Get("review.due"), when.Day(due)));
        if (review is null)
        {
            // Nobody waits for somebody without knowing for whom.
            var commanders = ReviewAccess.CommandersOf(facts.Unit, facts.Register, facts.Now);
            var integrity = commanders.Count == 0 || ReviewDue.Of(facts) <= facts.Now ? [AccessText.Get("role.Integrity")] : (string[])[];
            items.Add(new(AccessText.Get("review.opener"), string.Join(", ", [.. commanders.Select(facts.Register.NameOf), .. integrity])));
            return items;
        }

        items.Add(new(AccessText.Get("review.begun"), $"{facts.Register.NameOf(review.By)}, {when.Moment(review.Begun)}"));
        if (review.Returned is { } why) items.Add(new(AccessText.Get("review.returned"), why));
        if (review.Confirmed is var (at, by, _)) items.Add(new(AccessText.Get("review.confirmed"), $"{facts.Register.NameOf(by)}, {when.Moment(at)}"));
        return items;
    }

    async Task<IResult> ListAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } by) return Results.Unauthorized();
        var (cancel, now, register, policy) = (http.RequestAborted, time.GetUtcNow(), await registers.ReadAsync(http.RequestAborted), await policies.ReadAsync(http.RequestAborted));
        var actor = Actor.From(register, by, now);
        if (!actor.Has(Role.Integrity) && !actor.Has(Role.Overseer) && !actor.Has(Role.Commander)) return Results.Forbid();
        var (lines, settled) = (new List<UnitReviewLine>(), new List<(DateTimeOffset At, bool InTime)>());
        foreach (var unit in register.Units.Values.Where(u => ReviewAccess.Sees(actor, u.Id, register)))
        {
            var facts = new ReviewFacts(unit.Id, await reviews.ReadAsync(unit.Id, cancel), policy, register, actor, now);
            settled.AddRange(ReviewDue.Settled(facts));
            if (facts.InForce.Count == 0) continue;
            var (state, tone) = StateOf(facts);
            lines.Add(new UnitReviewLine(
                unit.Id, unit.Name, facts.Own.LastConfirmed?.Confirmed?.At, ReviewDue.Of(facts), state, tone, facts.Own.Open is { } open && !open.IsStaleAt(now),
                facts.Own.Removals.Keys.Select(p => register.Postings[p]).Count(p => p.Person != by && p.InForceAt(now))));
        }

        var pages = Math.Max(1, (lines.Count + UnitsOnPage - 1) / UnitsOnPage);
        var page = Math.Clamp(PageOf(http), 1, pages);
        return Rendered.Page<ReviewsPage>(new
        {
            Lines = (IReadOnlyList<UnitReviewLine>)[.. lines.OrderBy(l => l.Due ?? DateTimeOffset.MaxValue).ThenBy(l => l.Name, StringComparer.CurrentCulture).ThenBy(l => l.Unit)
                .Skip((page - 1) * UnitsOnPage).Take(UnitsOnPage)],
            InTime = settled.Count(s => s.InTime), All = settled.Count, Quarters = ReviewDue.ByQuarter(settled, Quarters), Number = page, Pages = pages,
        });
    }

    static (string State, Tone Tone) StateOf(ReviewFacts facts) => ReviewDue.Of(facts) is not { } due ? ("none", Tone.Neutral)
        : ReviewDue.BandOf(due, facts.Now) switch { "over" => ("overdue", Tone.Urgent), null => ("fine", Tone.Good), _ => ("soon", Tone.Attention) };

    static int PageOf(HttpContext http) => int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;

    // A reason that is missing belongs to the first line that says remove without a fit one.
    static string FieldOf(string? code, IFormCollection? form) => code is not ("text.reason-missing" or "text.too-long" or "text.characters") || form is null ? ""
        : LinesOf(form).Find(l => l.Keep == false && PlainText.Refuses(l.Reason, PlainText.MaxReason, code) is not null) is { } line ? $"reason-{line.Posting:D}" : "reason";
}
