using System.Globalization;
using System.Resources;
using Probity.Sealing;

namespace Probity.Reports;

/// <summary>The texts of this room, by key and by code, in the reader's language.</summary>
internal sealed class ReportsText
{
    static readonly ResourceManager Texts = new(typeof(ReportsText));

    ReportsText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A value of an enumeration in words.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value switch
    {
        HolderPart part => Of($"holderPart.{Camel(part)}"),
        _ => value.ToString(),
    };

    /// <summary>A value of an enumeration as codes, addresses and keys of texts name it.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
