namespace Probity.Shared.Confirming;

/// <summary>Names the texts of the guide to checking a receipt.</summary>
internal sealed class GuideText;
