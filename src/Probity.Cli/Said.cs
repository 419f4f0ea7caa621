using System.Globalization;

namespace Probity.Cli;

/// <summary>Figures with their words, as people say them: one case, two cases.</summary>
internal static class Said
{
    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");

    /// <summary>That events were put into their order, where they were.</summary>
    public static void OutOfOrder(TextWriter to, int events)
    {
        if (events > 0) to.WriteLine($"{Count(events, "event was", "events were")} out of the order of time within {(events == 1 ? "its case" : "their cases")}, and sorted.");
    }
}
