using System.Globalization;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// The text that is kept when a log is stopped, for people: what was found, the checkpoint that a witness showed where one did, and the
/// log's own. What follows takes the witness's checkpoint out of it again.
/// </summary>
internal static class StoppedEvidence
{
    /// <summary>The longest text that is read: two notes and some words.</summary>
    public const int MaxLength = (2 * SignedNote.MaxLength) + (64 * 1024);

    const string Showed = "What the witness showed:\n\n";
    const string Holds = "\nWhat the log holds:\n\n";
    const string Nothing = "None of them showed a checkpoint for it.";

    public static string Write(string origin, DateTimeOffset now, string found, string whatToDo, string? shown, string held) =>
        $"The log {origin} takes no entries since {now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, for\n{found}.\n{whatToDo}\n\n"
        + $"{(shown is null ? Nothing : Showed + shown)}{Holds}{held}";

    /// <summary>The checkpoint that a witness showed, if the log's key has signed it; null where there is none such.</summary>
    public static SignedCheckpoint? ReadShown(string text, VerifierKey log)
    {
        var begin = text.IndexOf(Showed, StringComparison.Ordinal) + Showed.Length;
        var end = text.LastIndexOf(Holds, StringComparison.Ordinal);
        if (begin < Showed.Length || end < begin) return null;
        try
        {
            return Checkpoint.Open(SignedNote.Parse(text[begin..end]), log);
        }
        catch (Exception fault) when (fault is FormatException or InvalidSignatureException)
        {
            return null;
        }
    }
}
