using System.Globalization;
using System.Resources;
using Probity.Reports.Contract;
using Probity.Reports.Handling;

namespace Probity.Reports.Matters;

/// <summary>The texts of matters, by key and by code, in the reader's language; what is refused of a text in general is said as of reports.</summary>
internal sealed class MattersText
{
    static readonly ResourceManager Texts = new(typeof(MattersText));

    MattersText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? HandlingText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A value of an enumeration in words.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value switch
    {
        AllegationKind kind => Of($"alleged.{HandlingText.Camel(kind)}.said"),
        AllegationFinding finding => Of($"found.{HandlingText.Camel(finding)}"),
        MatterStage stage => Of($"matterStage.{HandlingText.Camel(stage)}"),
        _ => value.ToString(),
    };
}
