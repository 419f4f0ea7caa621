using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Rotating.Planning;

/// <summary>Somebody in a post from a month on, to below another.</summary>
public sealed record PlanBar(int From, int To, string Name, bool IsNew, int? LimitAt);

/// <summary>A post month by month.</summary>
public sealed record PlanRow(string Post, IReadOnlyList<PlanBar> Bars);

/// <summary>Who takes over which post in which month, and what they leave.</summary>
public sealed record MoveLine(string Month, string Name, string Post, string? Leaves);

/// <summary>A plan that was worked out.</summary>
public sealed record DrawnSheet(
    Guid Id, string Unit, string Told, bool IsProven, string Hash, IReadOnlyList<string> Shortages, IReadOnlyList<string> Overlong, IReadOnlyList<PlanRow> Rows, int Months, string First, string Last,
    IReadOnlyList<MoveLine> Moves, bool MayPropose)
{
    /// <summary>How many moves are between like posts of one unit; null where none is.</summary>
    public string? Like { get; init; }
}

/// <summary>A plan on the record.</summary>
public sealed record RecordedSheet(Guid Id, string Told, string Hash, IReadOnlyList<MoveLine> Moves, IReadOnlyList<string> Deviations, bool MayAnswer)
{
    /// <summary>How many moves are between like posts of one unit; null where none is.</summary>
    public string? Like { get; init; }
}

/// <summary>All that the page of the plan shows.</summary>
public sealed record PlanSheet(IReadOnlyList<Choice> Units, bool MayDraw, bool IsWorking, DrawnSheet? Drawn, RecordedSheet? Waiting, RecordedSheet? Adopted)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>The plan of rotation: has one worked out, shows it as a picture and as a table, and what became of the adopted one.</summary>
internal sealed class ShowPlan(PlanRotation slice, FoldedStream<Requirements> requirements, IRegister registers, When when, TimeProvider time)
{
    public const string Address = "/postings/plan";
    const int MostRows = 60;
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowPlan show) => PlanAccess.Sees(http.User) ? await show.ShowAsync(http) : Results.Forbid());
        pages.MapGet(Address + "/{what:regex(^(draw|propose|answer)$)}", () => new SeeOther(Address));
        pages.MapPost(Address + "/{what:regex(^(draw|propose|answer)$)}", async (string what, HttpContext http, ShowPlan show) =>
            PlanAccess.Sees(http.User) ? await show.TakeAsync(http, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var id = Guid.TryParse(form[what == "draw" ? "unit" : "plan"], out var known) ? known : Guid.Empty;
        var outcome = what switch
        {
            "draw" => await slice.DrawUpAsync(person, id, cancel),
            "propose" => await slice.ProposeAsync(person, id, cancel),
            _ => await slice.HandleAsync(person, new PlanRotation.Answer(id, form["answer"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["refusal"]), cancel),
        };
        if (outcome is Outcome.Done(var index))
        {
            if (what == "draw") await slice.WaitAsync(s_patience);
            else http.Wrote(index);
            return new SeeOther(Address);
        }

        var code = (outcome as Outcome.Refused)?.Refusal.Code;
        var field = code switch
        {
            PlanRotation.UnitUnknown or PlanRotation.Large or PlanRotation.Empty => "unit",
            VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => "refusal",
            _ => "",
        };
        return await ShowAsync(http, new FieldError(field, RotatingText.Of(code ?? Answers.Stale)), form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()));
    }

    async Task<IResult> ShowAsync(HttpContext http, FieldError? error = null, IReadOnlyDictionary<string, string>? typed = null)
    {
        var (known, register, now) = (await slice.ReadAsync(http.RequestAborted), await registers.ReadAsync(http.RequestAborted), time.GetUtcNow());
        var actor = Actor.From(register, SignedInPerson.Of(http.User)!.Value, now);
        var marked = (await requirements.ReadAsync(http.RequestAborted)).Marked.Keys.Where(register.Posts.ContainsKey).Select(p => register.Posts[p].Unit).ToHashSet();
        var drawn = actor.Has(Role.Integrity) ? slice.Newest : null;
        return Rendered.Page<PlanPage>(new
        {
            Sheet = new PlanSheet(
                [.. register.Units.Values.Where(u => marked.Any(m => register.IsWithin(m, u.Id))).OrderBy(u => u.Parent is null ? 0 : 1).ThenBy(u => u.Name, StringComparer.CurrentCulture).ThenBy(u => u.Id).Select(u => new Choice(u.Id.ToString("D"), u.Name))],
                PlanAccess.Refuses(PlanAction.DrawUp, actor, [], null, register, now) is null, slice.IsWorking,
                drawn is null || drawn.Id == known.Waiting?.Plan.Plan || drawn.Id == known.Adopted?.Plan.Plan ? null : SheetOf(drawn, known, actor, register, now),
                known.Waiting is { } waiting ? SheetOf(waiting, "plan.waiting", PlanAccess.Refuses(PlanAction.Answer, actor, waiting.Plan.Moves, waiting.By, register, now) is null, register, now) : null,
                known.Adopted is { } adopted ? SheetOf(adopted, "plan.adopted", false, register, now) : null)
            {
                Errors = error is null ? [] : [error], Typed = typed ?? new Dictionary<string, string>(),
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    RecordedSheet SheetOf(RecordedPlan recorded, string key, bool mayAnswer, Register register, DateTimeOffset now)
    {
        var plan = recorded.Plan;
        return new RecordedSheet(
            plan.Plan, RotatingText.Say(
                key, register.Units[plan.Unit].Name, register.NameOf(recorded.By), MonthOf(plan.Begin, 0), Figures.Whole(plan.Moves.Count), Figures.Whole(plan.Overlong), Figures.Whole(plan.Missing), plan.Policy,
                recorded.AdoptedBy is { } by ? register.NameOf(by) : "", when.Day(recorded.AdoptedAt ?? recorded.At)),
            plan.Input, LinesOf(plan.Moves, plan.Begin, register, _ => null),
            recorded.AdoptedAt is null ? [] : [.. Deviation.Of(plan, register, now).Select(d => RotatingText.Say(
                "plan.deviation", PostOf(d.Move.Post, register), register.NameOf(d.Move.Person), MonthOf(plan.Begin, d.Move.Month),
                d.Holders.Count == 0 ? RotatingText.Of("plan.vacant") : string.Join(", ", d.Holders.Select(register.NameOf))))], mayAnswer)
        {
            Like = recorded.AdoptedAt is null ? LikeOf(plan.Moves, register, now) : null,
        };
    }

    static DrawnSheet SheetOf(DrawnPlan drawn, Rotation known, Actor actor, Register register, DateTimeOffset now)
    {
        var (input, plan) = (drawn.Input, drawn.Plan);
        var rows = input.Posts.Index().Where(p => register.Posts.ContainsKey(p.Item.Id)).OrderBy(p => PostOf(p.Item.Id, register), StringComparer.CurrentCulture)
            .Select(p => new PlanRow(PostOf(p.Item.Id, register), BarsOf(p.Item, plan.Held[p.Index], input, register))).ToList();
        return new DrawnSheet(
            drawn.Id, register.Units[drawn.Unit].Name, RotatingText.Say(plan.IsProven ? "plan.proven" : "plan.best", Figures.Whole(plan.Moves.Count), Figures.Whole(plan.TooLong), Figures.Whole(plan.Missing)),
            plan.IsProven, drawn.Hash, ShortagesOf(plan, input, register),
            [.. plan.Overlong.Select(o => RotatingText.Say("plan.overlong-line", PostOf(o.Post, register), register.NameOf(o.Person), o.Months, MonthOf(input.Begin, o.Month),
                input.Fits.Where(f => f.Post == o.Post && f.Person != o.Person && f.From <= o.Month && f.To > o.Month).Select(f => f.Person).Distinct().Count()))],
            [.. rows.Take(MostRows)], input.Months, MonthOf(input.Begin, 0), MonthOf(input.Begin, input.Months - 1),
            LinesOf(plan.Moves, input.Begin, register, m => LeavesOf(m, input, plan)), PlanAccess.Refuses(PlanAction.DrawUp, actor, plan.Moves, null, register, now) is null && known.Waiting is null)
        {
            Like = LikeOf(plan.Moves, register, now),
        };
    }

    static string? LikeOf(IReadOnlyList<PlannedMove> moves, Register register, DateTimeOffset now) => LikeMoves.Count(moves, register, now) switch
    {
        0 => null,
        var all when all == moves.Count => RotatingText.Of("plan.all-like"),
        var some => RotatingText.Say("plan.some-like", Figures.Whole(some), Figures.Whole(moves.Count)),
    };

    // What cannot be kept is said with who could, month after month of the same in one line.
    static List<string> ShortagesOf(RotationPlan plan, PlanInput input, Register register)
    {
        var lines = new List<string>();
        foreach (var of in plan.Shortages.GroupBy(s => (s.Unit, s.Role, s.Missing, Able: AbleOf(s, input))))
        {
            var months = of.Select(s => s.Month).Order().ToList();
            for (var from = 0; from < months.Count;)
            {
                var to = from;
                while (to + 1 < months.Count && months[to + 1] == months[to] + 1) to++;
                lines.Add(RotatingText.Say(
                    "plan.short-line", register.Units[of.Key.Unit].Name, RoleWords.Of(of.Key.Role.ToString()), of.Key.Missing, MonthOf(input.Begin, months[from]), MonthOf(input.Begin, months[to]), of.Key.Able,
                    input.Least.First(l => l.Unit == of.Key.Unit && l.Role == of.Key.Role).Least));
                from = to + 1;
            }
        }

        return lines;
    }

    static int AbleOf(Shortage shortage, PlanInput input)
    {
        var posts = input.Posts.Where(p => p.Unit == shortage.Unit && p.Role == shortage.Role).Select(p => p.Id).ToHashSet();
        return input.Fits.Where(f => posts.Contains(f.Post) && f.From <= shortage.Month && f.To > shortage.Month).Select(f => f.Person).Distinct().Count();
    }

    static List<PlanBar> BarsOf(PlannedPost post, IReadOnlyList<Guid?> held, PlanInput input, Register register)
    {
        var bars = new List<PlanBar>();
        for (var from = 0; from < held.Count;)
        {
            var to = from + 1;
            while (to < held.Count && held[to] == held[from]) to++;
            if (held[from] is { } person)
            {
                var most = input.Fits.FirstOrDefault(f => f.Person == person && f.Post == post.Id)?.Most ?? input.Months;
                bars.Add(new PlanBar(from, to, register.NameOf(person), person != post.Holder, from + most < input.Months ? from + most : null));
            }

            from = to;
        }

        return bars;
    }

    static Guid? LeavesOf(PlannedMove move, PlanInput input, RotationPlan plan) => input.Posts.Index()
        .FirstOrDefault(p => (move.Month == 0 ? p.Item.Holder : plan.Held[p.Index][move.Month - 1]) == move.Person).Item?.Id;

    static IReadOnlyList<MoveLine> LinesOf(IReadOnlyList<PlannedMove> moves, DateOnly begin, Register register, Func<PlannedMove, Guid?> leaves) =>
        [.. moves.Select(m => new MoveLine(MonthOf(begin, m.Month), register.NameOf(m.Person), PostOf(m.Post, register), leaves(m) is { } post ? PostOf(post, register) : null))];

    static string PostOf(Guid post, Register register) => register.Posts.TryGetValue(post, out var known) ? $"{register.Units[known.Unit].Name}: {known.Title}" : post.ToString("D")[..8];

    static string MonthOf(DateOnly begin, int month) => begin.AddMonths(month).ToString("MMM yyyy", CultureInfo.CurrentCulture);
}
