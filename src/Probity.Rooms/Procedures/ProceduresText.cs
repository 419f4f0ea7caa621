namespace Probity.Procedures;

/// <summary>Names the texts of the procedures' room.</summary>
internal sealed class ProceduresText;
