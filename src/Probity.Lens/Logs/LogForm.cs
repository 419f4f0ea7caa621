namespace Probity.Lens.Logs;

/// <summary>The forms of event logs, as they are told from their content.</summary>
public enum LogForm
{
    /// <summary>IEEE XES, which says itself what is what.</summary>
    Xes,

    /// <summary>Comma-separated values, whatever separates them.</summary>
    Csv,

    /// <summary>A workbook in Office Open XML.</summary>
    Xlsx,
}
