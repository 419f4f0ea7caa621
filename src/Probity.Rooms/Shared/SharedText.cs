namespace Probity.Shared;

/// <summary>Names the texts of the shell and of the UI kit (SharedText.resx and its languages).</summary>
public sealed class SharedText;
