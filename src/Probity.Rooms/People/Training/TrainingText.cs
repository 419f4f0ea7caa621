using System.Globalization;
using System.Resources;

namespace Probity.People.Training;

/// <summary>The texts of training, by key and by code, in the reader's language; what it shares with the room of people is said in its words.</summary>
internal sealed class TrainingText
{
    static readonly ResourceManager Texts = new(typeof(TrainingText));

    TrainingText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? PeopleText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>What a competence is called.</summary>
    public static string NameOf(Catalogue catalogue, Guid competence) => catalogue.Competences.TryGetValue(competence, out var known) ? known.Name.In(CultureInfo.CurrentUICulture) : competence.ToString("D")[..8];

    /// <summary>The same with a level of it.</summary>
    public static string LevelOf(Catalogue catalogue, Guid competence, int level) => Say("at-level", NameOf(catalogue, competence), level);

    /// <summary>Each level with what it means.</summary>
    public static IReadOnlyList<Shared.Choice> Levels(int from) =>
        [.. Enumerable.Range(from, Catalogue.Highest + 1 - from).Select(l => new Shared.Choice(l.ToString(CultureInfo.InvariantCulture), Of("level." + l.ToString(CultureInfo.InvariantCulture))))];
}
