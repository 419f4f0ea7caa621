using Probity.Lens.Logs;

namespace Probity.Procedures.Checking;

/// <summary>Which columns of a table hold what; a XES register says that itself, and leaves all of them null.</summary>
/// <param name="Sheet">The sheet of a workbook.</param>
/// <param name="Case">The column that names the case.</param>
/// <param name="Activity">The column that names the step.</param>
/// <param name="Time">The column that holds the time.</param>
/// <param name="TimeFormat">How times are written, as .NET says it; null for ISO 8601.</param>
/// <param name="Person">The column that names who did it.</param>
/// <param name="Role">The column that names what they are.</param>
internal sealed record RegisterColumns(string? Sheet, string? Case, string? Activity, string? Time, string? TimeFormat, string? Person, string? Role)
{
    /// <summary>How a reader is told so.</summary>
    public LogReaderOptions ToOptions(CheckLimits limits) => new()
    {
        Sheet = Sheet, CaseColumn = Case, ActivityColumn = Activity, TimeColumn = Time, TimeFormat = TimeFormat, ResourceColumn = Person,
        MaxEvents = limits.Events, MaxUnpacked = limits.UnpackedBytes,
    };
}
