using System.Globalization;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Shared;

namespace Probity.Exhibits;

/// <summary>The words of the record's codes and figures, in the reader's language.</summary>
internal static partial class ExhibitWords
{
    public static string Of(ExhibitKind kind) => ExhibitsText.Of("kind." + Camel(kind.ToString()));

    public static string Of(ExhibitStatus status) => ExhibitsText.Of("status." + Camel(status.ToString()));

    public static string Of(MassKind kind) => ExhibitsText.Of("mass." + Camel(kind.ToString()));

    public static string Of(Moment moment) => ExhibitsText.Of("moment." + Camel(moment.ToString()));

    public static string Of(Purpose purpose) => ExhibitsText.Of("purpose." + Camel(purpose.ToString()));

    public static string Of(SeizurePlace place) => ExhibitsText.Of("place." + Camel(place.ToString()));

    public static string Of(Transport transport) => ExhibitsText.Of("transport." + Camel(transport.ToString()));

    public static string Of(StorageClass storage) => ExhibitsText.Of("class." + Camel(storage.ToString()));

    public static string Of(DiscrepancyKind kind) => ExhibitsText.Of("discrepancy." + Camel(kind.ToString()));

    /// <summary>A seal as somebody read it; whoever did not look read none.</summary>
    public static string ReadSeal(string? seal) => seal ?? ExhibitsText.Of("seals.not-seen");

    /// <summary>Who read what of a seal; nobody where it is what the record has.</summary>
    public static string SealReadBy(Guid? reader, string? seal, Register register) =>
        $"{(reader is { } by ? Say("discrepancy.read-by", register.NameOf(by)) : ExhibitsText.Of("discrepancy.on-record"))}: {ReadSeal(seal)}";

    public static string Of(DiscrepancyStage stage) => ExhibitsText.Of("stage." + Camel(stage.ToString()));

    public static string Of(DestructionCheck check) => ExhibitsText.Of("check." + Camel(check.ToString()));

    /// <summary>What to do about a check that is not met.</summary>
    public static string Why(DestructionCheck check) => ExhibitsText.Of("check-why." + Camel(check.ToString()));

    public static string Of(AnalysisStage stage) => ExhibitsText.Of("analysis-stage." + Camel(stage.ToString()));

    public static Tone ToneOf(ExhibitStatus status) => status switch
    {
        ExhibitStatus.Held => Tone.Good, ExhibitStatus.Missing or ExhibitStatus.DestructionContested => Tone.Urgent,
        ExhibitStatus.InTransit or ExhibitStatus.DestructionUnsigned => Tone.Attention,
        ExhibitStatus.Destroyed or ExhibitStatus.Returned or ExhibitStatus.Forfeited => Tone.Neutral, _ => Tone.Info,
    };

    /// <summary>What an exhibit is: its substance where it is one, else its kind.</summary>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="family">What was drawn from it, whose results are of it too.</param>
    public static string What(Exhibit exhibit, IEnumerable<Exhibit> family) => What(exhibit.Kind, exhibit.Substance, exhibit.IsNegativeWith(family));

    /// <param name="kind">Its kind.</param>
    /// <param name="substance">What it was said to be.</param>
    /// <param name="negative">Whether the laboratory found nothing controlled: then it is what was suspected, no more.</param>
    public static string What(ExhibitKind kind, string? substance, bool negative = false) =>
        substance is null ? Of(kind) : negative ? Say("what.negative", ExhibitsText.Of(Substances.TextKey(substance))) : ExhibitsText.Of(Substances.TextKey(substance));

    /// <summary>What a discrepancy expected or found: a substance by its name, a mass in the reader's language, anything else as it was written.</summary>
    public static string? Said(DiscrepancyKind kind, string? what) => kind switch
    {
        DiscrepancyKind.Substance when Substances.Knows(what) || what == Substances.Nothing => ExhibitsText.Of(Substances.TextKey(what!)),
        DiscrepancyKind.Weight or DiscrepancyKind.Used when Grams.TryParse(what, out var grams) => Of(grams),
        _ => what,
    };

    /// <summary>What a discrepancy says besides; the figures that we wrote there ourselves as every figure of a page.</summary>
    public static string Noted(DiscrepancyKind kind, string note) => kind switch
    {
        DiscrepancyKind.Weight when note.Split(" ± ") is [var difference, var allowed] && Figure(difference) is { } by && Figure(allowed) is { } within => Of(new Grams(by), new Grams(within)),
        DiscrepancyKind.Substance => OurFigures().Replace(note, m => Figure(m.Value) is { } figure ? Figures.Exact(figure) : m.Value),
        _ => note,
    };

    static decimal? Figure(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var figure) ? figure : null;

    [GeneratedRegex("-?[0-9]+(\\.[0-9]+)?")]
    private static partial Regex OurFigures();

    /// <summary>A mass as people write it: with its decimals as they were weighed, in the reader's language.</summary>
    public static string Of(Grams grams) => Figures.Exact(grams.Value) + Gram;

    /// <summary>A mass with its uncertainty, both to the place to which it is known.</summary>
    public static string Of(Grams mass, Grams uncertainty)
    {
        var (said, within) = Within(mass, uncertainty);
        return $"{said} ± {within}";
    }

    /// <summary>The same, apart.</summary>
    public static (string Mass, string Uncertainty) Within(Grams mass, Grams uncertainty)
    {
        var (said, within) = Figures.Within(mass.Value, uncertainty.Value);
        return (said + Gram, within + Gram);
    }

    const string Gram = "\u00A0g";

    /// <summary>A text with words in it.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, ExhibitsText.Of(key), words);

    /// <summary>A package with the seal that it has; one without says so in the reader's language.</summary>
    public static string PackageOf(int number, string seal) => Unsealed.Is(seal) ? Say("weigh.package-bare", number) : Say("weigh.package-of", number, seal);

    /// <summary>What stands for a seal on the record, in the reader's language where it says that there is none.</summary>
    public static string Seal(string seal) => Unsealed.Is(seal) ? ExhibitsText.Of("takeover.no-seal") : seal;

    /// <summary>A person as a list to choose from names them: name, post and unit.</summary>
    public static string Of(Guid person, Register register, DateTimeOffset at)
    {
        var posts = register.PostsOf(person, at)
            .Select(p => register.Units.TryGetValue(p.Unit, out var unit) ? $"{p.Title}, {unit.Name}" : p.Title).Order(StringComparer.CurrentCulture).ToList();
        return posts.Count > 0 ? $"{register.NameOf(person)} – {string.Join("; ", posts)}" : register.NameOf(person);
    }

    /// <summary>The people who may be chosen, by name.</summary>
    public static IReadOnlyList<Choice> People(Register register, DateTimeOffset at, Func<Actor, bool> fits) =>
        [.. register.People.Keys.Where(p => fits(Actor.From(register, p, at)))
            .Select(p => new Choice(p.ToString("D"), Of(p, register, at))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    /// <summary>The choices of an enumeration.</summary>
    public static IReadOnlyList<Choice> Choices<T>(Func<T, string> text, params IEnumerable<T> without) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Except(without).Select(v => new Choice(Camel(v.ToString()), text(v)))];

    /// <summary>A value of an enumeration as a form posts it; null for anything else.</summary>
    public static T? Named<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    public static Guid? Id(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : null;

    /// <summary>A value of an enumeration as a form posts it.</summary>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
