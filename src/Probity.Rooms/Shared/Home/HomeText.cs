namespace Probity.Shared.Home;

/// <summary>Names the texts of the first screen.</summary>
public sealed class HomeText;
