using System.Formats.Cbor;
using System.Globalization;
using System.Text;

namespace Probity.Sealing;

/// <summary>What those who handle a report tell its source, sealed for the receipt code: the reporter's side keeps it and cannot read it.</summary>
/// <param name="Id">The answer.</param>
/// <param name="Report">The report.</param>
/// <param name="Day">The day on which it was given, UTC.</param>
/// <param name="Box">The sealed text.</param>
public sealed record SealedAnswer(Guid Id, Guid Report, DateOnly Day, byte[] Box)
{
    /// <summary>The most bytes of a box.</summary>
    public const int Longest = (64 << 10) + 64;

    const int Version = 1;
    const int Fields = 5;

    /// <summary>Seals an answer.</summary>
    /// <exception cref="ArgumentException">It is longer than an answer can be.</exception>
    public static SealedAnswer Seal(Guid id, Guid report, DateOnly day, SealingPublicKey source, AnswerContent content) =>
        new(id, report, day, source.Seal(Info(id, report, day), Padding.Fill(content.Write(), AnswerContent.Steps)));

    /// <summary>Opens it with the code's key; null where it is another's.</summary>
    public AnswerContent? Open(SealingKey source) =>
        source.Open(Info(Id, Report, Day), Box) is { } padded && Padding.Strip(padded) is { } text ? AnswerContent.Read(text) : null;

    /// <summary>Writes it as it is kept: deterministic CBOR, <c>[1, id, report, day, box]</c>.</summary>
    public byte[] Encode()
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartArray(Fields);
        cbor.WriteInt32(Version);
        cbor.WriteByteString(Id.ToByteArray(bigEndian: true));
        cbor.WriteByteString(Report.ToByteArray(bigEndian: true));
        cbor.WriteInt32(Day.DayNumber);
        cbor.WriteByteString(Box);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SealedAnswer Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var cbor = new CborReader(bytes, CborConformanceMode.Canonical);
            if (bytes.Length > Longest + 128 || cbor.ReadStartArray() != Fields || cbor.ReadInt32() != Version) throw new FormatException("These bytes are no answer.");
            var answer = new SealedAnswer(
                new Guid(cbor.ReadByteString(), bigEndian: true), new Guid(cbor.ReadByteString(), bigEndian: true), DateOnly.FromDayNumber(cbor.ReadInt32()), cbor.ReadByteString());
            cbor.ReadEndArray();
            return cbor.BytesRemaining == 0 ? answer : throw new FormatException("These bytes are no answer.");
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new FormatException("These bytes are no answer.", fault);
        }
    }

    static byte[] Info(Guid id, Guid report, DateOnly day) =>
        [.. "probity answer 1"u8, .. id.ToByteArray(bigEndian: true), .. report.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
}
