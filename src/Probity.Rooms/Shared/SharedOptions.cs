namespace Probity.Shared;

/// <summary>What the host tells the shell.</summary>
public sealed class SharedOptions
{
    /// <summary>The unit's own name, beside the product's in the header.</summary>
    public string? UnitName { get; set; }

    /// <summary>Where a person signs in; empty where nobody does.</summary>
    public string SignInHref { get; set; } = "/sign-in";

    /// <summary>Where the sign-out form is posted to.</summary>
    public string SignOutHref { get; set; } = "/sign-out";

    /// <summary>Where a visitor of a demo becomes anybody in it; null everywhere else.</summary>
    public string? DemoHref { get; set; }

    /// <summary>The reporter's side; while null, a page says plainly that it is not open and what to do instead.</summary>
    public string? ReportHref { get; set; }

    /// <summary>Where a case register is checked; while null, a page says what can be done today.</summary>
    public string? CheckHref { get; set; }

    /// <summary>The commitments and their measures; while null, a page says that none are recorded yet.</summary>
    public string? PromisesHref { get; set; }

    /// <summary>
    /// Whether the log has witnesses: the checkpoint that it shows the public is then the newest that they have confirmed.
    /// </summary>
    public bool HasWitnesses { get; set; }

    /// <summary>The zone in which days and hours are shown.</summary>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;
}
