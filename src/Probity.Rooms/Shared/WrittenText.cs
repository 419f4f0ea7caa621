using System.Globalization;

namespace Probity.Shared;

/// <summary>
/// What people may write into the record: text that reads as what it is. Characters that cannot be seen, turn the direction of
/// writing or pass for others let a name or a reason say something else than its reader sees.
/// </summary>
/// <remarks>After Unicode's recommendations for identifiers (UTS #39): default-ignorable characters and mixed scripts.</remarks>
internal static class WrittenText
{
    // More marks than any of our languages puts on a letter cover the lines above and below.
    const int MostMarks = 2;

    /// <summary>Whether every character can be seen as itself.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static bool IsPlain(string text, bool lines)
    {
        var marks = 0;
        var word = Script.None;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (lines && c is '\n' or '\r' or '\t')
            {
                (marks, word) = (0, Script.None);
                continue;
            }

            // Half a character would be recorded as something else than was written.
            if (char.IsSurrogate(c) && !char.IsSurrogatePair(text, i)) return false;
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned || IsBlank(c)) return false;
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks) return false;
            if (char.IsLetter(text, i))
            {
                var script = ScriptOf(c);
                if (word != Script.None && script != Script.None && script != word) return false;
                if (script != Script.None) word = script;
            }
            else if (marks == 0)
            {
                word = Script.None;
            }

            if (char.IsSurrogate(c)) i++;
        }

        return true;
    }

    /// <summary>Whether there is a letter or a digit in it.</summary>
    public static bool SaysSomething(string? text) => text is not null && text.Any(char.IsLetterOrDigit);

    // Letters and symbols without ink: Hangul fillers, the empty Braille pattern, the combining grapheme joiner, variation selectors.
    static bool IsBlank(char c) =>
        c is '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u2800' or '\u3164' or '\uFFA0' or (>= '\u180B' and <= '\u180F') or (>= '\uFE00' and <= '\uFE0F');

    // The three alphabets whose letters look alike; others cannot be taken for them.
    static Script ScriptOf(char c) => c switch
    {
        (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '\u00C0' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') => Script.Latin,
        (>= '\u0370' and <= '\u03FF') or (>= '\u1F00' and <= '\u1FFF') => Script.Greek,
        (>= '\u0400' and <= '\u052F') or (>= '\u1C80' and <= '\u1C8F') or (>= '\u2DE0' and <= '\u2DFF') or (>= '\uA640' and <= '\uA69F') => Script.Cyrillic,
        _ => Script.None,
    };

    enum Script { None, Latin, Greek, Cyrillic }
}
