namespace Probity.Lens.Logs.Sheets;

/// <summary>The texts that the cells of a workbook share, by number (ECMA-376 part 1, 18.4), as UTF-8 in one array.</summary>
internal sealed class SharedStrings
{
    readonly List<int> _ends = [];
    byte[] _bytes = [];

    public int Count => _ends.Count;

    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsSpan(start, _ends[number] - start);
        }
    }

    /// <summary>Reads the table. The runs of rich text are joined, phonetic ones left out.</summary>
    /// <exception cref="BadInputException">It is none, or larger than <see cref="SheetLimits"/>.</exception>
    public static SharedStrings Read(PartXml part)
    {
        var strings = new SharedStrings();
        var xml = part.Scanner;
        var item = new TextItem();
        while (xml.Read())
        {
            if (xml.IsStart && xml.Depth == 0 && !xml.LocalName.SequenceEqual("sst"u8)) throw xml.Fault("no table of shared strings");
            if (xml.Depth == 1)
            {
                var empty = xml.IsStart && xml.IsEmpty;
                if (xml.IsStart) item.Clear();
                if (!xml.IsStart || empty) strings.Add(item.Text, xml);
            }
            else if (xml.Depth > 1)
            {
                item.Take(xml, 2);
            }
        }

        return strings;
    }

    void Add(ReadOnlySpan<byte> text, XmlScanner xml)
    {
        var used = _ends.Count == 0 ? 0 : _ends[^1];
        if (_ends.Count == SheetLimits.Texts || used + (long)text.Length > SheetLimits.TextBytes)
            throw xml.Fault($"more than {SheetLimits.Texts:N0} different texts or {SheetLimits.TextBytes >> 20} MiB of them; save the sheet as CSV");
        if (used + text.Length > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(SheetLimits.TextBytes, Math.Max(4096, (used + (long)text.Length) * 2)));
        text.CopyTo(_bytes.AsSpan(used));
        _ends.Add(used + text.Length);
    }
}
