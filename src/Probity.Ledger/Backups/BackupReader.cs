using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NSec.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// Reads a backup in bounded memory and checks it on the way: every record is in its one encoding, at its place, with the ciphertext
/// that its header names; every checkpoint is signed with the log's key and has the root of the records before it; the witnessed one
/// is among them. Nobody vouches for the file itself, so each frame's length is bounded before it is read.
/// </summary>
internal sealed class BackupReader
{
    const int LongestText = 4_096;

    /// <summary>The longest payload, its header, and room to spare.</summary>
    const int LongestRecord = TransparencyLog.MaxPayloadBytes + (64 * 1024);

    /// <summary>A piece of the file of credentials, and how many of them there may be.</summary>
    const int LongestPiece = 1024 * 1024, MostPieces = 65;

    /// <summary>More nodes than serve any log.</summary>
    const int MostNodes = 10_000;

    readonly SealedReader _chunks;
    readonly VerifierKey? _given;
    readonly CompactRange _tree = new();
    readonly List<Predecessor> _predecessors = [];
    VerifierKey? _key;
    Lineage? _lineage;
    LogHead? _newest, _witnessed;
    byte _last;
    int _nodes, _pieces;
    bool _met = true;

    BackupReader(Stream from, Key key, VerifierKey? given) => (_chunks, _given) = (new SealedReader(from, key), given);

    /// <summary>The parts, each checked before it is given. After the last one the whole is known to be right.</summary>
    /// <param name="from">What follows the head.</param>
    /// <param name="key">The key of the file.</param>
    /// <param name="given">The log's key from elsewhere, or null to take the one that the backup names.</param>
    /// <exception cref="InvalidDataException">Something is wrong.</exception>
    public static IEnumerable<BackupPart> Read(Stream from, Key key, VerifierKey? given) => new BackupReader(from, key, given).Parts();

    IEnumerable<BackupPart> Parts()
    {
        var begin = new byte[5];
        while (_chunks.Read(begin))
        {
            var (kind, length) = (begin[0], BinaryPrimitives.ReadUInt32BigEndian(begin.AsSpan(1)));
            if (length > Longest(kind) || !IsDue(kind)) throw Wrong();
            var content = new byte[length];
            if (length > 0 && !_chunks.Read(content)) throw Wrong();
            _last = kind;
            yield return Part(kind, content);
        }

        if (_predecessors.Count > 0 && _predecessors[^1].Size >= _tree.Size) throw new InvalidDataException("a log that it continues had more records than it has");
        if (_newest is null || _newest.Size != _tree.Size) throw new InvalidDataException("its last records have no checkpoint");
        if (!_met) throw new InvalidDataException("its witnessed checkpoint is none that the log has signed");
    }

    static int Longest(byte kind) => kind switch
    {
        BackupWriter.Identity => LongestText,
        BackupWriter.Node => 16,
        BackupWriter.Predecessor => SignedNote.MaxLength,
        BackupWriter.Policy or BackupWriter.Signed => SignedNote.MaxLength,
        BackupWriter.Witnessed => SignedNote.MaxLength + 8,
        BackupWriter.Record => LongestRecord,
        BackupWriter.Credentials => LongestPiece,
        _ => -1,
    };

    /// <summary>The kinds come in the order of their numbers, but for records and checkpoints, which take turns after the first checkpoint; credentials are last.</summary>
    bool IsDue(byte kind) => kind switch
    {
        BackupWriter.Identity => _last == 0,
        BackupWriter.Predecessor => _last is BackupWriter.Identity or BackupWriter.Predecessor && _predecessors.Count < Lineage.Most,
        BackupWriter.Node => _last is BackupWriter.Identity or BackupWriter.Predecessor or BackupWriter.Node && _nodes++ < MostNodes,
        BackupWriter.Record => _newest is not null && _last != BackupWriter.Credentials,
        BackupWriter.Signed => _last is not (0 or BackupWriter.Credentials),
        BackupWriter.Credentials => _last is BackupWriter.Signed or BackupWriter.Credentials && _pieces++ < MostPieces,
        _ => _last == BackupWriter.Predecessor || (_last >= BackupWriter.Identity && _last < kind),
    };

    BackupPart Part(byte kind, byte[] content)
    {
        try
        {
            return kind switch
            {
                BackupWriter.Identity => new BackupPart.Identity(ReadIdentity(content)),
                BackupWriter.Predecessor => new BackupPart.Predecessor(ReadPredecessor(content)),
                BackupWriter.Node => new BackupPart.Node(new Guid(content, bigEndian: true)),
                BackupWriter.Policy => new BackupPart.Policy(ReadPolicy(content)),
                BackupWriter.Witnessed => new BackupPart.Witnessed(ReadWitnessed(content)),
                BackupWriter.Record => new BackupPart.Record(ReadRecord(content)),
                BackupWriter.Credentials => new BackupPart.Credentials(content),
                _ => new BackupPart.Signed(ReadCheckpoint(content)),
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"it holds what no ledger holds: {fault.Message}", fault);
        }
    }

    LogIdentity ReadIdentity(byte[] content)
    {
        if (Encoding.UTF8.GetString(content).Split('\n') is not [var format, var origin, var node, var vkey, ""]) throw Wrong();
        var identity = new LogIdentity(int.Parse(format, NumberStyles.None, CultureInfo.InvariantCulture), origin, Guid.ParseExact(node, "D"), vkey);
        if (!identity.IsReadable) throw new InvalidDataException($"its ledger has format {identity.Format}; this program reads formats up to {LogIdentity.CurrentFormat}");
        _key = VerifierKey.Parse(vkey);
        if (_key.Name != origin) throw new InvalidDataException("its key is not that of the log it names");
        if (_given is not null && _given != _key) throw new InvalidDataException($"it is of the log of the key {_key}, not of the one given");
        return identity;
    }

    StoredPredecessor ReadPredecessor(byte[] content)
    {
        if (Encoding.UTF8.GetString(content).Split('\n', 2) is not [var vkey, var note]) throw Wrong();
        _predecessors.Add(Predecessor.Open(vkey, note));
        return Lineage.Of(_key!, _predecessors).Stored()[^1];
    }

    static string ReadPolicy(byte[] content)
    {
        TlogPolicy.Parse(content);
        return Encoding.UTF8.GetString(content);
    }

    WitnessedCheckpoint ReadWitnessed(byte[] content)
    {
        var note = Encoding.UTF8.GetString(content.AsSpan(8));
        _witnessed = LogKeys.Open(note, _key!) ?? throw new InvalidDataException("its witnessed checkpoint is not signed with the log's key");
        _met = false;
        return new WitnessedCheckpoint(_witnessed.Size, DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content)), note);
    }

    StoredRecord ReadRecord(byte[] content)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(content);
        if (length > content.Length - 4) throw Wrong();
        var (encoded, sealedBytes) = (content.AsMemory(4, (int)length), content.AsMemory(4 + (int)length));
        var header = HeaderEncoding.Decode(encoded);
        if (header.Index != _tree.Size || !RecordSealing.Covers(header, sealedBytes.Span))
            throw new InvalidDataException($"record {_tree.Size} is not as it was recorded: run 'probity verify' on the node");
        _tree.Append(LogTiles.Leaf(encoded.Span));
        return new StoredRecord(header.Index, header.Stream, header.Version, encoded, sealedBytes);
    }

    StoredCheckpoint ReadCheckpoint(byte[] content)
    {
        var note = Encoding.UTF8.GetString(content);
        _lineage ??= Lineage.Of(_key!, _predecessors);
        var head = LogKeys.Open(note, _lineage.KeyAt(_tree.Size));
        if (_lineage.Predecessors.FirstOrDefault(one => one.Size > (_newest?.Size ?? -1) && one.Size <= _tree.Size) is { } last && (last.Size < _tree.Size || last.Last.Root != _tree.Root()))
            throw new InvalidDataException($"its records are not those that {last.Key.Name}, which it continues, had signed");
        if (head is null || head.Size != _tree.Size || head.Root != _tree.Root() || (_newest is null ? head.Size != 0 : head.Size <= _newest.Size))
            throw new InvalidDataException($"the checkpoint at {_tree.Size} records is not that of the records, or not signed with the log's key: run 'probity verify' on the node");
        _newest = head;
        _met |= _witnessed?.Size == head.Size && _witnessed.Root == head.Root;
        return new StoredCheckpoint(head.Size, note);
    }

    static InvalidDataException Wrong() => new("its parts are not those of a backup");
}
