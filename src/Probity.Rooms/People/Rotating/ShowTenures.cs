using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Rotating;

/// <summary>Somebody's time in a sensitive post.</summary>
public sealed record TenureLine(string Name, string Post, string Unit, DateTimeOffset Since, string Served, DateTimeOffset? Until, string State, Tone Tone, string? Extension);

/// <summary>How many people have been in their sensitive post for so many months: from <paramref name="From"/> on, to below <paramref name="To"/>; the last one is open.</summary>
public sealed record TenureBar(int From, int To, bool IsLast, int People, bool IsOver);

/// <summary>An extension that waits.</summary>
public sealed record WaitingExtension(Guid Id, Guid Person, string Title, string Asked, string Reason, bool MayAnswer);

/// <summary>All that the page of postings over time shows.</summary>
public sealed record TenureSheet(
    IReadOnlyList<TenureLine> Own, bool Lists, string? Told, IReadOnlyList<TenureBar> Bars, int Most, IReadOnlyList<TenureLine> Lines, int Page, int Pages,
    IReadOnlyList<WaitingExtension> Waiting, IReadOnlyList<Choice> MayAskFor, int MonthsMost)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Whether the reader sees the plan of rotation.</summary>
    public bool SeesPlan { get; init; }

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>How long people are in sensitive posts: their own to everybody, all to integrity and overseers, those of their units to commanders; and the forms of an extension.</summary>
internal sealed class ShowTenures(ExtendTenure slice, TenureReader tenures, When when, TimeProvider time)
{
    public const string Address = "/postings";
    const int PageSize = 25, BarMonths = 6, MostBars = 12;

    // A month of the Gregorian calendar, on the average.
    const double DaysOfMonth = 30.436875;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowTenures show) =>
            SignedInPerson.Of(http.User) is { } reader ? await show.ShowAsync(http, reader) : Results.Unauthorized());
        pages.MapGet(Address + "/{what:regex(^(extend|answer)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(extend|answer)$)}", async (string what, HttpContext http, ShowTenures show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, what) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid by, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var ids = form["who"].ToString().Split(' ');
        var (person, post) = ids.Length == 2 && Guid.TryParse(ids[0], out var p) && Guid.TryParse(ids[1], out var q) ? (p, q) : (Guid.Empty, Guid.Empty);
        if (what == "extend" && post == Guid.Empty) return await ShowAsync(http, by, new FieldError("who", RotatingText.Of("who-missing")), typed);
        Guid Id(string field) => Guid.TryParse(form[field], out var id) ? id : Guid.Empty;
        var outcome = what == "extend"
            ? await slice.HandleAsync(by, new ExtendTenure.Proposal(
                Guid.CreateVersion7(), person, post, int.TryParse(form["months"].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var months) ? months : null, form["reason"]), http.RequestAborted)
            : await slice.HandleAsync(by, new ExtendTenure.Answer(Id("person"), Id("extension"), form["answer"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["refusal"]), http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther(Address);
        }

        var refusal = (outcome as Outcome.Refused)?.Refusal;
        var field = refusal?.Code switch
        {
            ExtendTenure.Months => "months",
            ExtendTenure.None or ExtendTenure.Early or ExtendTenure.Once or ExtendTenure.Waits => "who",
            VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => what == "extend" ? "reason" : $"refusal-{Id("extension"):D}",
            _ => "",
        };
        return await ShowAsync(http, by, new FieldError(field, RotatingText.Of(refusal?.Code ?? Answers.Stale)), typed, refusal);
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, FieldError? error = null, IReadOnlyDictionary<string, string>? typed = null, Refusal? refusal = null)
    {
        var (rules, now) = (await tenures.RulesAsync(http.RequestAborted), time.GetUtcNow());
        var (register, actor) = (rules.Register, Actor.From(rules.Register, reader, now));
        var seen = TenureAccess.Lists(http.User) ? TenureReader.All(rules, now).Where(t => TenureAccess.Sees(actor, register.Posts[t.Post], register))
            .OrderBy(t => t.Until ?? DateTimeOffset.MaxValue).ThenBy(t => register.NameOf(t.Person), StringComparer.CurrentCulture).ThenBy(t => t.Person).ToList() : [];
        var pages = Math.Max(1, (seen.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var over = seen.Where(t => t.IsOverAt(now)).Select(t => t.Post).Distinct().Count();
        var (graced, extended) = Reached(seen, rules.Policy.Of(PolicyRules.TenureMost), now);
        return Rendered.Page<TenuresPage>(new
        {
            Sheet = new TenureSheet(
                [.. actor.Posts.Select(p => Tenure.Of(reader, p.Id, rules, now)).OfType<Tenure>().Select(t => LineOf(t, rules, now))], TenureAccess.Lists(http.User),
                seen.Count == 0 ? null : rules.Policy.Began is null ? RotatingText.Of("unbound") : string.Join(' ', [
                    RotatingText.Say("told", Figures.Whole(over), Figures.Whole(seen.Select(t => t.Post).Distinct().Count())), .. graced == 0 ? (string[])[] : [RotatingText.Say("told.spared", Figures.Whole(graced))], .. extended == 0 ? (string[])[] : [RotatingText.Say("told.extended", Figures.Whole(extended))]]),
                BarsOf(seen, rules, now), rules.Policy.Of(PolicyRules.TenureMost), [.. seen.Skip((page - 1) * PageSize).Take(PageSize).Select(t => LineOf(t, rules, now))], page, pages,
                [.. rules.Extensions.Waiting.Where(e => register.Posts.TryGetValue(e.Post, out var post) && !register.People[e.Person].IsErased && TenureAccess.Sees(actor, post, register))
                    .Take(PageSize).Select(e => WaitingOf(e, actor, register, now))],
                [.. seen.Where(t => MayAskFor(t, rules, actor, now)).Select(t => new Choice($"{t.Person:D} {t.Post:D}", $"{register.NameOf(t.Person)}, {register.Posts[t.Post].Title}"))],
                rules.Policy.Of(PolicyRules.TenureExtended))
            {
                SeesPlan = Planning.PlanAccess.Sees(http.User), Errors = error is null ? [] : [error], Typed = typed ?? new Dictionary<string, string>(),
                TurnTo = refusal?.Reroute is { People.Count: > 0 } to ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static bool MayAskFor(Tenure tenure, TenureRules rules, Actor actor, DateTimeOffset now) => tenure.Extension is null && tenure.WarningAt(now) is not null
        && TenureAccess.Refuses(TenureAction.AskExtension, actor, tenure.Person, rules.Register.Posts[tenure.Post], null, rules.Register, now) is null;

    static WaitingExtension WaitingOf(Extension extension, Actor actor, Register register, DateTimeOffset now) => new(
        extension.Id, extension.Person, $"{register.NameOf(extension.Person)}, {register.Posts[extension.Post].Title}", RotatingText.Say("asked", register.NameOf(extension.By), extension.Months), extension.Reason,
        TenureAccess.Refuses(TenureAction.AnswerExtension, actor, extension.Person, register.Posts[extension.Post], extension.By, register, now) is null);

    /// <summary>
    /// Who has been there for as many whole months as the limit, or more, and whose time is not over, which picture and table alone would not explain: because the limit came after them, or because
    /// an extension was agreed to.
    /// </summary>
    internal static (int Graced, int Extended) Reached(IReadOnlyList<Tenure> seen, int most, DateTimeOffset now)
    {
        var reached = seen.Where(t => t.Until > now && MonthsOf(t) >= most).ToList();
        var extended = reached.Count(t => t.Extension?.AgreedAt is not null);
        return (reached.Count - extended, extended);
    }

    static int MonthsOf(Tenure tenure) => (int)(tenure.Served.TotalDays / DaysOfMonth);

    TenureLine LineOf(Tenure tenure, TenureRules rules, DateTimeOffset now)
    {
        var (post, warning) = (rules.Register.Posts[tenure.Post], tenure.WarningAt(now));
        var days = tenure.Until is { } until ? (int)Math.Ceiling((until - now).TotalDays) : 0;
        return new TenureLine(
            rules.Register.NameOf(tenure.Person), post.Title, rules.Register.Units[post.Unit].Name, tenure.Since, RotatingText.Say("months", MonthsOf(tenure)), tenure.Until,
            tenure.Until is null ? RotatingText.Of("state.unbound") : warning switch { null => RotatingText.Of("state.fine"), 0 => RotatingText.Of("state.over"), _ when days < 2 => RotatingText.Of("state.tomorrow"), _ => RotatingText.Say("state.days", days) },
            warning switch { null => tenure.Until is null ? Tone.Neutral : Tone.Good, 0 => Tone.Urgent, Tenure.First => Tone.Info, _ => Tone.Attention },
            tenure.Extension is not { } extension ? null : extension.AgreedAt is { } at ? RotatingText.Say("extended", extension.Months, when.Day(at)) : RotatingText.Say("extension-waits", extension.Months));
    }

    static IReadOnlyList<TenureBar> BarsOf(List<Tenure> tenures, TenureRules rules, DateTimeOffset now)
    {
        if (tenures.Count == 0) return [];
        var longest = Math.Max(tenures.Max(MonthsOf), rules.Policy.Of(PolicyRules.TenureMost) + BarMonths - 1);
        var bars = Math.Min(MostBars, longest / BarMonths + 1);
        return [.. Enumerable.Range(0, bars).Select(i => (From: i * BarMonths, IsLast: i == bars - 1)).Select(b =>
        {
            var of = tenures.Where(t => MonthsOf(t) >= b.From && (b.IsLast || MonthsOf(t) < b.From + BarMonths)).ToList();
            return new TenureBar(b.From, b.From + BarMonths, b.IsLast, of.Count, of.Any(t => t.IsOverAt(now)));
        })];
    }
}
