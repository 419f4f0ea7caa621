namespace Probity.Procedures.Checking;

/// <summary>Names the texts of the pages that check a register.</summary>
internal sealed class CheckingText;
