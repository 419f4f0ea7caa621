using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Storage.Deposits;

namespace Probity.Tests.Reports;

/// <summary>The file of the sealed deposits.</summary>
public sealed class DepositStoreTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("probity-deposits-").FullName;

    string Name => Path.Combine(_folder, "reports.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    DepositStore Open() => DepositStore.Open(Name, Durability.EveryCommit);

    static StoredDeposit Of(long index, Guid report, byte content = 7) => new(index, new DateOnly(2026, 3, 2), report, Guid.NewGuid(), Enumerable.Repeat(content, 3_000).ToArray());

    [Fact]
    public void What_was_kept_is_there_after_it_was_closed_each_once()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        StoredDeposit[] first = [Of(3, one), Of(5, two)];
        using (var store = Open())
        {
            Assert.Equal(0, store.ReadNext());
            store.Keep(first, []);
            store.Keep([first[1], Of(8, one)], [new StoredProof(6, new byte[40])]);
            store.MoveCursor("answers", 12);
            store.MoveCursor("answers", 40);
        }

        using var again = Open();
        Assert.Equal(9, again.ReadNext());
        Assert.Equal([3, 5, 8], again.Read(0, 10).Select(d => d.Index));
        Assert.Equal([(3, true), (5, true), (6, false), (8, true)], again.ReadAll(0, 10).Select(r => (r.Index, r.Deposit is not null)));
        Assert.Equal([5], again.Read(4, 1).Select(d => d.Index));
        Assert.Equal([3, 8], again.OfReport(one).Select(d => d.Index));
        var read = again.Read(3, 1)[0];
        Assert.Equal((first[0].Day, one, first[0].Deposit), (read.Day, read.Report, read.Deposit));
        Assert.True(first[0].Receipt.Span.SequenceEqual(read.Receipt.Span));
        Assert.Equal((40, 0), (again.ReadCursor("answers"), again.ReadCursor("settled")));
    }

    [Fact]
    public void What_was_removed_is_nowhere_and_its_report_is_told_once()
    {
        var (gone, stays) = (Guid.NewGuid(), Guid.NewGuid());
        using var store = Open();
        store.Keep([Of(0, gone, 0x5a), Of(1, stays, 0x33), Of(2, gone, 0x5a)], []);
        store.Remove(gone, [new StoredProof(0, new byte[40]), new StoredProof(2, new byte[40])]);
        store.Remove(gone, []);
        Assert.Equal(3, store.ReadNext());
        Assert.Equal([(0, false), (1, true), (2, false)], store.ReadAll(0, 10).Select(r => (r.Index, r.Deposit is not null)));
        Assert.Equal([1], store.Read(0, 10).Select(d => d.Index));
        Assert.Equal([gone], store.ReadRemoved(0).Select(r => r.Report));
        Assert.Empty(store.ReadRemoved(store.ReadRemoved(0)[^1].Number));
        var sought = Enumerable.Repeat((byte)0x5a, 200).ToArray();
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Assert.True(bytes.AsSpan().IndexOf(sought) < 0, file);
        }

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Name));
    }

    [Fact]
    public void A_file_of_another_version_or_none_at_all_is_refused()
    {
        Open().Dispose();
        using (var connection = new SqliteConnection($"Data Source={Name};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 3";
            command.ExecuteNonQuery();
        }

        Assert.Contains("another version", Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
        File.WriteAllText(Name, new string('x', 5_000));
        Assert.Throws<InvalidDataException>(Open);
    }
}
