using Probity.Lens.Logs;
using Probity.Lens.Procedures.Tables;

namespace Probity.Procedures.Checking;

/// <summary>Which columns of a table hold what; a XES register says that itself, and leaves all of them null.</summary>
/// <param name="Sheet">The sheet of a workbook.</param>
/// <param name="Case">The column that names the case.</param>
/// <param name="Activity">The column that names the step.</param>
/// <param name="Time">The column that holds the time.</param>
/// <param name="TimeFormat">How times are written, as .NET says it; null for ISO 8601.</param>
/// <param name="Person">The column that names who did it.</param>
/// <param name="Role">The column that names what they are.</param>
/// <param name="Second">The column that names a second person.</param>
internal sealed record RegisterColumns(string? Sheet, string? Case, string? Activity, string? Time, string? TimeFormat, string? Person, string? Role, string? Second)
{
    /// <summary>What the columns of a procedure table are about.</summary>
    public ProcedureTableOptions ToTableOptions() => new() { RoleAttribute = Role, SecondPersonAttribute = Second, Language = ShowFound.Language };

    /// <summary>How a reader is told so; the columns of roles and of second persons are kept with what it keeps anyway.</summary>
    public LogReaderOptions ToOptions(CheckLimits limits) => new()
    {
        Sheet = Sheet, CaseColumn = Case, ActivityColumn = Activity, TimeColumn = Time, TimeFormat = TimeFormat, ResourceColumn = Person,
        EventAttributes = [.. ((string?[])[Role, Second]).OfType<string>()],
        MaxEvents = limits.Events, MaxUnpacked = limits.UnpackedBytes,
    };
}
