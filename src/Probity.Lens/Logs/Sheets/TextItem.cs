using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>
/// A text of a workbook as it comes in: <c>&lt;t&gt;</c> alone, or in the runs <c>&lt;r&gt;</c> of rich text (ECMA-376 part 1, 18.4.8).
/// How it is pronounced, <c>&lt;rPh&gt;</c>, is no part of it.
/// </summary>
internal sealed class TextItem
{
    byte[] _bytes = [];
    int _length;
    bool _inText;
    int _run = -1;

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        _run = -1;
        _inText = false;
    }

    /// <summary>Takes the tag at hand in.</summary>
    /// <param name="xml">At a tag inside the item.</param>
    /// <param name="depth">The depth of the item's children.</param>
    public void Take(XmlScanner xml, int depth)
    {
        if (xml.IsStart)
        {
            if (xml.Depth == depth) _run = xml.LocalName.SequenceEqual("r"u8) && !xml.IsEmpty ? depth : -1;
            var inRun = xml.Depth == depth + 1 && _run == depth;
            _inText = (xml.Depth == depth || inRun) && !xml.IsEmpty && xml.LocalName.SequenceEqual("t"u8);
        }
        else if (_inText)
        {
            Add(xml.Text, xml);
            _inText = false;
        }
    }

    /// <summary>Adds a piece, its escapes resolved.</summary>
    public void Add(ReadOnlySpan<byte> text, XmlScanner xml)
    {
        if (_length + (long)text.Length > LogLimits.Run) throw xml.Fault($"a text longer than {LogLimits.Run >> 20} MiB");
        if (_bytes.Length < _length + text.Length) Array.Resize(ref _bytes, Math.Max(256, (_length + text.Length) * 2));
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf("_x"u8);
            if (plain < 0) plain = text.Length;
            text[..plain].CopyTo(_bytes.AsSpan(_length));
            _length += plain;
            text = text[plain..];
            if (text.IsEmpty) break;
            _length += Unescape(text, _bytes.AsSpan(_length), out var used);
            text = text[used..];
        }
    }

    /// <summary>Characters that XML cannot hold are written <c>_x000D_</c> (ECMA-376 part 1, 22.9.2.19).</summary>
    static int Unescape(ReadOnlySpan<byte> text, Span<byte> target, out int used)
    {
        if (text.Length >= 7 && text[6] == '_' && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            used = 7;
            return (Rune.TryCreate(code, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(target);
        }

        used = 2;
        text[..2].CopyTo(target);
        return 2;
    }
}
