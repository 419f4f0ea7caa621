using System.Text.Json;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>A forward scanner of one JSON document (RFC 8259) of any length: it holds what one token needs, never the whole.</summary>
internal ref struct JsonScanner
{
    static readonly JsonReaderOptions Strict = new() { MaxDepth = LogLimits.Depth };

    readonly ByteWindow _window;
    Utf8JsonReader _json;
    byte[] _decoded = [];
    bool _rooted;

    public JsonScanner(ByteWindow window)
    {
        _window = window;
        _json = new Utf8JsonReader(window.Data, isFinalBlock: false, new JsonReaderState(Strict));
    }

    /// <summary>What the token at hand is.</summary>
    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>Where it begins in the (unpacked) text.</summary>
    public readonly long Offset => _window.Offset + _json.TokenStartIndex;

    /// <summary>The number at hand.</summary>
    /// <exception cref="BadInputException">It is larger than any number that can be kept.</exception>
    public readonly double Number => _json.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Fault($"the number {LogText.Show(_json.ValueSpan)} cannot be kept");

    /// <summary>Goes to the next token; false once the document is at its end.</summary>
    /// <exception cref="BadInputException">It is malformed, or ends too soon.</exception>
    public bool Read()
    {
        try
        {
            while (!_json.Read())
            {
                _window.Advance((int)_json.BytesConsumed);
                var state = _json.CurrentState;
                if (!_window.Grow()) return _rooted && _json.CurrentDepth == 0 ? false : throw _window.Fault(_window.Data.Length, "the document ends too soon; it is cut short: fetch it again");
                _json = new Utf8JsonReader(_window.Data, isFinalBlock: false, state);
            }
        }
        catch (JsonException e)
        {
            var what = e.Message;
            var position = what.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new BadInputException($"{_window.Name}: byte {_window.Offset + _json.BytesConsumed}: not JSON: {LogText.Show(position < 0 ? what : what[..position].TrimEnd('.'))}.", e);
        }

        _rooted = true;
        return true;
    }

    /// <summary>Goes to the next token, which must be there.</summary>
    public void Next() => Read();

    /// <summary>The decoded text of a string or a property's name, right until the next call.</summary>
    public ReadOnlySpan<byte> Text()
    {
        if (!_json.ValueIsEscaped) return _json.ValueSpan;
        if (_decoded.Length < _json.ValueSpan.Length) _decoded = new byte[Math.Max(256, _json.ValueSpan.Length)];
        try
        {
            return _decoded.AsSpan(0, _json.CopyString(_decoded));
        }
        catch (InvalidOperationException e)
        {
            throw new BadInputException($"{_window.Name}: byte {Offset}: an escape that is no character (half a surrogate pair).", e);
        }
    }

    /// <summary>Whether a property's name is this one.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>Passes over the value at hand, with all that is in it.</summary>
    public void Skip()
    {
        if (Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        var depth = _json.CurrentDepth;
        do Next(); while (_json.CurrentDepth > depth);
    }

    /// <summary>The error at the token at hand.</summary>
    public readonly BadInputException Fault(string what) => new($"{_window.Name}: byte {Offset}: {what}.");
}
