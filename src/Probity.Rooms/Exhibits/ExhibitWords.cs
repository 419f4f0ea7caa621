using System.Globalization;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Shared;

namespace Probity.Exhibits;

/// <summary>The words of the record's codes and figures, in the reader's language.</summary>
internal static class ExhibitWords
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
    public static string What(Exhibit exhibit) => What(exhibit.Kind, exhibit.Substance);

    public static string What(ExhibitKind kind, string? substance) => substance is null ? Of(kind) : ExhibitsText.Of(Substances.TextKey(substance));

    /// <summary>A mass as people write it: with its decimals as they were weighed, in the reader's language.</summary>
    public static string Of(Grams grams) =>
        grams.Value.ToString("#,0." + new string('0', (decimal.GetBits(grams.Value)[3] >> 16) & 0xFF), CultureInfo.CurrentCulture) + "\u00A0g";

    /// <summary>A mass with its uncertainty.</summary>
    public static string Of(Grams mass, Grams uncertainty) => $"{Of(mass)} ± {Of(uncertainty)}";

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

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
