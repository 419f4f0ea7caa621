namespace Probity.Shared.Confirming;

/// <summary>Names the texts of the record's page and of the footer's line about it.</summary>
internal sealed class RecordText;
