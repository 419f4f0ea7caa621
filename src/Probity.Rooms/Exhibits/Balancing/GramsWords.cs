using System.Collections.Immutable;
using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Balancing;

/// <summary>What a band of the picture is.</summary>
public enum GramsBandKind
{
    /// <summary>Grams that are still there.</summary>
    There,

    /// <summary>Grams that ended in a way that is on the record.</summary>
    Ended,

    /// <summary>Grams that nobody can show.</summary>
    Gone,
}

/// <summary>A band of the picture.</summary>
/// <param name="Name">Where they are.</param>
/// <param name="Mass">How many, in words.</param>
/// <param name="Grams">How many.</param>
/// <param name="Kind">What that means.</param>
/// <param name="Urgent">Whether somebody has to look.</param>
public sealed record GramsBand(string Name, string Mass, decimal Grams, GramsBandKind Kind, bool Urgent = false);

/// <summary>A line of the account beside the picture.</summary>
public sealed record GramsRow(string Name, string Mass, bool Strong = false);

/// <summary>Grams as a page shows them: a picture from seizure to ash, and the account beside it.</summary>
/// <param name="Title">Whose grams they are.</param>
/// <param name="Seized">How many were seized, in words.</param>
/// <param name="Basis">How they were weighed.</param>
/// <param name="Bands">The picture.</param>
/// <param name="Rows">The account.</param>
public sealed record GramsView(string Title, string Seized, string Basis, IReadOnlyList<GramsBand> Bands, IReadOnlyList<GramsRow> Rows);

/// <summary>The words of balances, in the reader's language.</summary>
internal static class GramsWords
{
    public static string Of(GramsPlace place) => ExhibitsText.Of("grams-place." + Camel(place.ToString()));

    public static string Of(GramsState state) => ExhibitsText.Of("grams-state." + Camel(state.ToString()));

    public static string Of(GramsGap gap) => ExhibitsText.Of("grams-gap." + Camel(gap.ToString()));

    public static string BasisOf(MassKind kind) => ExhibitsText.Of("grams-by." + Camel(kind.ToString()));

    /// <summary>What a state means, in a sentence.</summary>
    public static string Why(GramsState state) => ExhibitsText.Of("grams-why." + Camel(state.ToString()));

    public static Tone ToneOf(GramsState state) => state switch
    {
        GramsState.Balanced => Tone.Good, GramsState.WeighedOnce => Tone.Info, GramsState.CannotTell => Tone.Attention, _ => Tone.Urgent,
    };

    /// <summary>A sum as people write it, without zeros at its end.</summary>
    public static string Of(decimal grams) => Figures.Short(grams, Contract.Grams.Decimals) + "\u00A0g";

    /// <summary>A difference with its sign.</summary>
    public static string Signed(decimal grams) => Figures.Signed(Of(grams));

    /// <summary>A difference with its uncertainty, both to the place to which it is known.</summary>
    public static string Within(decimal difference, Grams uncertainty)
    {
        var (said, within) = ExhibitWords.Within(new Grams(difference), uncertainty);
        return ExhibitWords.Say("grams.plus-minus", Figures.Signed(said), within);
    }

    /// <summary>A difference with its uncertainty; where that is too much of what was seized, that it tells nothing.</summary>
    public static string Unexplained(GramsFigures f) => f.Squares > 0m && MassUncertainty.IsTooLarge(f.Uncertainty.Value, f.Seized)
        ? ExhibitWords.Say("grams.tells-nothing", Within(f.Unexplained, f.Uncertainty)) : Within(f.Unexplained, f.Uncertainty);

    public static string SubstanceOf(string? code) => ExhibitsText.Of(code is null ? "grams.several" : Substances.TextKey(code));

    public static string YearsOf(int from, int until) =>
        from == until ? from.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{from}–{until}");

    /// <summary>The picture and the account of an exhibit's grams or of many.</summary>
    public static GramsView View(string title, MassKind basis, GramsFigures f)
    {
        var gone = f.Less > 0m ? f.Less : Math.Max(0m, -f.Unexplained);
        List<GramsBand> bands = [.. f.Places.Where(p => p.Value > 0m).Select(p => new GramsBand(
            Of(p.Key), Of(p.Value), p.Value, p.Key >= GramsPlace.Missing ? GramsBandKind.Gone : p.Key >= GramsPlace.Consumed ? GramsBandKind.Ended : GramsBandKind.There, p.Key >= GramsPlace.Missing))];
        if (f.Explained < 0m) bands.Add(new GramsBand(ExhibitsText.Of("grams.explained"), Signed(f.Explained), -f.Explained, GramsBandKind.Ended));
        if (f.Repacked < 0m) bands.Add(new GramsBand(ExhibitsText.Of("grams.repacked"), Signed(f.Repacked), -f.Repacked, GramsBandKind.Gone, true));
        if (f.Rough < 0m) bands.Add(new GramsBand(ExhibitsText.Of("grams.rough"), Signed(f.Rough), -f.Rough, GramsBandKind.Gone, true));
        bands.Add(new GramsBand(
            ExhibitsText.Of("grams.unexplained"), Unexplained(f), gone, GramsBandKind.Gone, f.Less > 0m || f.More > 0m));
        return new GramsView(title, Of(f.Seized), BasisOf(basis), bands, [.. RowsOf(f)]);
    }

    static IEnumerable<GramsRow> RowsOf(GramsFigures f)
    {
        yield return new GramsRow(ExhibitsText.Of("grams.seized"), Of(f.Seized), true);
        foreach (var (place, grams) in f.Places.Where(p => p.Key < GramsPlace.Missing)) yield return new GramsRow(Of(place), Of(grams));
        yield return new GramsRow(ExhibitsText.Of("grams.accounted"), Of(f.Accounted), true);
        if (f.At(GramsPlace.Missing) is > 0m and var missing) yield return new GramsRow(Of(GramsPlace.Missing), Of(missing), true);
        if (f.At(GramsPlace.Unconfirmed) is > 0m and var burned) yield return new GramsRow(Of(GramsPlace.Unconfirmed), Of(burned), true);
        if (f.Explained != 0m) yield return new GramsRow(ExhibitsText.Of("grams.explained"), Signed(f.Explained));
        if (f.Repacked != 0m) yield return new GramsRow(ExhibitsText.Of("grams.repacked"), Signed(f.Repacked));
        if (f.Rough != 0m) yield return new GramsRow(ExhibitsText.Of("grams.rough"), Signed(f.Rough));
        yield return new GramsRow(ExhibitsText.Of("grams.unexplained"), Unexplained(f), true);
        // Where it is the same as what is unexplained, it is said once.
        if (f.Less > 0m && f.Less != -f.Unexplained) yield return new GramsRow(ExhibitsText.Of("grams.less"), Of(f.Less), true);
        if (f.More > 0m && f.More != f.Unexplained) yield return new GramsRow(ExhibitsText.Of("grams.more"), Of(f.More), true);
        yield return new GramsRow(ExhibitsText.Of("grams.again"), ExhibitWords.Say("grams.of", Of(f.Again), Of(f.Seized)));
        if (f.Carried > 0m) yield return new GramsRow(ExhibitsText.Of("grams.carried"), Of(f.Carried));
        if (f.Duplicate > 0m) yield return new GramsRow(ExhibitsText.Of("grams.duplicate"), Of(f.Duplicate));
    }

    /// <summary>The figures that a published line has.</summary>
    public static GramsFigures FiguresOf(BalanceLine line) => new()
    {
        Seized = line.Seized.Value, Explained = line.Explained.Value, Repacked = line.Repacked.Value, Rough = line.Rough?.Value ?? 0m, Unexplained = line.Unexplained.Value,
        Squares = line.Uncertainty.Value * line.Uncertainty.Value, Less = line.Less.Value, More = line.More.Value, Again = line.WeighedAgain.Value,
        Places = new Dictionary<GramsPlace, decimal>
        {
            [GramsPlace.Held] = line.Held.Value, [GramsPlace.OnItsWay] = line.OnItsWay.Value, [GramsPlace.Laboratory] = line.Laboratory.Value, [GramsPlace.Court] = line.Court.Value,
            [GramsPlace.Partner] = line.Partner.Value, [GramsPlace.Consumed] = line.Consumed.Value, [GramsPlace.Returned] = line.Returned.Value,
            [GramsPlace.Forfeited] = line.Forfeited.Value, [GramsPlace.Destroyed] = line.Destroyed.Value, [GramsPlace.Packaging] = line.Packaging?.Value ?? 0m, [GramsPlace.Missing] = line.Missing.Value, [GramsPlace.Unconfirmed] = line.Unconfirmed?.Value ?? 0m,
        }.Where(p => p.Value != 0m).ToImmutableSortedDictionary(),
    };

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
