using System.Globalization;
using System.Resources;

namespace Probity.Access;

/// <summary>The texts of this room, in the reader's language.</summary>
internal sealed class AccessText
{
    static readonly ResourceManager Texts = new("Probity.Access.AccessText", typeof(AccessText).Assembly);

    AccessText() { }

    public static string Get(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
