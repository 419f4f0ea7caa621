namespace Probity.Ledger.Tests.Faults;

/// <summary>What SQLite calls the faults of a disk (sqlite.org/rescode.html).</summary>
internal static class SqliteResult
{
    public const int Full = 13;
    public const int ReadOnly = 8;
    public const int CannotOpen = 14;
    public const int IoErrorRead = 10 | (1 << 8);
    public const int IoErrorWrite = 10 | (3 << 8);
    public const int IoErrorSync = 10 | (4 << 8);
    public const int IoErrorTruncate = 10 | (6 << 8);
    public const int IoErrorDelete = 10 | (10 << 8);
}
