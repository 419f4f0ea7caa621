namespace Probity.Procedures;

/// <summary>Names the texts of the procedures' room.</summary>
public sealed class ProceduresText;
