using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Probity.Sealing;

/// <summary>A sealed file that belongs to a deposit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Size">Its sealed bytes.</param>
/// <param name="Sha256">Of its sealed bytes.</param>
public sealed record DepositFile(Guid Id, long Size, ReadOnlyMemory<byte> Sha256);

/// <summary>
/// What the reporter's side keeps of a report, or of what its source adds to it: all of it sealed, but for what it is found and bound by. Deterministic CBOR (RFC 8949 §4.2):
/// <c>[1, id, report, tag, source, route, book, [slots], body, [slots], body, [[file, size, sha256]]]</c>.
/// </summary>
/// <param name="Id">The deposit.</param>
/// <param name="Report">The report: the same for all that its source adds.</param>
/// <param name="Tag">What the report is found by with its code.</param>
/// <param name="Source">What answers are sealed for.</param>
/// <param name="Route">Who may read it, under the code.</param>
/// <param name="Book">SHA-256 of the book that the slots are in the order of.</param>
/// <param name="Content">What it says.</param>
/// <param name="Identity">Who says it.</param>
/// <param name="Files">What was sent along.</param>
public sealed record Deposit(
    Guid Id, Guid Report, ReadOnlyMemory<byte> Tag, SealingPublicKey Source, byte[] Route, ReadOnlyMemory<byte> Book, SealedPart Content, SealedPart Identity,
    IReadOnlyList<DepositFile> Files)
{
    /// <summary>The most bytes of one.</summary>
    public const int Longest = 1 << 20;

    /// <summary>The most files of one.</summary>
    public const int MostFiles = 20;

    const int Version = 1;
    const int HashSize = 32;
    const int GuidSize = 16;
    const int Fields = 12;

    static ReadOnlySpan<int> RouteSteps => [4 << 10];

    /// <summary>What one of its parts is bound to.</summary>
    public PartBinding Binding(PartKind kind) => new(Id, Report, Book, kind);

    /// <summary>Seals what a source says.</summary>
    /// <param name="report">The report that it begins or adds to.</param>
    /// <param name="keys">Those of its receipt code.</param>
    /// <param name="book">The book in force.</param>
    /// <param name="routing">Who may read it.</param>
    /// <param name="content">What it says.</param>
    /// <param name="identity">Who says it.</param>
    /// <param name="files">What was sent along.</param>
    /// <exception cref="ArgumentException">It is longer than what is sealed at once.</exception>
    public static Deposit Seal(
        Guid report, SourceKeys keys, RecipientBook book, Routing routing, DepositContent content, DepositIdentity identity, IReadOnlyList<DepositFile> files)
    {
        var route = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new RouteContent(routing.People(book)), DepositJson.Default.RouteContent);
        return Seal(
            Guid.NewGuid(), report, keys.Tag, keys.Key.Public, keys.SealRoute(report, Padding.Fill(route, RouteSteps)), book,
            routing.Readers(book, PartKind.Content), Padding.Fill(content.Write(), DepositContent.Steps),
            routing.Readers(book, PartKind.Identity), Padding.Fill(identity.Write(), DepositIdentity.Steps), files);
    }

    /// <summary>One that nobody made and nobody can open, of the shortest length: what fills the record up between reports.</summary>
    public static Deposit Cover(RecipientBook book)
    {
        using var nobody = SealingKey.Generate();
        var nobodies = new SealingPublicKey?[book.Slots];
        return Seal(
            Guid.NewGuid(), Guid.NewGuid(), RandomNumberGenerator.GetBytes(HashSize), nobody.Public, RandomNumberGenerator.GetBytes(RouteSteps[0] + SecretBox.Overhead), book,
            nobodies, Padding.Fill([], DepositContent.Steps), nobodies, Padding.Fill([], DepositIdentity.Steps), []);
    }

    static Deposit Seal(
        Guid id, Guid report, ReadOnlyMemory<byte> tag, SealingPublicKey source, byte[] route, RecipientBook book,
        IReadOnlyList<SealingPublicKey?> readers, byte[] content, IReadOnlyList<SealingPublicKey?> custodians, byte[] identity, IReadOnlyList<DepositFile> files)
    {
        var hash = book.Hash();
        return new Deposit(
            id, report, tag, source, route, hash,
            SealedPart.Seal(new PartBinding(id, report, hash, PartKind.Content), readers, content),
            SealedPart.Seal(new PartBinding(id, report, hash, PartKind.Identity), custodians, identity), files);
    }

    /// <summary>Who may read this report, with its code; null where the code is another's.</summary>
    public IReadOnlySet<Guid>? OpenRoute(SourceKeys keys) =>
        keys.OpenRoute(Report, Route) is { } padded && Padding.Strip(padded) is { } route && DepositJson.Read(route, DepositJson.Default.RouteContent) is { } read ? read.Readers.ToHashSet() : null;

    /// <summary>Writes it as it is kept.</summary>
    public byte[] Encode()
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartArray(Fields);
        cbor.WriteInt32(Version);
        cbor.WriteByteString(Id.ToByteArray(bigEndian: true));
        cbor.WriteByteString(Report.ToByteArray(bigEndian: true));
        cbor.WriteByteString(Tag.Span);
        cbor.WriteByteString(Source.Bytes);
        cbor.WriteByteString(Route);
        cbor.WriteByteString(Book.Span);
        foreach (var part in (ReadOnlySpan<SealedPart>)[Content, Identity])
        {
            cbor.WriteStartArray(part.Slots.Count);
            foreach (var slot in part.Slots) cbor.WriteByteString(slot);
            cbor.WriteEndArray();
            cbor.WriteByteString(part.Body);
        }

        cbor.WriteStartArray(Files.Count);
        foreach (var file in Files)
        {
            cbor.WriteStartArray(3);
            cbor.WriteByteString(file.Id.ToByteArray(bigEndian: true));
            cbor.WriteInt64(file.Size);
            cbor.WriteByteString(file.Sha256.Span);
            cbor.WriteEndArray();
        }

        cbor.WriteEndArray();
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Deposit Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > Longest) throw new FormatException($"A deposit has {bytes.Length} bytes; {Longest} at most.");
        try
        {
            var cbor = new CborReader(bytes, CborConformanceMode.Canonical);
            Require(cbor.ReadStartArray() == Fields && cbor.ReadInt32() == Version);
            var (id, report) = (ReadGuid(cbor), ReadGuid(cbor));
            var tag = ReadHash(cbor);
            var source = SealingPublicKey.Parse(Convert.ToBase64String(ReadHash(cbor)));
            var route = cbor.ReadByteString();
            var book = ReadHash(cbor);
            var (content, identity) = (ReadPart(cbor), ReadPart(cbor));
            var count = cbor.ReadStartArray();
            Require(count is >= 0 and <= MostFiles);
            var files = new DepositFile[count!.Value];
            for (var i = 0; i < files.Length; i++)
            {
                Require(cbor.ReadStartArray() == 3);
                files[i] = new DepositFile(ReadGuid(cbor), cbor.ReadInt64(), ReadHash(cbor));
                Require(files[i].Size > 0);
                cbor.ReadEndArray();
            }

            cbor.ReadEndArray();
            cbor.ReadEndArray();
            Require(cbor.BytesRemaining == 0);
            return new Deposit(id, report, tag, source, route, book, content, identity, files);
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new FormatException("These bytes are no deposit.", fault);
        }
    }

    static SealedPart ReadPart(CborReader cbor)
    {
        var count = cbor.ReadStartArray();
        Require(count is >= 1 and <= RecipientBook.MostHolders + 1);
        var slots = new byte[count!.Value][];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = cbor.ReadByteString();
            Require(slots[i].Length == SealedPart.SlotSize);
        }

        cbor.ReadEndArray();
        return new SealedPart(slots, cbor.ReadByteString());
    }

    static Guid ReadGuid(CborReader cbor)
    {
        var bytes = cbor.ReadByteString();
        Require(bytes.Length == GuidSize);
        return new Guid(bytes, bigEndian: true);
    }

    static byte[] ReadHash(CborReader cbor)
    {
        var bytes = cbor.ReadByteString();
        Require(bytes.Length == HashSize);
        return bytes;
    }

    static void Require(bool holds)
    {
        if (!holds) throw new FormatException("These bytes are no deposit.");
    }
}
