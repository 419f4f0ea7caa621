namespace Probity.Storage.Sqlite;

/// <summary>Bytes out of a column.</summary>
internal static class SqliteBytes
{
    /// <summary>Null stays null: the language's own conversion would make it no bytes.</summary>
    public static ReadOnlyMemory<byte>? OrNull(byte[]? bytes)
    {
        if (bytes is null) return null;
        return bytes;
    }
}
