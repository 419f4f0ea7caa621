using System.Buffers.Binary;
using System.Text;

namespace Probity.Lens.Objects.Writing;

/// <summary>
/// Writes a new SQLite database by its file format (www.sqlite.org/fileformat2.html): tables with row numbers, no index, rows in the order in
/// which they come. A table holds one page of rows in memory and the number of each page before it, so memory grows by 16 bytes for 4 KiB.
/// </summary>
internal sealed class SqliteFile(Stream file)
{
    /// <summary>The size of a page.</summary>
    public const int PageSize = 4096;

    // A row longer than this is continued on pages of its own (file format, 1.6).
    const int Most = PageSize - 35;
    const int Least = ((PageSize - 12) * 32 / 255) - 23;

    readonly List<(string Name, string Sql, Table Rows)> _tables = [];
    uint _pages = 1;

    /// <summary>Makes a table.</summary>
    public Table Create(string name, string sql)
    {
        var table = new Table(this);
        _tables.Add((name, sql, table));
        return table;
    }

    /// <summary>Writes what is still in memory, and the first page, which says what there is.</summary>
    public void Complete()
    {
        var roots = _tables.Select(t => (t.Name, t.Sql, Root: t.Rows.Complete())).ToList();
        var schema = new Table(this);
        foreach (var (name, sql, root) in roots) schema.Add("table", name, name, (long)root, sql);
        var page = schema.CompleteAsFirst();
        "SQLite format 3\0"u8.CopyTo(page);
        BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(16), PageSize);
        (page[18], page[19], page[21], page[22], page[23]) = (1, 1, 64, 32, 32);
        foreach (var (at, value) in ((int, uint)[])[(24, 1), (28, _pages), (40, 1), (44, 4), (56, 1), (92, 1), (96, 3_045_000)])
            BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(at), value);
        Write(1, page);
        file.Position = (long)_pages * PageSize;
    }

    uint Write(byte[] page)
    {
        Write(++_pages, page);
        return _pages;
    }

    void Write(uint number, byte[] page)
    {
        file.Position = (number - 1L) * PageSize;
        file.Write(page);
    }

    /// <summary>A table: rows go in one after the other.</summary>
    public sealed class Table
    {
        // The children of an inner page: 12 bytes for its header, for each but the last 4, at most 9 of a row number, and 2 of its pointer.
        const int Children = (PageSize - 12) / 15 + 1;

        // The first page begins with the header of the file.
        const int FileHeader = 100;

        readonly SqliteFile _file;
        readonly List<byte[]> _cells = [];
        readonly List<(uint Page, long Last)> _leaves = [];
        int _used;
        long _row;

        internal Table(SqliteFile file) => _file = file;

        /// <summary>Adds a row of texts (<see cref="string"/>), whole numbers (<see cref="long"/>), numbers (<see cref="double"/>) and nulls.</summary>
        public void Add(params ReadOnlySpan<object?> values)
        {
            var payload = Record(values);
            var cell = new MemoryStream();
            Varint(cell, (ulong)payload.Length);
            Varint(cell, (ulong)++_row);
            var here = payload.Length <= Most ? payload.Length : Least + (payload.Length - Least) % (PageSize - 4) is var k && k <= Most ? k : Least;
            cell.Write(payload.AsSpan(0, here));
            if (here < payload.Length)
            {
                Span<byte> next = stackalloc byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(next, _file.Overflow(payload.AsMemory(here)));
                cell.Write(next);
            }

            var bytes = cell.ToArray();
            if (8 + _used + bytes.Length + 2 > PageSize) Flush(_row - 1);
            _cells.Add(bytes);
            _used += bytes.Length + 2;
        }

        /// <summary>Writes the rest, and the pages above the rows; gives the topmost.</summary>
        internal uint Complete()
        {
            if (_cells.Count > 0 || _leaves.Count == 0) Flush(_row);
            var level = _leaves;
            while (level.Count > 1)
            {
                var above = new List<(uint, long)>();
                for (var at = 0; at < level.Count;)
                {
                    var left = level.Count - at;
                    // An inner page has at least two children.
                    var part = level.GetRange(at, left == Children + 1 ? Children - 1 : Math.Min(left, Children));
                    above.Add((_file.Write(Above(part, 0)), part[^1].Last));
                    at += part.Count;
                }

                level = above;
            }

            return level[0].Page;
        }

        /// <summary>Writes the rest; gives the first page of the file, which leads to it.</summary>
        internal byte[] CompleteAsFirst()
        {
            Flush(_row);
            return _leaves.Count < Children - FileHeader / 15 ? Above(_leaves, FileHeader) : throw new InvalidOperationException("More tables than the first page can name.");
        }

        void Flush(long last)
        {
            _leaves.Add((_file.Write(Page(0x0D, _cells, 0, 0)), last));
            _cells.Clear();
            _used = 0;
        }

        static byte[] Inner((uint Page, long Last) child)
        {
            var cell = new MemoryStream();
            Span<byte> page = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(page, child.Page);
            cell.Write(page);
            Varint(cell, (ulong)child.Last);
            return cell.ToArray();
        }

        static byte[] Above(List<(uint Page, long Last)> children, int top) =>
            Page(0x05, [.. children.GetRange(0, children.Count - 1).Select(Inner)], children[^1].Page, top);

        static byte[] Page(byte kind, List<byte[]> cells, uint rightmost, int top)
        {
            var page = new byte[PageSize];
            var header = kind == 0x05 ? 12 : 8;
            var end = PageSize;
            page[top] = kind;
            for (var i = 0; i < cells.Count; i++)
            {
                end -= cells[i].Length;
                cells[i].CopyTo(page, end);
                BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(top + header + 2 * i), (ushort)end);
            }

            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(top + 3), (ushort)cells.Count);
            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(top + 5), (ushort)end);
            if (kind == 0x05) BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(top + 8), rightmost);
            return page;
        }
    }

    // A chain of pages, the number of the next before what is on this one; the last page first, so that each knows the next.
    uint Overflow(ReadOnlyMemory<byte> rest)
    {
        const int room = PageSize - 4;
        uint next = 0;
        for (var at = (rest.Length - 1) / room * room; at >= 0; at -= room)
        {
            var page = new byte[PageSize];
            BinaryPrimitives.WriteUInt32BigEndian(page, next);
            rest.Span[at..Math.Min(rest.Length, at + room)].CopyTo(page.AsSpan(4));
            next = Write(page);
        }

        return next;
    }

    static byte[] Record(ReadOnlySpan<object?> values)
    {
        var (types, body) = (new MemoryStream(), new MemoryStream());
        Span<byte> eight = stackalloc byte[8];
        foreach (var value in values)
        {
            switch (value)
            {
                case null: Varint(types, 0); break;
                case long whole:
                    Varint(types, 6);
                    BinaryPrimitives.WriteInt64BigEndian(eight, whole);
                    body.Write(eight);
                    break;
                case double number:
                    Varint(types, 7);
                    BinaryPrimitives.WriteDoubleBigEndian(eight, number);
                    body.Write(eight);
                    break;
                case string text:
                    var bytes = Encoding.UTF8.GetBytes(text);
                    Varint(types, (ulong)bytes.Length * 2 + 13);
                    body.Write(bytes);
                    break;
                default: throw new ArgumentException($"A row holds no {value.GetType().Name}.");
            }
        }

        // The length of the header counts itself; more than 126 bytes of types take two for it.
        var record = new MemoryStream();
        Varint(record, (ulong)(types.Length + (types.Length < 127 ? 1 : 2)));
        types.WriteTo(record);
        body.WriteTo(record);
        return record.ToArray();
    }

    // Seven bits a byte, the highest first; lengths and row numbers stay far below the ninth byte.
    static void Varint(MemoryStream target, ulong value)
    {
        var shift = 0;
        while (value >> shift > 0x7F) shift += 7;
        for (; shift > 0; shift -= 7) target.WriteByte((byte)(0x80 | (value >> shift & 0x7F)));
        target.WriteByte((byte)(value & 0x7F));
    }
}
