namespace Probity.Shared.Stopping;

/// <summary>Names the texts of a record that has stopped.</summary>
internal sealed class StopText;
