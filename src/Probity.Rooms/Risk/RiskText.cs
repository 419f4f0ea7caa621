using System.Globalization;
using System.Resources;
using Probity.Risk.Contract;

namespace Probity.Risk;

/// <summary>The texts of this room, by key and by code, in the reader's language.</summary>
internal sealed class RiskText
{
    static readonly ResourceManager Texts = new(typeof(RiskText));

    RiskText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    public static string Word(RiskLevel level) => Of("level." + Camel(level));

    public static string Word(Knowledge knowledge) => Of("knowledge." + Camel(knowledge));

    public static string Word(UnitFunction function) => Of("function." + Camel(function));

    /// <summary>A value of an enumeration as codes, addresses and keys of texts name it.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
