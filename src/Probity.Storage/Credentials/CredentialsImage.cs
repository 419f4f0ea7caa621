using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Probity.Storage.Sqlite;
using SQLitePCL;

namespace Probity.Storage.Credentials;

/// <summary>The file of credentials as it stands at one moment, beside a running server. It is made in memory: no copy of it comes to lie on a disk.</summary>
internal static class CredentialsImage
{
    /// <summary>The most bytes of one: some hundred thousand people.</summary>
    public const int Longest = 64 * 1024 * 1024;

    /// <exception cref="IOException">The file is not there, or is longer than it may be.</exception>
    public static byte[] Read(string file)
    {
        SqliteFile.RequireRegular(file);
        using var source = SqliteFile.OpenReader(file);
        using var memory = new SqliteConnection("Data Source=:memory:;Pooling=False");
        memory.Open();
        if (new FileInfo(file).Length > Longest) throw new IOException($"{file} is longer than the {Longest} bytes that it may have.");
        source.BackupDatabase(memory);
        var image = raw.sqlite3_serialize(memory.Handle, "main", out var size, 0);
        try
        {
            if (image == 0 || size > Longest) throw new IOException($"{file} is longer than the {Longest} bytes that it may have.");
            var bytes = new byte[size];
            Marshal.Copy(image, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            raw.sqlite3_free(image);
        }
    }

    /// <summary>Refuses a restored file that is no whole database.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static void Check(string file)
    {
        try
        {
            using var connection = SqliteFile.OpenUntouched(file);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            if (command.ExecuteScalar() is "ok") return;
        }
        catch (SqliteException fault) when (SqliteHealth.IsDamage(fault))
        {
            // Said below.
        }

        throw new InvalidDataException("its credentials are no whole database");
    }
}
