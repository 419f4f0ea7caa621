using System.Globalization;

namespace Probity.Shared;

/// <summary>The order of titles that end in numbers, as people read them: post 2 before post 10.</summary>
internal static class TitleOrder
{
    /// <summary>By the reader's language.</summary>
    public static StringComparer Current => StringComparer.Create(CultureInfo.CurrentCulture, CompareOptions.NumericOrdering);
}
