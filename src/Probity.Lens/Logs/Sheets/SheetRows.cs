using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>
/// The rows of a sheet that have cells, one after the other (ECMA-376 part 1, 18.3.1.80). Rows and cells that the file leaves out are empty;
/// where it does not number them, each follows the one before. Hidden rows are rows.
/// </summary>
internal sealed class SheetRows(PartXml part, Workbook book, string sheet)
{
    readonly XmlScanner _xml = part.Scanner;
    readonly TextItem _text = new();
    readonly TextItem _value = new();
    Cell[] _cells = new Cell[64];
    byte[] _bytes = new byte[1024];
    int _used;
    int _before = -1;
    int _column;
    int _style;
    CellKind _kind;
    bool _hasFormula;
    bool _hasInline;
    bool _isValue;
    bool _inData;
    bool _inRow;

    /// <summary>The number of the row at hand, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The number of columns up to the last cell that the row has.</summary>
    public int Width { get; private set; }

    public Cell this[int column] => column < Width ? _cells[column] : default;

    /// <summary>Goes to the next row; false at the end of the rows.</summary>
    public bool Read()
    {
        Width = _used = 0;
        while (_xml.Read())
        {
            if (_xml.IsStart ? Begin() : End()) return true;
            if (_xml is { IsStart: false, Depth: 1 } && _inData) return _inData = false;
        }

        return false;
    }

    /// <summary>The text that a cell holds itself; empty for other kinds.</summary>
    public ReadOnlySpan<byte> OwnText(int column) => column < Width ? _bytes.AsSpan(_cells[column].Start, _cells[column].Length) : default;

    /// <summary>Puts a cell of another row into this one.</summary>
    public void Set(int column, Cell cell, ReadOnlySpan<byte> text) => Put(column, cell.Kind, text, cell.Number, cell.Style);

    /// <summary>The error at a cell of the row at hand.</summary>
    public BadInputException Fault(int column, string what) => new($"{book.Name}: {Sheet}, cell {CellReference.Show(column, Math.Max(1, Number))}: {what}.");

    /// <summary>The error at the row at hand.</summary>
    public BadInputException Fault(string what) => new($"{book.Name}: {Place}: {what}.");

    /// <summary>The row at hand, for messages.</summary>
    public string Place => Number == 0 ? Sheet : $"{Sheet}, row {Number}";

    string Sheet => $"sheet {LogText.Show(sheet)}";

    bool Begin()
    {
        var name = _xml.LocalName;
        var depth = _xml.Depth;
        if (depth == 0 && !name.SequenceEqual("worksheet"u8)) throw _xml.Fault("no sheet with cells");
        if (depth == 1) _inData = name.SequenceEqual("sheetData"u8) && !_xml.IsEmpty;
        if (!_inData) return false;
        if (depth == 2)
        {
            _inRow = name.SequenceEqual("row"u8);
            if (_inRow) BeginRow();
            return false;
        }

        if (!_inRow) return false;
        if (depth == 3)
        {
            if (!name.SequenceEqual("c"u8)) _column = -1;
            else BeginCell();
        }
        else if (_column >= 0 && depth == 4)
        {
            _hasFormula |= name.SequenceEqual("f"u8);
            _hasInline |= name.SequenceEqual("is"u8);
            _isValue = name.SequenceEqual("v"u8) && !_xml.IsEmpty;
        }
        else if (_column >= 0 && _hasInline)
        {
            _text.Take(_xml, 5);
        }

        return false;
    }

    /// <summary>Whether the tag that ends here ends a row.</summary>
    bool End()
    {
        if (!_inRow) return false;
        switch (_xml.Depth)
        {
            case 2:
                _inRow = false;
                return Width > 0;
            case 3 when _column >= 0:
                EndCell();
                break;
            case 4 when _isValue:
                _value.Add(_xml.Text, _xml);
                _isValue = false;
                break;
            case > 4 when _hasInline:
                _text.Take(_xml, 5);
                break;
        }

        return false;
    }

    void BeginRow()
    {
        var number = Number + 1;
        if (_xml.TryAttribute("r"u8, out var text) && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw Fault($"the row after it has the number '{LogText.Show(text)}'");
        if (number <= Number || number > SheetLimits.Rows) throw Fault($"the row {number} after it; rows rise from 1 to {SheetLimits.Rows:N0}");
        (Number, _before) = (number, -1);
        if (_xml.IsEmpty) _inRow = false;
    }

    void BeginCell()
    {
        _column = _before + 1;
        if (_xml.TryAttribute("r"u8, out var text) && (!CellReference.TryParse(text, out _column, out var row) || row != Number))
            throw Fault($"a cell in it is named '{LogText.Show(text)}'; the sheet is damaged, or has more than {SheetLimits.Columns:N0} columns");
        if (_column >= SheetLimits.Columns) throw Fault($"more than {SheetLimits.Columns:N0} columns");
        _before = _column;
        _style = _xml.TryAttribute("s"u8, out text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var style) ? style : 0;
        _kind = CellKind.Number;
        if (_xml.TryAttribute("t"u8, out text)) _kind = KindOf(text);
        (_hasFormula, _hasInline, _isValue) = (false, false, false);
        _text.Clear();
        _value.Clear();
        if (_xml.IsEmpty) _column = -1;
    }

    CellKind KindOf(ReadOnlySpan<byte> type) => Encoding.UTF8.GetString(type) switch
    {
        "n" => CellKind.Number,
        "s" => CellKind.Shared,
        "str" or "inlineStr" => CellKind.Text,
        "b" => CellKind.Truth,
        "d" => CellKind.Moment,
        "e" => CellKind.Error,
        var other => throw Fault(_column, $"of the unknown type '{LogText.Show(other)}'"),
    };

    void EndCell()
    {
        var value = _value.Text.Trim(" \t\r\n"u8);
        var text = (_hasInline ? _text.Text : _value.Text).Trim(" \t\r\n"u8);
        switch (_kind)
        {
            case CellKind.Text when !text.IsEmpty:
            case CellKind.Moment or CellKind.Error when !value.IsEmpty:
                Put(_column, _kind, text, 0, _style);
                break;
            case CellKind.Truth when !value.IsEmpty:
                Put(_column, CellKind.Truth, value.SequenceEqual("0"u8) || value.SequenceEqual("false"u8) ? "false"u8 : "true"u8, 0, _style);
                break;
            case CellKind.Number when !value.IsEmpty:
                Put(_column, CellKind.Number, default, ValueOf(value), _style);
                break;
            case CellKind.Shared when !value.IsEmpty:
                PutShared(value);
                break;
            case CellKind.Number when _hasFormula:
                Put(_column, CellKind.Uncomputed, default, 0, _style);
                break;
        }

        _column = -1;
    }

    double ValueOf(ReadOnlySpan<byte> value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw Fault(_column, $"'{LogText.Show(value)}' is no number");

    void PutShared(ReadOnlySpan<byte> value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= book.Strings.Count)
            throw Fault(_column, $"it shows the shared text {LogText.Show(value)}, and the workbook has {book.Strings.Count:N0} of them; the file is damaged");
        if (!book.Strings[number].Trim(" \t\r\n"u8).IsEmpty) Put(_column, CellKind.Shared, default, number, _style);
    }

    void Put(int column, CellKind kind, ReadOnlySpan<byte> text, double number, int style)
    {
        if (column < Width && _cells[column].Kind != CellKind.Empty) throw Fault(column, "it is there twice; the sheet is damaged");
        if (_used + (long)text.Length > LogLimits.Run) throw Fault($"a row of more than {LogLimits.Run >> 20} MiB");
        if (_bytes.Length < _used + text.Length) Array.Resize(ref _bytes, (_used + text.Length) * 2);
        if (_cells.Length <= column) Array.Resize(ref _cells, Math.Min(SheetLimits.Columns, (column + 1) * 2));
        if (Width <= column)
        {
            _cells.AsSpan(Width, column - Width).Clear();
            Width = column + 1;
        }

        text.CopyTo(_bytes.AsSpan(_used));
        _cells[column] = new Cell(kind, _used, text.Length, number, style);
        _used += text.Length;
    }
}
