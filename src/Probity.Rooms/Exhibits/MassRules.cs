using Probity.Exhibits.Contract;

namespace Probity.Exhibits;

/// <summary>The house's bounds over grams. docs/rules/exhibits.yaml says each of them with its reason; a test holds the two together.</summary>
internal static class MassRules
{
    /// <summary>The share of a gross mass that packaging is believed to weigh, or <see cref="PackagingGrams"/> where that is more.</summary>
    public const decimal PackagingShare = 0.2m;

    /// <summary>What the bag of a package with its seal and label may weigh, in grams.</summary>
    public const decimal PackagingGrams = 50m;

    /// <summary>By how much what is around a package may change when it is opened and sealed again, in grams; or by <see cref="RepackingShare"/> of it, where that is more.</summary>
    public const decimal RepackingGrams = 50m;

    /// <summary>The same as a share of the package.</summary>
    public const decimal RepackingShare = 0.01m;

    /// <summary>How much analyses of a package may use up without a reason, in grams: all that gave none together.</summary>
    public const decimal UsedGrams = 2m;

    /// <summary>Which share of what there was it may use up without a reason, where it is more than <see cref="UsedLeast"/>.</summary>
    public const decimal UsedShare = 0.5m;

    /// <summary>The smallest amount that is held against <see cref="UsedShare"/>, in grams: a test needs as much, however little there is.</summary>
    public const decimal UsedLeast = 0.2m;

    /// <summary>How much a sample may weigh without a reason, in grams: with all that was drawn of the package before and given none for.</summary>
    public const decimal SampleGrams = 30m;

    /// <summary>Which share of what it is drawn from it may be without a reason, where it is more than <see cref="SampleLeast"/>.</summary>
    public const decimal SampleShare = 0.5m;

    /// <summary>The smallest sample that is held against <see cref="SampleShare"/>, in grams.</summary>
    public const decimal SampleLeast = 5m;

    /// <summary>Within how many days the integrity officer answers what does not fit; what is gone is looked for at once.</summary>
    public const int AnswerDays = 3;

    /// <summary>The most that the packaging of so many packages is believed to weigh.</summary>
    public static Grams PackagingOf(decimal gross, int packages) => new(Math.Max(gross * PackagingShare, PackagingGrams * packages));

    /// <summary>By how much packages that were opened and sealed again may weigh otherwise: no more than they could weigh in packaging at all.</summary>
    /// <param name="gross">What was weighed before, with its packaging.</param>
    /// <param name="packages">How many packages that were.</param>
    /// <param name="opened">How many of them were opened.</param>
    public static Grams RepackingOf(decimal gross, int packages, int opened) =>
        new(Math.Min(Math.Max(0m, gross) * PackagingShare, opened * Math.Max(RepackingGrams, gross / Math.Max(1, packages) * RepackingShare)));

    /// <summary>Whether an analysis used up more than it needs.</summary>
    /// <param name="used">What it used up.</param>
    /// <param name="there">What there was of it; null where nobody weighed it.</param>
    public static bool UsesMuch(Grams used, Grams? there) => used.Value > UsedGrams || (used.Value > UsedLeast && there is { } was && used.Value > was.Value * UsedShare);

    /// <summary>Whether a sample is larger than one has to be.</summary>
    /// <param name="mass">The sample.</param>
    /// <param name="parent">What it is drawn from; null where nobody weighed it.</param>
    public static bool IsLargeSample(Grams mass, Grams? parent) =>
        mass.Value > SampleGrams || (mass.Value > SampleLeast && parent is { } of && mass.Value > of.Value * SampleShare);
}
