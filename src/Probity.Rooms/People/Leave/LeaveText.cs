using System.Globalization;
using System.Resources;

namespace Probity.People.Leave;

/// <summary>The texts of leave, by key and by code, in the reader's language; what they share with the room of people is said in its words.</summary>
internal sealed class LeaveText
{
    static readonly ResourceManager Texts = new(typeof(LeaveText));

    LeaveText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? PeopleText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
