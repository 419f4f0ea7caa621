using System.Globalization;
using System.Resources;

namespace Probity.People;

/// <summary>The texts of this room, by key and by code, in the reader's language.</summary>
internal sealed class PeopleText
{
    static readonly ResourceManager Texts = new(typeof(PeopleText));

    PeopleText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A value of an enumeration as codes, addresses and keys of texts name it.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>A value by the name that a form gives it; null for anything else.</summary>
    public static T? Named<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;
}
