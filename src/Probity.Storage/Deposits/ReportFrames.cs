using System.Buffers.Binary;
using NSec.Cryptography;
using Probity.Ledger;

namespace Probity.Storage.Deposits;

/// <summary>A part of a backup of sealed reports.</summary>
internal abstract record ReportFrame
{
    ReportFrame() { }

    /// <summary>A deposit.</summary>
    public sealed record Deposit(StoredDeposit Row) : ReportFrame;

    /// <summary>What proves the place of a record that is not kept.</summary>
    public sealed record Proof(StoredProof Row) : ReportFrame;

    /// <summary>A report that was removed.</summary>
    public sealed record Removal(Guid Report) : ReportFrame;

    /// <summary>A sealed file begins, of so many bytes.</summary>
    public sealed record File(Guid Id, long Length) : ReportFrame;

    /// <summary>The next bytes of the file that began last.</summary>
    public sealed record Piece(ReadOnlyMemory<byte> Bytes) : ReportFrame;
}

/// <summary>
/// The frames within a backup of sealed reports: kind (1 byte), length (4 bytes, big-endian), content. 1 deposit: number (8), day (4), report (16), deposit (16), receipt; 2 proof: number (8), receipt; 3
/// removal: report (16); 4 file: id (16), length (8); 5 a piece of it.
/// </summary>
internal static class ReportFrames
{
    const byte Deposit = 1, Proof = 2, Removal = 3, File = 4, Piece = 5;
    const int PieceSize = 1024 * 1024;
    const int DepositHead = 44, ProofHead = 8;

    /// <summary>The longest receipt, and what stands before it.</summary>
    const int Longest = Ledger.Formats.TlogProof.MaxLength + DepositHead;

    /// <summary>Reads them one after the other, each length bounded before it is read.</summary>
    /// <exception cref="InvalidDataException">It was changed or cut off, or is something else.</exception>
    public static IEnumerable<ReportFrame> Read(Stream from, Key key)
    {
        var chunks = new SealedReader(from, key);
        var begin = new byte[5];
        while (chunks.Read(begin))
        {
            var (kind, length) = (begin[0], BinaryPrimitives.ReadUInt32BigEndian(begin.AsSpan(1)));
            if (length > (kind is Deposit or Proof ? Longest : PieceSize)) throw Wrong();
            var content = new byte[length];
            if (length > 0 && !chunks.Read(content)) throw Wrong();
            yield return (kind, content.Length) switch
            {
                (Deposit, >= DepositHead) => new ReportFrame.Deposit(new StoredDeposit(Number(content), DayIn(content), Id(content, 12), Id(content, 28), content.AsMemory(DepositHead))),
                (Proof, >= ProofHead) => new ReportFrame.Proof(new StoredProof(Number(content), content.AsMemory(ProofHead))),
                (Removal, 16) => new ReportFrame.Removal(Id(content, 0)),
                (File, 24) => new ReportFrame.File(Id(content, 0), BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(16))),
                (Piece, > 0) => new ReportFrame.Piece(content),
                _ => throw Wrong(),
            };
        }
    }

    static long Number(byte[] content) => BinaryPrimitives.ReadInt64BigEndian(content) is >= 0 and var number ? number : throw Wrong();

    static DateOnly DayIn(byte[] content) =>
        BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(8)) is var day && day >= 0 && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(day) : throw Wrong();

    static Guid Id(byte[] content, int at) => new(content.AsSpan(at, 16), bigEndian: true);

    static InvalidDataException Wrong() => new("its parts are not those of a backup of sealed reports");

    /// <summary>Writes them.</summary>
    internal sealed class Writer(Stream to, Key key)
    {
        readonly SealedWriter _chunks = new(to, key);

        public void Write(StoredRecord record)
        {
            Span<byte> head = stackalloc byte[DepositHead];
            BinaryPrimitives.WriteInt64BigEndian(head, record.Index);
            if (record.Deposit is not { } deposit)
            {
                Frame(Proof, head[..ProofHead], record.Receipt.Span);
                return;
            }

            BinaryPrimitives.WriteInt32BigEndian(head[8..], deposit.Day.DayNumber);
            deposit.Report.TryWriteBytes(head[12..], bigEndian: true, out _);
            deposit.Deposit.TryWriteBytes(head[28..], bigEndian: true, out _);
            Frame(Deposit, head, record.Receipt.Span);
        }

        public void WriteRemoval(Guid report) => Frame(Removal, report.ToByteArray(bigEndian: true));

        /// <summary>Writes a file; false where it is not there any more.</summary>
        public bool WriteFile(Guid id, string path)
        {
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (FileNotFoundException)
            {
                return false;
            }

            using (file)
            {
                Span<byte> head = stackalloc byte[24];
                id.TryWriteBytes(head, bigEndian: true, out _);
                BinaryPrimitives.WriteInt64BigEndian(head[16..], file.Length);
                Frame(File, head);
                var piece = new byte[PieceSize];
                for (int count; (count = file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false)) > 0;) Frame(Piece, piece.AsSpan(0, count));
            }

            return true;
        }

        public void Finish() => _chunks.Finish();

        void Frame(byte kind, ReadOnlySpan<byte> one, ReadOnlySpan<byte> two = default)
        {
            Span<byte> begin = stackalloc byte[5];
            begin[0] = kind;
            BinaryPrimitives.WriteInt32BigEndian(begin[1..], one.Length + two.Length);
            _chunks.Write(begin);
            _chunks.Write(one);
            _chunks.Write(two);
        }
    }
}
