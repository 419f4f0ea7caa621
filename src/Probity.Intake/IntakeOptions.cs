namespace Probity.Intake;

/// <summary>How the reporter's side is run.</summary>
public sealed record IntakeOptions
{
    /// <summary>The port of the pages on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }
}
