using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Balancing;

/// <summary>The grams of a year and a substance.</summary>
public sealed record GramsSumLine(
    string Years, string Substance, string Basis, int Exhibits, string Seized, string There, string Consumed, string Released, string Destroyed, string Unexplained, string? Missing, string? Odd, bool Urgent);

/// <summary>How many exhibits stand how.</summary>
public sealed record GramsCount(string State, Tone Tone, string Count);

/// <summary>The grams of a unit and those below it.</summary>
public sealed record UnitGramsSheet(
    Guid Unit, string Name, IReadOnlyList<Choice> Units, IReadOnlyList<GramsCount> Counts, IReadOnlyList<GramsView> Views, IReadOnlyList<GramsSumLine> Lines, bool Withheld,
    IReadOnlyList<GramsExhibit> Odd, bool Traces, bool MayPublish, DateTimeOffset? Published, string? Done, string? Error);

/// <summary>Shows the grams of a unit to who commands it and to who watches over it, and publishes them.</summary>
internal sealed class ShowUnitGrams(GramsDesk desk, PublishBalance slice, FollowGrams follow, ICaseDirectory cases, IRegister registers, TimeProvider time)
{
    const string Href = "/exhibits/grams";
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Href, async (Guid? unit, string? done, HttpContext http, ShowUnitGrams page) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await page.ReadAsync(person, unit, http.RequestAborted) is { } sheet ? Page(sheet with { Done = done }, 200) : Results.NotFound());
        pages.MapGet(Href + "/publish", () => Results.Redirect(Href));
        pages.MapPost(Href + "/publish", (HttpContext http, ShowUnitGrams page) => page.PublishAsync(http));
    }

    async Task<IResult> PublishAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        if (ExhibitWords.Id((await http.Request.ReadFormAsync(cancel))["unit"]) is not { } unit) return Results.NotFound();
        var outcome = await slice.HandleAsync(person, unit, cancel);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"{Href}?unit={unit:D}&done=published";
            return Results.Empty;
        }

        return outcome is not null && await ReadAsync(person, unit, cancel) is { } sheet
            ? Page(sheet with { Error = ExhibitsText.Of((outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale") }, StatusCodes.Status422UnprocessableEntity) : Results.NotFound();
    }

    async Task<UnitGramsSheet?> ReadAsync(Guid person, Guid? unit, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, person, now);
        var book = await follow.ReadAsync(cancel);
        var used = book.Families.Values.Select(f => f.Root.Unit).ToHashSet();
        var units = register.Units.Values.Where(u => GramsAccess.Refuses(GramsAction.See, actor, u.Id, register, now) is null && used.Any(of => register.IsWithin(of, u.Id)))
            .OrderByDescending(u => used.Count(of => register.IsWithin(of, u.Id))).ThenByDescending(u => register.Units.Keys.Count(above => register.IsWithin(u.Id, above)))
            .ThenBy(u => u.Name, StringComparer.CurrentCulture).ToList();
        var own = register.Units.Keys.Where(u => GramsAccess.Refuses(GramsAction.See, actor, u, register, now) is null).Order().FirstOrDefault();
        var chosen = unit ?? units.FirstOrDefault()?.Id ?? own;
        if (await desk.OpenAsync(person, chosen, GramsAction.See, cancel) is not { } facts) return null;
        IReadOnlyList<GramsFamily> families = [.. PublishBalance.Within(book, chosen, register)];
        var traces = GramsAccess.Refuses(GramsAction.Trace, actor, chosen, register, now) is null;
        // Who commands a unit sees no more than everybody would, by year and substance: a small line would point at a case that they may be walled off from.
        var (lines, withheld) = traces ? (GramsLines.Of(families), false) : GramsLines.Merged(families, GramsLines.Nothing);
        return new UnitGramsSheet(
            chosen, register.Units[chosen].Name, [.. units.Select(u => new Choice(u.Id.ToString("D"), u.Name))],
            CountsOf(families, traces),
            families.Count == 0 || (!traces && PublicCount.IsTooSmall(families.Count)) ? [] : [.. ShowGrams.ViewsOf(lines.SelectMany(l => l.Of), register.Units[chosen].Name)],
            [.. lines.Select(l => Line(GramsLines.Published(l, GramsLines.Nothing), traces))], withheld, traces ? await OddAsync(person, families, cancel) : [], traces,
            GramsAccess.Refuses(GramsAction.Publish, actor, chosen, register, now) is null, facts.Statements.All.LastOrDefault()?.At, null, null);
    }

    /// <summary>How many stand how; for who sees no single one of them, a small number is not told, nor the largest, from which it would follow.</summary>
    public static IReadOnlyList<GramsCount> CountsOf(IReadOnlyCollection<GramsFamily> families, bool traces)
    {
        var counts = Enum.GetValues<GramsState>().ToDictionary(s => s, s => families.Count(f => f.Balance.State == s));
        var hides = !traces && counts.Values.Any(PublicCount.IsTooSmall);
        var largest = counts.MaxBy(c => c.Value).Key;
        return [.. counts.Select(c => new GramsCount(GramsWords.Of(c.Key), GramsWords.ToneOf(c.Key), !hides ? Figures.Whole(c.Value)
            : PublicCount.IsTooSmall(c.Value) ? ExhibitsText.Of("grams.few") : c.Key == largest ? ExhibitsText.Of("grams.others-all") : Figures.Whole(c.Value)))];
    }


    // Those of cases that this person sees, the largest first.
    async Task<IReadOnlyList<GramsExhibit>> OddAsync(Guid person, IReadOnlyList<GramsFamily> families, CancellationToken cancel)
    {
        var odd = families.Where(f => f.Balance.State is GramsState.DoesNotAddUp or GramsState.CannotTell)
            .OrderByDescending(f => f.Balance.State).ThenByDescending(f => Weight(f.Balance.Figures)).ToList();
        var shown = new List<GramsFamily>();
        foreach (var some in odd.Chunk(Most))
        {
            var seen = (await cases.AmongAsync(person, [.. some.Select(f => f.Root.Case).Distinct()], cancel)).Select(c => c.Id).ToHashSet();
            shown.AddRange(some.Where(f => seen.Contains(f.Root.Case)));
            if (shown.Count >= Most) break;
        }

        return [.. shown.Take(Most).Select(ShowGrams.Line)];

        // What is gone as a whole is no less gone than what is gone by the balance.
        static decimal Weight(GramsFigures f) => f.Less + f.More + f.At(GramsPlace.Missing) + f.At(GramsPlace.Unconfirmed);
    }

    /// <summary>A line as pages show it, whether it was just counted or published.</summary>
    public static GramsSumLine Line(Contract.BalanceLine line, bool traces = false)
    {
        var figures = GramsWords.FiguresOf(line);
        var odd = line.NotAddingUp is { } told ? told == 0 ? null : ExhibitWords.Say("grams.odd", told) : ExhibitsText.Of(traces ? "grams.odd-some" : "grams.odd-few");
        return new GramsSumLine(
            GramsWords.YearsOf(line.From, line.Until), GramsWords.SubstanceOf(line.Substance), GramsWords.BasisOf(line.Basis), line.Exhibits, GramsWords.Of(line.Seized.Value),
            GramsWords.Of(figures.Places.Where(p => p.Key < GramsPlace.Consumed).Sum(p => p.Value)), GramsWords.Of(line.Consumed.Value),
            GramsWords.Of(line.Returned.Value + line.Forfeited.Value), GramsWords.Of(line.Destroyed.Value),
            figures.Rough == 0m ? GramsWords.Unexplained(figures) : $"{GramsWords.Unexplained(figures)}; {ExhibitsText.Of("grams.rough")}: {GramsWords.Signed(figures.Rough)}",
            string.Join("; ", figures.Places.Where(p => p.Key >= GramsPlace.Missing && p.Value > 0m).Select(p => $"{GramsWords.Of(p.Key)}: {GramsWords.Of(p.Value)}")) is { Length: > 0 } missing ? missing : null, odd, odd is not null);
    }

    static IResult Page(UnitGramsSheet sheet, int status) => Rendered.Page<UnitGramsPage>(new { Sheet = sheet }, status);
}
