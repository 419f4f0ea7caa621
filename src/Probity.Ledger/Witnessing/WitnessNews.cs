namespace Probity.Ledger.Witnessing;

/// <summary>How grave a piece of news is.</summary>
public enum WitnessNewsKind
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>A witness does not answer as it should.</summary>
    Trouble,

    /// <summary>A witness says something of the log that, if true, means that the log was rolled back or written anew.</summary>
    Suspicion,

    /// <summary>The log was rolled back or written anew; it has stopped.</summary>
    Alarm,
}

/// <summary>What the loop has to tell whoever runs the node, in one line.</summary>
public sealed record WitnessNews(WitnessNewsKind Kind, string Message);
