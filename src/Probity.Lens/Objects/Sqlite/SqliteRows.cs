using System.Buffers.Binary;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>The rows of one table, by rising row number: a walk through its b-tree (sqlite.org/fileformat2.html, section 1.6).</summary>
/// <param name="pages">The database.</param>
/// <param name="root">The page at the top of the tree.</param>
/// <param name="table">What the table is called, for messages.</param>
internal sealed class SqliteRows(SqlitePages pages, long root, string table)
{
    const int Deepest = 20;
    const byte Interior = 0x05;
    const byte Leaf = 0x0D;

    readonly List<Level> _path = [];
    readonly SqliteRecord _record = new(pages);
    byte[] _payload = new byte[1024];
    bool _begun;

    /// <summary>The number of the row at hand.</summary>
    public long RowId { get; private set; }

    public SqliteRecord Record => _record;

    /// <summary>Where the row at hand is, for messages.</summary>
    public string Place => $"table '{LogText.Show(table)}', row {RowId}";

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="BadInputException">The tree is damaged; the message names the table and the page.</exception>
    public bool Next()
    {
        if (!_begun) Enter(root);
        _begun = true;
        while (_path.Count > 0)
        {
            var level = _path[^1];
            if (level.Next == level.Cells + (level.IsLeaf ? 0 : 1))
            {
                _path.RemoveAt(_path.Count - 1);
                continue;
            }

            var cell = level.Next++;
            if (level.IsLeaf)
            {
                Row(level, cell);
                return true;
            }

            Enter(cell < level.Cells
                ? BinaryPrimitives.ReadUInt32BigEndian(level.Page.AsSpan(level.CellAt(cell, 4, () => Damaged(level, "a cell outside it"))))
                : BinaryPrimitives.ReadUInt32BigEndian(level.Page.AsSpan(level.Header + 8)));
        }

        return false;
    }

    void Enter(long number)
    {
        if (_path.Count == Deepest) throw pages.Fault($"table '{LogText.Show(table)}' is nested more than {Deepest} pages deep; it is damaged");
        var page = new byte[pages.PageSize];
        pages.Read(number, page, $"table '{LogText.Show(table)}'");
        var level = new Level(number, page, number == 1 ? 100 : 0, pages.Usable);
        if (page[level.Header] is not (Interior or Leaf))
        {
            throw Damaged(level, page[level.Header] is 0x02 or 0x0A
                ? "a page of an index, which a table WITHOUT ROWID is made of; export it without that"
                : "no page of a table; it is damaged");
        }

        if (level.PointersEnd > pages.Usable) throw Damaged(level, $"{level.Cells} cells, more than it has room for; it is damaged");
        _path.Add(level);
    }

    void Row(Level level, int cell)
    {
        var page = level.Page.AsSpan(0, pages.Usable);
        var at = level.CellAt(cell, 2, () => Damaged(level, "a cell outside it"));
        if (!SqliteRecord.TryVarint(page, at, out var size, out var used)) throw Damaged(level, "a cell that is cut short");
        at += used;
        if (!SqliteRecord.TryVarint(page, at, out var row, out used)) throw Damaged(level, "a cell that is cut short");
        at += used;
        RowId = row;
        if (size is < 0 or > LogLimits.Run) throw Damaged(level, $"a row of {size:N0} bytes, where at most {LogLimits.Run >> 20} MiB are read");
        var local = Local((int)size);
        if (at + local > page.Length - (local < size ? 4 : 0)) throw Damaged(level, "a cell that is cut short");
        if (_payload.Length < size) _payload = new byte[Math.Max((int)size, Math.Min(_payload.Length * 2, LogLimits.Run))];
        page.Slice(at, local).CopyTo(_payload);
        if (local < size) Overflow(BinaryPrimitives.ReadUInt32BigEndian(page[(at + local)..]), local, (int)size);
        _record.Load(_payload, (int)size, Place);
    }

    /// <summary>How many bytes of a row its own page holds; the rest is in overflow pages.</summary>
    int Local(int size)
    {
        var most = pages.Usable - 35;
        if (size <= most) return size;
        var least = ((pages.Usable - 12) * 32 / 255) - 23;
        var wanted = least + ((size - least) % (pages.Usable - 4));
        return wanted <= most ? wanted : least;
    }

    void Overflow(uint number, int filled, int size)
    {
        var page = new byte[pages.PageSize];
        while (filled < size)
        {
            pages.Read(number, page, Place);
            var part = Math.Min(size - filled, pages.Usable - 4);
            page.AsSpan(4, part).CopyTo(_payload.AsSpan(filled));
            filled += part;
            number = BinaryPrimitives.ReadUInt32BigEndian(page);
        }

        if (number != 0) throw pages.Fault($"{Place} goes on after its end; it is damaged");
    }

    BadInputException Damaged(Level level, string what) => pages.Fault($"table '{LogText.Show(table)}': page {level.Number} has {what}");

    /// <summary>A page on the way down, and which of its cells is next.</summary>
    sealed class Level(long number, byte[] page, int header, int usable)
    {
        public long Number => number;
        public byte[] Page => page;
        public int Header => header;
        public bool IsLeaf => page[header] == Leaf;
        public int Cells { get; } = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(header + 3));
        public int Next { get; set; }

        /// <summary>Where the list of the cells' places ends.</summary>
        public int PointersEnd => header + (IsLeaf ? 8 : 12) + (Cells * 2);

        /// <summary>Where a cell begins; at least <paramref name="least"/> bytes of it are on the page.</summary>
        public int CellAt(int cell, int least, Func<BadInputException> fault)
        {
            var at = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(header + (IsLeaf ? 8 : 12) + (cell * 2)));
            return at >= PointersEnd && at + least <= usable ? at : throw fault();
        }
    }
}
