using System.Globalization;
using System.Resources;
using Probity.Policies.Contract;

namespace Probity.Policies;

/// <summary>The texts of this room, by key and by code, in the reader's language.</summary>
internal sealed class PoliciesText
{
    static readonly ResourceManager Texts = new(typeof(PoliciesText));

    PoliciesText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A figure with what it counts.</summary>
    public static string Say(PolicyRule rule, int figure) => Say($"unit.{rule.Unit}", figure);
}
