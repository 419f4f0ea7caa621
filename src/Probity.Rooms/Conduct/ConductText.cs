using System.Globalization;
using System.Resources;

namespace Probity.Conduct;

/// <summary>The texts of this room, by key and by code, in the reader's language.</summary>
internal sealed class ConductText
{
    static readonly ResourceManager Texts = new(typeof(ConductText));

    ConductText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>The reader's language, where a code is written in it; else the first.</summary>
    public static string Language => Code.ModelCode.Languages.Contains(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : Code.ModelCode.Languages[0];

    /// <summary>A value of an enumeration as codes, addresses and keys of texts name it.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
