using Microsoft.Data.Sqlite;
using Probity.Ledger;
using SQLitePCL;

namespace Probity.Storage.Sqlite;

/// <summary>Says what SQLite's errors mean for whoever runs the machine, and what to do (sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    /// <summary>What the callers of a store are told: it knows no driver.</summary>
    public static StoreFaultException Explain(SqliteException fault, string file) => new(Describe(fault, file), fault);

    /// <summary>One line: what, where, what to do.</summary>
    public static string Describe(SqliteException fault, string file) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => $"The disk of {file} is full: free space on it. Nothing that was acknowledged is lost, and the node goes on by itself.",
        raw.SQLITE_READONLY => $"{file} cannot be written: its disk or the file is read-only. Give the node the right to write it; it goes on by itself.",
        raw.SQLITE_IOERR => $"The disk of {file} does not read or write (SQLite error {fault.SqliteExtendedErrorCode}): look at the system's log, and at the disk's health and space.",
        raw.SQLITE_CANTOPEN => $"{file} or its write-ahead log cannot be opened: look at the rights, the disk and the number of open files.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program holds {file}: end what else has it open.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => $"{file} is damaged: stop the node, run 'probity verify' on its folder and restore the newest backup that verifies.",
        _ => $"{file} did not do what was asked ({fault.Message}): run 'probity verify' on its folder.",
    };
}
