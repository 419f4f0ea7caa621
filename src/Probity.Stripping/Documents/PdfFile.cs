namespace Probity.Stripping.Documents;

/// <summary>A PDF's objects, found through its cross-references (ISO 32000-1, 7.5). A file whose references lead astray is refused rather than guessed at.</summary>
internal sealed class PdfFile
{
    readonly ReadOnlyMemory<byte> bytes;
    readonly StripJob job;
    // Where an object is: its offset, or the stream of objects that it lies in and its place there; null for one that was deleted.
    readonly Dictionary<int, (int At, int? Inside)?> places = [];
    readonly Dictionary<int, PdfValue?> read = [];
    readonly Dictionary<int, (PdfLexer Lexer, List<(int Number, int At)> Objects)> packs = [];
    readonly HashSet<int> underWay = [];

    public PdfFile(ReadOnlyMemory<byte> file, StripJob job)
    {
        this.job = job;
        // Offsets count from the header, before which some servers leave something.
        bytes = file[file.Span.IndexOf("%PDF-"u8)..];
        var end = bytes.Span[^Math.Min(bytes.Length, 2048)..];
        var start = end.LastIndexOf("startxref"u8);
        if (start < 0)
            throw CannotStripException.Malformed;
        var at = new PdfLexer(bytes, job, bytes.Length - end.Length + start + 9).Whole();
        HashSet<int> seen = [];
        PdfDict? newest = null;
        for (int? next = at; next is { } section && seen.Add(section);)
        {
            var trailer = ReadReferences(section);
            newest ??= trailer;
            if (trailer["XRefStm"] is PdfNumber hybrid && seen.Add(hybrid.Whole))
                ReadReferences(hybrid.Whole);
            Sections++;
            next = (trailer["Prev"] as PdfNumber)?.Whole;
        }
        Trailer = newest!;
        if (Trailer["Encrypt"] is not null)
            throw new CannotStripException(StripRefusals.Encrypted);
    }

    public PdfDict Trailer { get; }

    /// <summary>How many times the file was written to: 1, or 2 where it was laid out for the web.</summary>
    public int Sections { get; private set; }

    /// <summary>What a reference leads to; anything else is itself.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var steps = 0; value is PdfRef reference; steps++)
        {
            job.RequireDepth(steps);
            value = Object(reference.Number);
        }
        return value;
    }

    PdfValue? Object(int number)
    {
        if (read.TryGetValue(number, out var known))
            return known;
        if (!places.TryGetValue(number, out var place) || place is not { } found)
            return null;
        // An object whose length is its own, or a stream of objects inside itself.
        if (!underWay.Add(number) || underWay.Count > job.Limits.MostDepth)
            throw CannotStripException.Malformed;
        job.CountPart();
        var value = found.Inside is { } pack ? Packed(pack, number) : ReadObject(found.At, number);
        underWay.Remove(number);
        return read[number] = value;
    }

    PdfValue? ReadObject(int at, int? number)
    {
        var lexer = new PdfLexer(bytes, job, at);
        if (lexer.Whole() is var found && number is not null && found != number)
            throw CannotStripException.Malformed;
        lexer.Whole();
        lexer.Require("obj"u8);
        var value = lexer.Read();
        if (value is not PdfDict dict || !lexer.Take("stream"u8))
            return value;
        at = lexer.At;
        if (bytes.Span[at] == '\r')
            at++;
        if (bytes.Span[at] == '\n')
            at++;
        var length = Resolve(dict["Length"]) is PdfNumber { Whole: >= 0 } said && said.Whole <= bytes.Length - at ? said.Whole : -1;
        if (length < 0 || !new PdfLexer(bytes, job, at + length).Take("endstream"u8))
        {
            length = bytes.Span[at..].IndexOf("endstream"u8);
            if (length < 0)
                throw CannotStripException.Malformed;
        }
        return new PdfStream(dict.Entries, bytes.Slice(at, length));
    }

    PdfValue? Packed(int pack, int number)
    {
        if (!packs.TryGetValue(pack, out var open))
        {
            if (Object(pack) is not PdfStream stream || Resolve(stream["N"]) is not PdfNumber count || Resolve(stream["First"]) is not PdfNumber first)
                throw CannotStripException.Malformed;
            var content = PdfFilters.Unpack(stream.Packed, PdfFilters.Of(this, stream), this, job);
            var lexer = new PdfLexer(content, job);
            List<(int, int)> objects = [];
            for (var i = 0; i < count.Whole; i++)
            {
                job.CountPart();
                objects.Add((lexer.Whole(), checked(lexer.Whole() + first.Whole)));
            }
            packs[pack] = open = (lexer, objects);
        }
        var place = open.Objects.FindIndex(o => o.Number == number);
        if (place < 0)
            throw CannotStripException.Malformed;
        open.Lexer.At = open.Objects[place].At;
        return open.Lexer.Read();
    }

    PdfDict ReadReferences(int at)
    {
        var lexer = new PdfLexer(bytes, job, at);
        if (!lexer.Take("xref"u8))
            return ReadReferenceStream(at);
        while (!lexer.Take("trailer"u8))
        {
            var first = lexer.Whole();
            for (var (i, count) = (0, lexer.Whole()); i < count; i++)
            {
                job.CountPart();
                var offset = lexer.Whole();
                lexer.Whole();
                var used = lexer.Take("n"u8);
                if (!used)
                    lexer.Require("f"u8);
                places.TryAdd(checked(first + i), used && offset > 0 ? (offset, null) : null);
            }
        }
        return lexer.Read() as PdfDict ?? throw CannotStripException.Malformed;
    }

    PdfStream ReadReferenceStream(int at)
    {
        if (ReadObject(at, null) is not PdfStream stream || stream["W"] is not PdfArray { Items.Count: 3 } widths)
            throw CannotStripException.Malformed;
        var w = widths.Items.ConvertAll(i => i is PdfNumber { Whole: >= 0 and <= 8 } number ? number.Whole : throw CannotStripException.Malformed);
        var entries = PdfFilters.Unpack(stream.Packed, PdfFilters.Of(this, stream), this, job).Span;
        var index = stream["Index"] is PdfArray array ? array.Items.ConvertAll(i => i is PdfNumber number ? number.Whole : 0) : [0, (stream["Size"] as PdfNumber)?.Whole ?? 0];
        var next = 0;
        for (var part = 0; part + 1 < index.Count; part += 2)
        {
            for (var i = 0; i < index[part + 1] && next < entries.Length; i++)
            {
                job.CountPart();
                var type = w[0] == 0 ? 1 : Field(entries, ref next, w[0]);
                var second = Field(entries, ref next, w[1]);
                Field(entries, ref next, w[2]);
                places.TryAdd(checked(index[part] + i), type switch { 1 => (checked((int)second), null), 2 => (0, checked((int)second)), _ => null });
            }
        }
        return stream;
    }

    static long Field(ReadOnlySpan<byte> entries, ref int next, int width)
    {
        var value = 0L;
        for (var end = next + width; next < end; next++)
            value = value << 8 | entries[next];
        return value;
    }
}
