using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// Writes the parts of a backup as frames: kind (1 byte), length (4 bytes, big-endian), content. Contents: 1 identity, lines of text (format, origin,
/// node, key); 2 node, 16 bytes; 3 policy, text; 4 witnessed checkpoint, POSIX seconds (8 bytes, big-endian) and the note; 5 record, the header's length (4 bytes), header, nonce ‖
/// ciphertext; 6 checkpoint, the note; 7 a piece of the file of credentials; 8 a log that this one continues, its key as a line, and the note of its last checkpoint.
/// </summary>
internal sealed class BackupWriter(Stream to, Key key)
{
    public const byte Identity = 1, Node = 2, Policy = 3, Witnessed = 4, Record = 5, Signed = 6, Credentials = 7, Predecessor = 8;

    readonly SealedWriter _chunks = new(to, key);

    public void Write(BackupPart part)
    {
        switch (part)
        {
            case BackupPart.Identity(var log):
                Frame(Identity, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{log.Format}\n{log.Origin}\n{log.Node:D}\n{log.VerifierKey}\n")));
                break;
            case BackupPart.Predecessor(var one):
                Frame(Predecessor, Encoding.UTF8.GetBytes($"{one.VerifierKey}\n"), Encoding.UTF8.GetBytes(one.Note));
                break;
            case BackupPart.Node(var id):
                Frame(Node, id.ToByteArray(bigEndian: true));
                break;
            case BackupPart.Policy(var text):
                Frame(Policy, Encoding.UTF8.GetBytes(text));
                break;
            case BackupPart.Witnessed(var witnessed):
                Frame(Witnessed, Number(witnessed.Time.ToUnixTimeSeconds()), Encoding.UTF8.GetBytes(witnessed.Note));
                break;
            case BackupPart.Record(var record):
                Frame(Record, Number(record.Header.Length).AsSpan(4), record.Header.Span, record.Sealed.Span);
                break;
            case BackupPart.Signed(var checkpoint):
                Frame(Signed, Encoding.UTF8.GetBytes(checkpoint.Note));
                break;
            case BackupPart.Credentials(var piece):
                Frame(Credentials, piece.Span);
                break;
        }
    }

    public void Finish() => _chunks.Finish();

    void Frame(byte kind, ReadOnlySpan<byte> one, ReadOnlySpan<byte> two = default, ReadOnlySpan<byte> three = default)
    {
        var begin = Number(one.Length + two.Length + three.Length).AsSpan(3);
        begin[0] = kind;
        _chunks.Write(begin);
        _chunks.Write(one);
        _chunks.Write(two);
        _chunks.Write(three);
    }

    static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
