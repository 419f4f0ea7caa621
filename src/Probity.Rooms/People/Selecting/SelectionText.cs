using System.Globalization;
using System.Resources;
using Probity.Shared;

namespace Probity.People.Selecting;

/// <summary>The texts of competitions, by key and by code, in the reader's language; what they share with the room of people is said in its words.</summary>
internal sealed class SelectionText
{
    static readonly ResourceManager Texts = new(typeof(SelectionText));

    SelectionText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? PeopleText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>How far a competition has come, in a few words.</summary>
    public static string StageOf(CompetitionStage stage) => Of("stage." + PeopleText.Camel(stage));

    /// <summary>Whether somebody should look.</summary>
    public static Tone ToneOf(CompetitionStage stage) => stage switch
    {
        CompetitionStage.Adopted => Tone.Good,
        CompetitionStage.Frozen or CompetitionStage.Open => Tone.Info,
        CompetitionStage.Empty or CompetitionStage.Late => Tone.Neutral,
        _ => Tone.Attention,
    };
}
