using Microsoft.Data.Sqlite;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>
/// Who holds the machine, the database and every key of a node, and knows all that it held at any time: goes back to some commit and
/// writes the history from there on anew, every hash, checkpoint and key of it consistent. A seed decides what is changed and how.
/// </summary>
internal sealed class Thief(Random random, Theft theft)
{
    static readonly string[] Types = ["cases.opened.v1", "cases.closed.v1", "record.read.v1"];

    readonly List<string> _done = [];

    /// <summary>What was done, for whoever reads of a failure.</summary>
    public string Done => string.Join("; ", _done);

    /// <summary>Whether the key of something recorded was exchanged, so that it opens no more.</summary>
    public bool ExchangedKey { get; private set; }

    /// <summary>Whether the folder shows the witnesses' real confirmation.</summary>
    public bool LeftConfirmation { get; private set; }

    /// <summary>Does it to a folder that does not hold the node yet.</summary>
    public async Task DoAsync(string folder, CancellationToken ct)
    {
        // Mostly before what was confirmed.
        var sizes = random.Next(5) == 0 ? theft.Sizes : [.. theft.Sizes.TakeWhile(size => size < Theft.Confirmed)];
        var from = sizes[random.Next(sizes.Count)];
        var future = theft.Entries.Skip(from).ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--) Change(future, from);
        await WriteAsync(folder, from, future, ct);
        LeaveWitnessed(folder, from);
        if (random.Next(8) == 0) ExchangeKey(folder, [.. theft.Entries.Take(from), .. future]);
    }

    /// <summary>One thing that a history may not have done to it.</summary>
    void Change(List<Entry> entries, int from)
    {
        var at = entries.Count == 0 ? 0 : random.Next(entries.Count);
        var kind = entries.Count < 2 ? 0 : random.Next(11);
        _done.Add($"change {kind} at {from + at}");
        switch (kind)
        {
            case 0:
                var copied = theft.Entries[random.Next(theft.Entries.Count)];
                entries.Insert(at, copied with { Payload = Text() });
                break;
            case 1:
                entries.RemoveAt(at);
                break;
            case 2:
                entries.RemoveRange(at, random.Next(1, entries.Count - at + 1));
                break;
            case 3:
                var other = random.Next(entries.Count);
                (entries[at], entries[other]) = (entries[other], entries[at]);
                break;
            case 4:
                entries[at] = entries[at] with { Payload = Text() };
                break;
            case 5:
                Head(header => header with { Actor = new ActorId(Draw()) });
                break;
            case 6:
                Head(header => header with { Recorded = header.Recorded.AddMicroseconds(random.Next(-2_000_000, 2_000_000)) });
                break;
            case 7:
                Head(header => header with { Type = Types[random.Next(Types.Length)] });
                break;
            case 8:
                Head(header => header with { Stream = theft.Entries[random.Next(theft.Entries.Count)].Header.Stream });
                break;
            case 9:
                Head(header => header with { Compartment = theft.Entries[random.Next(theft.Entries.Count)].Header.Compartment });
                break;
            default:
                Head(header => header with { Occurred = header.Recorded.AddDays(-random.Next(1, 9)) });
                break;
        }

        void Head(Func<RecordHeader, RecordHeader> change) => entries[at] = entries[at] with { Header = change(entries[at].Header) };
    }

    /// <summary>With the node's own program: nobody writes a log more consistently.</summary>
    async Task WriteAsync(string folder, int from, List<Entry> future, CancellationToken ct)
    {
        theft.At(from).Lay(folder);
        // Every compartment's own key, also of those that came later.
        File.WriteAllBytes(Path.Combine(folder, "keys.db"), theft.Now["keys.db"]);
        var clock = new TestClock();
        await using var log = await NodeFolder.OpenAsync(folder, clock, Theft.Options(from), ct);
        for (var next = 0; next < future.Count;)
        {
            // What shares a commit shares its time.
            var time = future[next].Header.Recorded;
            var some = future.Skip(next).TakeWhile(entry => entry.Header.Recorded == time).Take(random.Next(1, 9)).ToList();
            if (time > clock.Now) clock.Now = time;
            await log.AppendAsync([], [.. some.Select(entry => new NewEntry(
                entry.Header.Stream, entry.Header.Type, entry.Payload!.Value, entry.Header.Actor, entry.Header.Compartment, entry.Header.Occurred))], ct);
            next += some.Count;
        }

        if (random.Next(8) != 0) return;
        _done.Add("a key destroyed, and an entry that says so");
        await log.EraseAsync([], [], new ActorId(Draw()), [theft.Entries[random.Next(theft.Entries.Count)].Header.Compartment], null, ct);
    }

    /// <summary>What the folder says that witnesses have cosigned: the real thing, nothing, or something false.</summary>
    void LeaveWitnessed(string folder, int from)
    {
        var real = SignedNote.Parse(theft.Witnessed.Note);
        var mine = SignedNote.Parse(File.ReadAllText(Path.Combine(folder, "checkpoint")));
        var kind = random.Next(5);
        _done.Add($"witnessed {kind}");
        LeftConfirmation = kind == 2 || (kind == 0 && from > Theft.Confirmed);
        if (kind == 0) return;
        using var connection = Open(folder, "ledger.db");
        Run(connection, "DELETE FROM witnessed");
        if (kind == 1) return;
        var forged = kind switch
        {
            // The real checkpoint with its cosignatures, over whatever is there.
            2 => theft.Witnessed.Note,
            // The real cosignatures under another checkpoint that the stolen key has signed.
            3 => mine.With([.. real.Signatures.Skip(1)]).ToString(),
            // Cosignatures in the witnesses' names, by keys that are not theirs.
            _ => mine.With([.. theft.WitnessNames.Select(name => Sign(name, mine.Text))]).ToString(),
        };
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO witnessed VALUES (1, $size, $time, $note)";
        command.Parameters.AddWithValue("$size", Checkpoint.Parse(SignedNote.Parse(forged).Text).Size);
        command.Parameters.AddWithValue("$time", theft.Witnessed.Time.ToUnixTimeSeconds());
        command.Parameters.AddWithValue("$note", forged);
        command.ExecuteNonQuery();
        // And its size among the log's own, signed.
        if (kind != 2 || random.Next(2) == 0) return;
        command.CommandText = "INSERT OR REPLACE INTO checkpoint VALUES ($size, $own)";
        command.Parameters.AddWithValue("$own", theft.Own);
        command.ExecuteNonQuery();
    }

    NoteSignature Sign(string name, string text)
    {
        using var key = SignerKey.Generate(name, SignatureType.CosignatureEd25519);
        return key.Cosign(text, theft.Witnessed.Time);
    }

    /// <summary>Another key in a compartment's place, wrapped as its own would be.</summary>
    void ExchangeKey(string folder, IReadOnlyList<Entry> recorded)
    {
        if (recorded.Count == 0) return;
        var compartment = recorded[random.Next(recorded.Count)].Header.Compartment;
        _done.Add($"another key for {compartment}");
        using var secrets = LogKeys.Read(Path.Combine(folder, "keys"));
        var key = new byte[CompartmentKey.Size];
        random.NextBytes(key);
        using var connection = Open(folder, "keys.db");
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE key SET wrapped = $wrapped WHERE compartment = $compartment AND wrapped IS NOT NULL";
        command.Parameters.AddWithValue("$wrapped", secrets.Wrapping.Wrap(compartment, 1, key).Wrapped!.Value.ToArray());
        command.Parameters.AddWithValue("$compartment", compartment.Value.ToByteArray(bigEndian: true));
        ExchangedKey = command.ExecuteNonQuery() == 1;
    }

    ReadOnlyMemory<byte> Text() => System.Text.Encoding.UTF8.GetBytes($"not what happened {random.Next()}");

    Guid Draw()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static SqliteConnection Open(string folder, string name)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, name)};Pooling=False");
        connection.Open();
        return connection;
    }
}
