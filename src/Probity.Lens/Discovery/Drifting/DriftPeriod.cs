namespace Probity.Lens.Discovery;

/// <summary>The periods of the calendar that are compared.</summary>
public enum DriftPeriod
{
    /// <summary>Months.</summary>
    Month,

    /// <summary>Quarters of a year.</summary>
    Quarter,

    /// <summary>Years.</summary>
    Year,
}
