using System.Globalization;
using System.Resources;

namespace Probity.Procedures;

/// <summary>Names the texts of the procedures' room.</summary>
internal sealed class ProceduresText
{
    static readonly ResourceManager Texts = new(typeof(ProceduresText));

    ProceduresText() { }

    /// <summary>A text by its key.</summary>
    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
