using System.Globalization;
using System.Resources;
using Probity.Reports.Contract;
using Probity.Sealing;

namespace Probity.Reports.Handling;

/// <summary>The texts of those who handle reports, by key and by code, in the reader's language.</summary>
internal sealed class HandlingText
{
    static readonly ResourceManager Texts = new(typeof(HandlingText));

    HandlingText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A value of an enumeration in words.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value switch
    {
        TriageVerdict verdict => Of($"verdict.{Camel(verdict)}"),
        ReportUrgency urgency => Of($"urgency.{Camel(urgency)}"),
        RetaliationRisk risk => Of($"retaliation.{Camel(risk)}"),
        Finding finding => Of($"finding.{Camel(finding)}"),
        CloseReason reason => Of($"closeReason.{Camel(reason)}"),
        ReportStage stage => Of($"stage.{Camel(stage)}"),
        ClockKind kind => Of($"clock.{Camel(kind)}"),
        ClockState state => Of($"clockState.{Camel(state)}"),
        ReportChannel channel => Of($"channel.{Camel(channel)}"),
        SourceStage stage => Of($"sourceStage.{Camel(stage)}"),
        _ => value.ToString(),
    };

    /// <summary>A value of an enumeration as codes, addresses and keys of texts name it.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The kind of an allegation in words; the key itself where this version does not know it.</summary>
    public static string OfKind(string key) => Texts.GetString($"kind.{key}.said", CultureInfo.CurrentUICulture) ?? SourceText.Plain(key);

    /// <summary>A question of the reporter's side in words; the key itself where this version does not know it.</summary>
    public static string OfQuestion(string key) => Texts.GetString($"question.{key}", CultureInfo.CurrentUICulture) ?? SourceText.Plain(key);
}
