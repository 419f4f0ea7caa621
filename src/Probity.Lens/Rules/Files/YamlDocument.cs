using System.Text;
using Probity.Lens.Logs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Probity.Lens.Rules.Files;

/// <summary>
/// Reads the plain part of YAML 1.2: one document of maps, lists and scalars. Anchors, aliases, tags and directives are
/// refused, since with them a small file grows large or means what it does not show; and so are keys given twice.
/// </summary>
internal sealed class YamlDocument
{
    public const int LargestFile = 1 << 20;
    public const int Deepest = 20;
    const int MostNodes = 100_000;

    readonly string _file;
    readonly Parser _parser;
    int _nodes;

    YamlDocument(string file, string text)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <exception cref="BadInputException">It is no such document.</exception>
    public static YamlNode Read(byte[] bytes, string file)
    {
        if (bytes.Length > LargestFile) throw new BadInputException($"{file}: larger than {LargestFile >> 20} MB; split the rules.");
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException e)
        {
            throw new BadInputException($"{file}: not UTF-8; save it as UTF-8.", e);
        }

        GuardDepth(text, file);
        try
        {
            return new YamlDocument(file, text).Document();
        }
        catch (YamlException e)
        {
            throw new BadInputException($"{file}: line {e.Start.Line}, column {e.Start.Column}: {LogText.Show(e.Message)}; check the YAML there.", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException or FormatException)
        {
            // The parser's own slips on hostile input are the input's fault, not the program's.
            throw new BadInputException($"{file}: not YAML that can be read; check its quotes and indentation.", e);
        }
    }

    YamlNode Document()
    {
        Expect<StreamStart>();
        if (_parser.Current is StreamEnd) throw new BadInputException($"{_file}: the file is empty; it needs 'rules:'.");
        if (_parser.Current is DocumentStart { Version: not null } start) throw Fault(start, "a directive; leave it out");
        Expect<DocumentStart>();
        var root = Node(1);
        Expect<DocumentEnd>();
        if (_parser.Current is not StreamEnd) throw Fault(_parser.Current!, "a second document; one file has one");
        return root;
    }

    YamlNode Node(int depth)
    {
        var e = _parser.Current!;
        if (depth > Deepest) throw Fault(e, $"nested more than {Deepest} deep");
        if (++_nodes > MostNodes) throw Fault(e, $"more than {MostNodes:N0} parts");
        if (e is AnchorAlias) throw Fault(e, "an alias; write out what it stands for");
        if (e is NodeEvent { Anchor.IsEmpty: false }) throw Fault(e, "an anchor; leave it out");
        if (e is NodeEvent { Tag.IsEmpty: false }) throw Fault(e, "a tag; leave it out, or put the value into quotes");
        var (line, column) = ((long)e.Start.Line, (long)e.Start.Column);
        _parser.MoveNext();
        switch (e)
        {
            case Scalar scalar:
                return new YamlText(scalar.Value, scalar.Style != ScalarStyle.Plain, line, column);
            case SequenceStart:
                var items = new List<YamlNode>();
                while (_parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
                _parser.MoveNext();
                return new YamlList(items, line, column);
            case MappingStart:
                var entries = new List<(YamlText, YamlNode)>();
                var keys = new HashSet<string>(StringComparer.Ordinal);
                while (_parser.Current is not MappingEnd)
                {
                    var at = _parser.Current!;
                    if (Node(depth + 1) is not YamlText key) throw Fault(at, "a key that is no plain word");
                    if (!keys.Add(key.Value)) throw Fault(at, $"'{LogText.Show(key.Value)}' stands there twice");
                    entries.Add((key, Node(depth + 1)));
                }

                _parser.MoveNext();
                return new YamlMap(entries, line, column);
            default:
                throw Fault(e, "not what a rule file has");
        }
    }

    void Expect<T>() where T : ParsingEvent
    {
        if (_parser.Current is null) _parser.MoveNext();
        if (_parser.Current is not T) throw Fault(_parser.Current!, "not what a rule file has");
        _parser.MoveNext();
    }

    BadInputException Fault(ParsingEvent at, string what) => new($"{_file}: line {at.Start.Line}, column {at.Start.Column}: {what}.");

    /// <summary>
    /// Nested brackets and dashes cost the parser more than their number; a line that opens very many is refused unparsed.
    /// </summary>
    static void GuardDepth(string text, string file)
    {
        int open = 0, line = 1, dashes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') (line, dashes) = (line + 1, 0);
            open = c is '[' or '{' ? open + 1 : c is ']' or '}' ? Math.Max(0, open - 1) : open;
            if (c is '-' or '?' or ':' && i + 1 < text.Length && text[i + 1] == ' ') dashes++;
            if (open > 500 || dashes > 2_000) throw new BadInputException($"{file}: line {line}: nested more than {Deepest} deep; no rule is.");
        }
    }
}
