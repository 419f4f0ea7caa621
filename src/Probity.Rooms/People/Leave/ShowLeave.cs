using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Leave;

/// <summary>A leave in the picture of the year: where it begins and how wide it is, in percent.</summary>
public sealed record LeaveBar(double From, double Width, bool IsAgreed);

/// <summary>When somebody's leave is due, and what they take.</summary>
/// <param name="Name">Who.</param>
/// <param name="Post">Their sensitive post and its unit.</param>
/// <param name="Last">The last day of the last leave that was long enough.</param>
/// <param name="Due">When the next is due.</param>
/// <param name="Next">What is entered from today on, or else what was taken since and was too few days.</param>
/// <param name="State">How it stands.</param>
/// <param name="Tone">How urgent that is.</param>
/// <param name="Bars">Leaves in the picture.</param>
/// <param name="DueAt">Where in the picture it is due, in percent; null where that is outside of it.</param>
public sealed record LeaveLine(string Name, string Post, string? Last, string? Due, string? Next, string State, Tone Tone, IReadOnlyList<LeaveBar> Bars, double? DueAt);

/// <summary>A leave of the reader; what is said of it where it has too few days to count.</summary>
public sealed record OwnLeave(Guid Id, string Days, string StandsIn, string? TooFew, string State, Tone Tone, bool MayTakeBack, bool MayComeBack);

/// <summary>A leave that waits for the reader's answer; what is said of it where it has too few days to count.</summary>
public sealed record WaitingLeave(Guid Id, Guid Person, string Title, string Asked, string? TooFew);

/// <summary>All that the page of leave shows.</summary>
public sealed record LeaveSheet(
    LeaveLine? Own, IReadOnlyList<OwnLeave> OwnLeaves, IReadOnlyList<string> StandsInFor, IReadOnlyList<WaitingLeave> Waiting,
    bool Lists, string? Told, IReadOnlyList<LeaveLine> Lines, int Page, int Pages, IReadOnlyList<Choice> StandIns, int Least, int Every, DateOnly Begins, DateOnly Ends)
{
    /// <summary>The first day by which somebody's leave begins, where there is one.</summary>
    public string? FirstDue { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Whose leave is due: their own and its form to everybody, all to integrity and overseers, those of their units to commanders; and the forms of an answer.</summary>
internal sealed class ShowLeave(TakeLeave slice, LeaveReader leaves, When when, TimeProvider time)
{
    public const string Address = "/postings/leave";
    const int PageSize = 25, HalfYear = 183, OwnShown = 10;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowLeave show) =>
            SignedInPerson.Of(http.User) is { } reader ? await show.ShowAsync(http, reader) : Results.Unauthorized());
        pages.MapGet(Address + "/{what:regex(^(enter|answer|back|end)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(enter|answer|back|end)$)}", async (string what, HttpContext http, ShowLeave show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, what) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid by, string what)
    {
        var (raw, cancel) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        var typed = raw.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var (rules, now) = (await leaves.RulesAsync(cancel), time.GetUtcNow());
        var (form, wrong) = what == "enter" ? PersonChoices.Resolve(raw, ("standIn", StandIns(by, rules.Register, now))) : (raw, []);
        if (wrong.Count > 0) return await ShowAsync(http, by, wrong[0], typed);
        Guid Id(string field) => Guid.TryParse(form[field], out var id) ? id : Guid.Empty;
        var outcome = what switch
        {
            "enter" => await slice.HandleAsync(by, new TakeLeave.Entering(Guid.CreateVersion7(), DateParts.From(form, "from").ToDay(), DateParts.From(form, "to").ToDay(), Id("standIn")), cancel),
            "back" => await slice.HandleAsync(by, new TakeLeave.TakingBack(Id("leave")), cancel),
            "end" => await slice.HandleAsync(by, new TakeLeave.ComingBack(Id("leave")), cancel),
            _ => await slice.HandleAsync(by, new TakeLeave.Answer(Id("person"), Id("leave"), form["answer"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["refusal"]), cancel),
        };
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther(Address);
        }

        var refusal = (outcome as Outcome.Refused)?.Refusal;
        var field = refusal?.Code switch
        {
            TakeLeave.FromMissing or TakeLeave.Past or TakeLeave.Far or TakeLeave.Overlaps => "from",
            TakeLeave.ToMissing or TakeLeave.Length => "to",
            TakeLeave.StandIn when what == "enter" => "standIn",
            VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => $"refusal-{Id("leave"):D}",
            _ => "",
        };
        // What was typed, and is no day, is not asked for as if nothing had been.
        var isNoDay = refusal?.Code is TakeLeave.FromMissing or TakeLeave.ToMissing && !DateParts.From(form, field).IsEmpty;
        return await ShowAsync(http, by, new FieldError(field, LeaveText.Of(isNoDay ? "enter.no-day" : refusal?.Code ?? Answers.Stale)), typed, refusal);
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, FieldError? error = null, IReadOnlyDictionary<string, string>? typed = null, Refusal? refusal = null)
    {
        var (rules, now) = (await leaves.RulesAsync(http.RequestAborted), time.GetUtcNow());
        var (register, actor, today) = (rules.Register, Actor.From(rules.Register, reader, now), LeavePeriod.DayOf(now));
        var seen = LeaveAccess.Lists(http.User) ? leaves.All(rules, now).Where(d => LeaveAccess.Sees(actor, d.Post, register))
            .OrderBy(d => d.Due ?? DateTimeOffset.MaxValue).ThenBy(d => register.NameOf(d.Person), StringComparer.CurrentCulture).ThenBy(d => d.Person).ToList() : [];
        var pages = Math.Max(1, (seen.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var own = actor.Posts.Length > 0 ? LeaveDue.Of(reader, rules, now) : null;
        return Rendered.Page<LeavePage>(new
        {
            Sheet = new LeaveSheet(
                own is null ? null : LineOf(own, rules, now),
                [.. rules.Leaves.Of(reader).Where(l => l.StandsOn(today)).Reverse().Take(OwnShown).Select(l => OwnOf(l, rules, today))],
                [.. rules.Leaves.StoodInBy(reader, today).Select(l => LeaveText.Say("stands-in-for", register.NameOf(l.Person), when.Day(l.From), when.Day(l.To)))],
                [.. rules.Leaves.Waiting(today).Where(l => !register.People[l.Person].IsErased && LeaveAccess.RefusesAnswer(actor, l.Person, register, now) is null).Take(PageSize).Select(l => WaitingOf(l, rules))],
                LeaveAccess.Lists(http.User),
                seen.Count == 0 ? null : rules.Policy.Began is null ? LeaveText.Of("unbound") : LeaveText.Say("told", Figures.Whole(seen.Count(d => d.IsOverAt(now))), Figures.Whole(seen.Count)),
                [.. seen.Skip((page - 1) * PageSize).Take(PageSize).Select(d => LineOf(d, rules, now))], page, pages,
                own is null ? [] : StandIns(reader, register, now), rules.Policy.Of(PolicyRules.LeaveLeast), rules.Policy.Of(PolicyRules.LeaveEvery), today.AddDays(-HalfYear), today.AddDays(HalfYear))
            {
                FirstDue = seen.FirstOrDefault()?.Due is { } first ? when.Day(first) : null, Errors = error is null ? [] : [error], Typed = typed ?? new Dictionary<string, string>(),
                TurnTo = refusal?.Reroute is { People.Count: > 0 } to ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static IReadOnlyList<Choice> StandIns(Guid person, Register register, DateTimeOffset now) =>
        [.. LeaveAccess.StandIns(person, register, now).Select(p => new Choice(p.ToString("D"), $"{register.NameOf(p)}, {register.PostsOf(p, now).First().Title}")).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    OwnLeave OwnOf(LeavePeriod leave, LeaveRules rules, DateOnly today) => new(
        leave.Id, DaysOf(leave), LeaveText.Say("stood-in-by", rules.Register.NameOf(leave.StandIn)), TooFewOf(leave, rules),
        LeaveText.Of(!leave.IsAgreed ? "leave.waits" : leave.RunsOn(today) ? "leave.runs" : leave.To < today ? "leave.taken" : "leave.agreed"),
        leave.IsAgreed && !rules.Leaves.IsTooFew(leave, today) ? Tone.Good : Tone.Attention, leave.From > today, leave.RunsOn(today));

    WaitingLeave WaitingOf(LeavePeriod leave, LeaveRules rules) =>
        new(leave.Id, leave.Person, rules.Register.NameOf(leave.Person), $"{DaysOf(leave)}. {LeaveText.Say("stood-in-by", rules.Register.NameOf(leave.StandIn))}", TooFewOf(leave, rules));

    static string? TooFewOf(LeavePeriod leave, LeaveRules rules)
    {
        var least = leave.Least ?? rules.Policy.Of(PolicyRules.LeaveLeast);
        return rules.Leaves.IsEnough(leave, least) ? null : LeaveText.Say("leave.short", leave.To.DayNumber - leave.From.DayNumber + 1, least);
    }

    string DaysOf(LeavePeriod leave) => LeaveText.Say("days", when.Day(leave.From), when.Day(leave.To), leave.To.DayNumber - leave.From.DayNumber + 1);

    LeaveLine LineOf(LeaveDue due, LeaveRules rules, DateTimeOffset now)
    {
        var (post, today, warning) = (rules.Register.Posts[due.Post], LeavePeriod.DayOf(now), due.WarningAt(now));
        var (all, days) = (rules.Leaves.Of(due.Person).Where(l => l.StandsOn(today)).ToList(), due.Due is { } at ? (int)Math.Ceiling((at - now).TotalDays) : 0);
        var runs = all.Exists(l => l.RunsOn(today));
        return new LeaveLine(
            rules.Register.NameOf(due.Person), $"{post.Title}, {rules.Register.Units[post.Unit].Name}", due.Last is { } last ? when.Day(last) : null, due.Due is { } end ? when.Day(end) : null,
            all.Find(l => l.To >= today) is { } next
                ? $"{DaysOf(next)}. {LeaveText.Say("stood-in-by", rules.Register.NameOf(next.StandIn))}{(next.IsAgreed ? null : " " + LeaveText.Of("next-waits"))}{(TooFewOf(next, rules) is { } tooFew ? " " + tooFew : null)}"
                : all.FindLast(l => rules.Leaves.IsTooFew(l, today) && !(l.To <= due.Last)) is { } few ? $"{DaysOf(few)}. {LeaveText.Of("leave.too-few")}" : null,
            runs ? LeaveText.Of("leave.runs") : due.Due is null ? LeaveText.Of("state.unbound")
                : warning switch { null => LeaveText.Of(due.IsPlanned ? "state.planned" : "state.fine"), 0 => LeaveText.Of("state.over"), _ when days < 2 => LeaveText.Of("state.tomorrow"), _ => LeaveText.Say("state.days", days) },
            warning switch { 0 => Tone.Urgent, null => due.Due is null ? Tone.Neutral : Tone.Good, 30 => Tone.Info, _ => Tone.Attention },
            [.. all.Where(l => l.To >= today.AddDays(-HalfYear) && l.From <= today.AddDays(HalfYear)).Select(l => BarOf(l, today))],
            due.Due is { } mark && Math.Abs((mark - now).TotalDays) <= HalfYear ? At(LeavePeriod.DayOf(mark), today) : null);
    }

    static double At(DateOnly day, DateOnly today) => Math.Clamp((day.DayNumber - today.DayNumber + HalfYear) * 100d / (2 * HalfYear), 0, 100);

    static LeaveBar BarOf(LeavePeriod leave, DateOnly today) =>
        new(At(leave.From, today), At(leave.To.AddDays(1), today) - At(leave.From, today), leave.IsAgreed);
}
