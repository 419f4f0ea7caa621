using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Probity.Storage.Views;

/// <summary>How the rows of a table differ from those of another time.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">How many rows it has now.</param>
/// <param name="Gone">How many were there and are not now.</param>
/// <param name="Added">How many are there now and were not.</param>
public sealed record ViewDifference(string Table, int Rows, int Gone, int Added)
{
    /// <summary>Whether every row is as it was.</summary>
    public bool IsSame => Gone == 0 && Added == 0;
}

/// <summary>A digest of every row of every table of the views, by which two states of them are compared; 16 bytes of memory a row.</summary>
public sealed class ViewRows
{
    readonly SortedDictionary<string, List<UInt128>> _tables = new(StringComparer.Ordinal);

    /// <summary>Reads them all.</summary>
    public static async Task<ViewRows> ReadAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ViewsDb>();
        await db.Database.OpenConnectionAsync(cancel);
        var connection = db.Database.GetDbConnection();
        var rows = new ViewRows();
        // As the file has them, and not only those that the program knows.
        foreach (var table in await ReadNamesAsync(connection, cancel)) rows._tables[table] = await ReadTableAsync(connection, table, cancel);
        return rows;
    }

    /// <summary>What differs from an earlier state, table by table.</summary>
    public IReadOnlyList<ViewDifference> Since(ViewRows earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return [.. _tables.Keys.Union(earlier._tables.Keys).Order(StringComparer.Ordinal).Select(table =>
            Compare(table, earlier._tables.GetValueOrDefault(table, []), _tables.GetValueOrDefault(table, [])))];
    }

    static ViewDifference Compare(string table, List<UInt128> before, List<UInt128> now)
    {
        int i = 0, j = 0, same = 0;
        while (i < before.Count && j < now.Count)
        {
            var order = before[i].CompareTo(now[j]);
            if (order == 0) same++;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return new ViewDifference(table, now.Count, before.Count - same, now.Count - same);
    }

    static async Task<List<string>> ReadNamesAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new List<string>();
        while (await reader.ReadAsync(cancel)) names.Add(reader.GetString(0));
        return names;
    }

    static async Task<List<UInt128>> ReadTableAsync(DbConnection connection, string table, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        // A name takes no parameter; it comes from the file, so it is quoted.
        command.CommandText = $"SELECT * FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var digests = new List<UInt128>();
        while (await reader.ReadAsync(cancel)) digests.Add(Digest(reader));
        digests.Sort();
        return digests;
    }

    /// <summary>Each value with its type and its length, so that no two rows run into one another.</summary>
    static UInt128 Digest(DbDataReader row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var column = 0; column < row.FieldCount; column++)
        {
            var value = row.GetValue(column);
            var bytes = value as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture)!);
            hash.AppendData(Encoding.UTF8.GetBytes($"{value.GetType().Name} {bytes.Length} "));
            hash.AppendData(bytes);
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
    }
}
