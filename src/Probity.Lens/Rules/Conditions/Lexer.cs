using System.Globalization;
using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Rules.Conditions;

internal enum TokenKind : byte { End, Name, Value, Sign }

/// <summary>A word of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name without its brackets, or the sign.</param>
/// <param name="Value">The value of a number, text, date or length of time.</param>
/// <param name="At">The position of its first character.</param>
/// <param name="Bracketed">Whether a name stood in brackets, and so is never a word of the language.</param>
internal readonly record struct Token(TokenKind Kind, string Text, Operand Value, int At, bool Bracketed);

/// <summary>Cuts a condition into words.</summary>
internal sealed class Lexer(string text)
{
    static readonly string[] Signs = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*"];
    int _at;

    public Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        if (_at == text.Length) return new Token(TokenKind.End, "the end", default, _at, false);
        var start = _at;
        var c = text[_at];
        if (c is '"' or '\'') return new Token(TokenKind.Value, "", Operand.Of(Quoted(c)), start, false);
        if (char.IsAsciiDigit(c)) return new Token(TokenKind.Value, "", Number(), start, false);
        if (char.IsLetter(c) || c is '_' or '[') return Name();
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0) continue;
            _at += sign.Length;
            return new Token(TokenKind.Sign, sign, default, start, false);
        }

        throw new ConditionException(start, $"'{LogText.Show(c.ToString())}' begins nothing that a condition has");
    }

    string Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] != quote) value.Append(text[_at]);
            else if (_at + 1 < text.Length && text[_at + 1] == quote) value.Append(text[_at++]);
            else { _at++; return value.ToString(); }
        }

        throw new ConditionException(start, "a quote that is never closed");
    }

    Token Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or ':' or '.')) _at++;
        var name = text[start.._at];
        // A name with spaces or signs: [total amount], A.[total amount].
        if (_at < text.Length && text[_at] == '[' && (name.Length == 0 || name.EndsWith('.')))
        {
            var close = text.IndexOf(']', _at);
            if (close < 0) throw new ConditionException(_at, "a bracket that is never closed");
            name += text[(_at + 1)..close];
            _at = close + 1;
            return new Token(TokenKind.Name, name, default, start, true);
        }

        return name.StartsWith('P') && TimeLength.TryParse(name, out var length)
            ? new Token(TokenKind.Value, "", Operand.Of(length), start, false)
            : new Token(TokenKind.Name, name, default, start, false);
    }

    Operand Number()
    {
        var start = _at;
        if (IsDate())
        {
            _at += 10;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is ':' or '.' || (text[_at] is '+' or '-' && text.AsSpan(start, _at - start).Contains('T')))) _at++;
            return Operand.Of(text[start.._at]).TryTime(out var time) ? Operand.OfTime(time)
                : throw new ConditionException(start, $"'{LogText.Show(text[start.._at])}' is no date; write it as 2006-07-24 or 2006-07-24T09:30:00+02:00");
        }

        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '.')) _at++;
        var word = text[start.._at];
        if (TimeLength.TryParse(word, out var length)) return Operand.Of(length);
        return double.TryParse(word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Operand.Of(number)
            : throw new ConditionException(start, $"'{LogText.Show(word)}' is neither a number nor a length of time such as 90d, 8h, 15m");
    }

    bool IsDate()
    {
        if (_at + 10 > text.Length) return false;
        for (var i = 0; i < 10; i++)
            if (i is 4 or 7 ? text[_at + i] != '-' : !char.IsAsciiDigit(text[_at + i])) return false;
        return true;
    }
}

/// <summary>A condition that cannot be read.</summary>
internal sealed class ConditionException(int at, string what) : Exception(what)
{
    /// <summary>The position in the condition, from 0.</summary>
    public int At => at;
}
