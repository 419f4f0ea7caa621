namespace Probity.Storage;

/// <summary>A row holds more than any may, and was not read.</summary>
internal sealed class RowTooLargeException() : IOException("A row is larger than any may be.");
