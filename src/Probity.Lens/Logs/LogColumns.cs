namespace Probity.Lens.Logs;

/// <summary>Which columns of a table seem to hold what a log needs: a guess for somebody to confirm. Null where nothing fits.</summary>
/// <param name="Case">The column that seems to name the case.</param>
/// <param name="Activity">The column that seems to name the activity.</param>
/// <param name="Time">The column that seems to hold the time.</param>
/// <param name="Person">The column that seems to name who did it.</param>
/// <param name="TimeFormat">
/// The form of the times, for <see cref="LogReaderOptions.TimeFormat"/>; null where they are ISO 8601 or dates of a workbook. Where days and months
/// could be told either way, the day is taken to come first.
/// </param>
public sealed record LogColumns(string? Case, string? Activity, string? Time, string? Person, string? TimeFormat);
