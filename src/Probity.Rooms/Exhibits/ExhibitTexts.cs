using Probity.Exhibits.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>The rules for what people write about an exhibit.</summary>
internal static class ExhibitTexts
{
    public const int MaxDescription = 1_000;
    public const int MaxReason = 2_000;
    public const int MaxLine = 200;
    public const int MaxSeal = 40;
    public const int MaxPackages = 2_000;

    public const string TooLong = "exhibits.text-too-long";
    public const string ControlCharacters = "exhibits.control-characters";
    public const string ReasonMissing = "exhibits.reason-missing";
    public const string SealMissing = "exhibits.seal-missing";
    public const string SealTwice = "exhibits.seal-twice";
    public const string PackageUnknown = "exhibits.package-unknown";
    public const string TooManyPackages = "exhibits.too-many-packages";

    /// <summary>The refusal of a text, or null where it is fine.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="max">The most characters.</param>
    /// <param name="missing">The code for a text that says nothing; null where it may be empty.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static Refusal? Refuses(string? text, int max, string? missing = null, bool lines = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return missing is null ? null : new Refusal(missing);
        if (text.Length > max) return new Refusal(TooLong);
        if (!WrittenText.IsPlain(text, lines)) return new Refusal(ControlCharacters);
        return missing is null || WrittenText.SaysSomething(text) ? null : new Refusal(missing);
    }

    /// <summary>The refusal of a reason: it has to say something.</summary>
    public static Refusal? RefusesReason(string? reason) => Refuses(reason, MaxReason, ReasonMissing, lines: true);

    /// <summary>The refusal of the seals of an exhibit's packages, numbered from 1, no seal twice.</summary>
    public static Refusal? RefusesPackages(IReadOnlyList<SealedPackage> packages)
    {
        if (packages.Count > MaxPackages) return new Refusal(TooManyPackages);
        for (var i = 0; i < packages.Count; i++)
        {
            if (packages[i]?.Number != i + 1) return new Refusal(PackageUnknown);
            if (Refuses(packages[i].Seal, MaxSeal, SealMissing) is { } refusal) return refusal;
        }

        return packages.Select(p => SealAsRead(p.Seal)).Distinct().Count() == packages.Count ? null : new Refusal(SealTwice);
    }

    /// <summary>The refusal of seals that somebody read at a hand-over: of packages that there are, each at most once.</summary>
    public static Refusal? RefusesReadSeals(IReadOnlyList<SealedPackage> read, Exhibit exhibit)
    {
        if (read.Count > MaxPackages) return new Refusal(TooManyPackages);
        foreach (var package in read)
        {
            if (package is null || exhibit.Packages.All(p => p.Number != package.Number)) return new Refusal(PackageUnknown);
            if (Refuses(package.Seal, MaxSeal, SealMissing) is { } refusal) return refusal;
        }

        return read.Select(p => p.Number).Distinct().Count() == read.Count ? null : new Refusal(PackageUnknown);
    }

    /// <summary>A seal as two people would read it alike: without spaces and dashes, in capitals.</summary>
    public static string SealAsRead(string seal) => new([.. seal.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    /// <summary>A text that may be left out, as it is recorded: null where there is none.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
