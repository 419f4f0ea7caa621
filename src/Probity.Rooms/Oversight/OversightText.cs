namespace Probity.Oversight;

/// <summary>Names the texts of the overseers' pages.</summary>
internal sealed class OversightText;
