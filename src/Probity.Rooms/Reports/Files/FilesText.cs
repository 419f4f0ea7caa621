using System.Globalization;
using System.Resources;
using Probity.Reports.Handling;

namespace Probity.Reports.Files;

/// <summary>The texts about files that were sent along, by key and by code, in the reader's language; what the room says elsewhere too it says here in the same words.</summary>
internal sealed class FilesText
{
    static readonly ResourceManager Texts = new(typeof(FilesText));

    FilesText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? HandlingText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>What was taken out of a copy, in words; what is not known by name is something else.</summary>
    public static string Taken(string code) => $"taken.{code}" is var key && Of(key) is var said && said != key ? said : Of("taken.more");

    /// <summary>Why there is no copy, and what to do.</summary>
    public static string Refusal(string code) => $"noCopy.{code}" is var key && Of(key) is var said && said != key ? said : Of("noCopy.broken");
}
