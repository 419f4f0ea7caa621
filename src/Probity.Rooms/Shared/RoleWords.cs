using System.Globalization;
using System.Resources;

namespace Probity.Shared;

/// <summary>The words of the roles, by their names on the record, in the reader's language.</summary>
internal static class RoleWords
{
    static readonly ResourceManager Texts = new(typeof(SharedText));

    /// <summary>The role's words; the name itself where there are none.</summary>
    public static string Of(string role) => Texts.GetString($"Role.{role}", CultureInfo.CurrentUICulture) ?? role;
}
