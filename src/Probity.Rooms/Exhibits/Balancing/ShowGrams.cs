using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exhibits.Balancing;

/// <summary>Between which weighings it does not fit.</summary>
public sealed record GramsBreak(Guid Exhibit, string Number, string? Package, DateTimeOffset From, DateTimeOffset At, string Difference);

/// <summary>An exhibit in a list of balances.</summary>
public sealed record GramsExhibit(Guid Id, string Number, string What, string State, Tone Tone, string? Gap, string Seized, string Unexplained);

/// <summary>The grams of one exhibit.</summary>
public sealed record ExhibitGramsSheet(Guid Id, string Number, string What, string State, Tone Tone, string Why, GramsView? View, IReadOnlyList<GramsBreak> Breaks, string? Rest);

/// <summary>The grams of a case.</summary>
public sealed record CaseGramsSheet(Guid Case, string Number, IReadOnlyList<GramsExhibit> Lines, IReadOnlyList<GramsView> Views);

/// <summary>Shows what became of every gram of an exhibit to who sees the exhibit, and of a case's to who sees the case.</summary>
internal sealed class ShowGrams(ExhibitDesk desk, TransparencyLog log, ICaseDirectory cases, FollowGrams follow)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/grams", async (Guid id, HttpContext http, ShowGrams slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.OfExhibitAsync(person, id, http.RequestAborted) switch
            {
                null => Results.NotFound(),
                // A sample's grams are part of those of what was seized; who sees only the sample sees no account of the rest.
                (var root, null) => Results.Redirect($"/exhibits/{root:D}/grams"),
                (_, var sheet) => Rendered.Page<ExhibitGramsPage>(new { Sheet = sheet }),
            });
        pages.MapGet("/cases/{id:guid}/grams", async (Guid id, HttpContext http, ShowGrams slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.OfCaseAsync(person, id, http.RequestAborted) is { } sheet
                ? Rendered.Page<CaseGramsPage>(new { Sheet = sheet }) : Results.NotFound());
    }

    async Task<(Guid Root, ExhibitGramsSheet? Sheet)?> OfExhibitAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, "exhibits.grams", cancel) is not { } facts) return null;
        var exhibit = facts.Exhibit;
        if (exhibit.Origin is not null) return (exhibit.Root, null);
        // Live, as everything on an exhibit's own page.
        IReadOnlyList<Exhibit> family = [exhibit, .. facts.Family];
        var balance = (await WeightMatters.ReadAsync(new RecordSession(log), family, cancel)).BalanceOf(family);
        var numbers = facts.Family.Append(exhibit).ToDictionary(e => e.Id, e => e.Number);
        return (id, new ExhibitGramsSheet(
            id, exhibit.Number, ExhibitWords.What(exhibit, facts.Family), GramsWords.Of(balance.State), GramsWords.ToneOf(balance.State),
            !MassBalance.Applies(exhibit) ? ExhibitsText.Of("grams.not-weighed")
            : balance.Gap is { } gap ? GramsWords.Of(gap) : GramsWords.Why(balance.State),
            balance.Figures == GramsFigures.None ? null : GramsWords.View(exhibit.Number, balance.Kind, balance.Figures),
            [.. balance.Breaks.Select(b => new GramsBreak(
                b.Exhibit, numbers[b.Exhibit], b.Package is { } p ? ExhibitWords.Say("grams.package", p) : null, b.From, b.At,
                GramsWords.Within(b.Difference.Value, b.Difference.Uncertainty)))],
            RestOf(balance)));
    }

    // What the weighings in between do not say of what is unexplained, other weighings do: both together are one figure.
    static string? RestOf(MassBalance balance) => !balance.Breaks.IsEmpty && balance.Breaks.All(b => b.Counts) && balance.Figures.Unexplained - balance.Breaks.Sum(b => b.Difference.Value) is not 0m and var rest
        ? ExhibitWords.Say("grams.breaks.rest", GramsWords.Signed(rest), GramsWords.Signed(balance.Figures.Unexplained)) : null;

    async Task<CaseGramsSheet?> OfCaseAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await cases.OpenAsync(person, id, "exhibits.grams", cancel) is not { } found) return null;
        IReadOnlyList<GramsFamily> families = [.. (await follow.ReadAsync(cancel)).Families.Values.Where(f => f.Root.Case == id && MassBalance.Applies(f.Root)).OrderBy(f => f.Root.Number, StringComparer.Ordinal)];
        return new CaseGramsSheet(id, found.Number, [.. families.Select(Line)], [.. ViewsOf(families, found.Number)]);
    }

    /// <summary>A line of a list.</summary>
    public static GramsExhibit Line(GramsFamily family)
    {
        var (root, balance) = (family.Root, family.Balance);
        var none = balance.Figures == GramsFigures.None;
        return new GramsExhibit(
            root.Id, root.Number, ExhibitWords.What(root, family.Samples.Values), GramsWords.Of(balance.State), GramsWords.ToneOf(balance.State), root.Status == ExhibitStatus.Missing ? GramsWords.Of(GramsPlace.Missing)
            : root.Status == ExhibitStatus.DestructionContested ? ExhibitWords.Of(root.Status) : balance.Gap is { } gap ? GramsWords.Of(gap) : null,
            none ? "–" : GramsWords.Of(balance.Figures.Seized),
            none && balance.Breaks.IsEmpty ? "–" : none ? GramsWords.Within(balance.Breaks[0].Difference.Value, balance.Breaks[0].Difference.Uncertainty)
            : balance.Figures is { Less: > 0m and var less, Unexplained: var unexplained } && less != -unexplained ? GramsWords.Signed(-less) : balance.Gap == GramsGap.TooRough ? GramsWords.Signed(balance.Figures.Rough) : GramsWords.Unexplained(balance.Figures));
    }

    /// <summary>A picture for each way of weighing: net and gross are never added.</summary>
    public static IEnumerable<GramsView> ViewsOf(IEnumerable<GramsFamily> families, string title) => families.Where(f => f.Balance.Figures != GramsFigures.None)
        .GroupBy(f => f.Balance.Kind).OrderBy(g => g.Key == MassKind.Net ? 0 : 1)
        .Select(g => GramsWords.View($"{title}, {GramsWords.BasisOf(g.Key)}", g.Key, GramsFigures.Sum([.. g.Select(f => f.Balance.Figures)])));
}
