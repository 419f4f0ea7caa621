using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Probity.Reports.Handling;

/// <summary>A piece of a text: letters as they are, or a sign that cannot be seen and how often it stands there.</summary>
internal readonly record struct TextPiece(string Text, int Sign, int Times)
{
    /// <summary>What stands in place of the sign.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"⟦U+{Sign:X4}{(Times > 1 ? $" ×{Times}" : "")}⟧");
}

/// <summary>
/// What a source wrote, as a page shows it: apart from what stands around it, and with a mark where a sign stands that cannot be seen. Such signs turn the order of letters round, so that a name, a number or an ending
/// reads as another, or hide words from whoever reads. What is kept is not touched.
/// </summary>
internal static class SourceText
{
    const int Joiner = 0x200D;

    /// <summary>A text within a line.</summary>
    public static RenderFragment Of(string text) => builder =>
    {
        builder.OpenElement(0, "bdi");
        foreach (var piece in Pieces(text))
        {
            builder.OpenRegion(1);
            if (piece.Times == 0) builder.AddContent(0, piece.Text);
            else
            {
                builder.OpenElement(1, "mark");
                builder.AddAttribute(2, "title", HandlingText.Say(Turns(piece.Sign) ? "unseen.turns" : "unseen.sign", string.Create(CultureInfo.InvariantCulture, $"U+{piece.Sign:X4}")));
                builder.AddContent(3, piece.Mark);
                builder.CloseElement();
            }

            builder.CloseRegion();
        }

        builder.CloseElement();
    };

    /// <summary>What was written on several lines stays on several; each goes in its own direction.</summary>
    public static RenderFragment Lines(string text) => builder =>
    {
        foreach (var line in text.Split('\n'))
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "class", "pb-body");
            builder.AddAttribute(2, "dir", "auto");
            builder.AddContent(3, Of(line.TrimEnd('\r')));
            builder.CloseElement();
        }
    };

    /// <summary>Several, with commas between them.</summary>
    public static RenderFragment List(IEnumerable<string> texts) => builder =>
    {
        foreach (var (at, text) in texts.Index())
        {
            if (at > 0) builder.AddContent(0, ", ");
            builder.AddContent(1, Of(text));
        }
    };

    /// <summary>A text in the place of <c>{0}</c> of words of the house.</summary>
    public static RenderFragment Within(string words, string text) => builder =>
    {
        var at = words.IndexOf("{0}", StringComparison.Ordinal);
        builder.AddContent(0, words[..at]);
        builder.AddContent(1, Of(text));
        builder.AddContent(2, words[(at + 3)..]);
    };

    /// <summary>The same in letters alone.</summary>
    public static string Plain(string text) => string.Concat(Pieces(text).Select(piece => piece.Times == 0 ? piece.Text : piece.Mark));

    /// <summary>Whether there is anything in it that cannot be seen.</summary>
    public static bool HasUnseen(string text) => Pieces(text).Any(piece => piece.Times > 0);

    /// <summary>A text in pieces.</summary>
    internal static IEnumerable<TextPiece> Pieces(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        var seen = new StringBuilder();
        for (var at = 0; at < runes.Count;)
        {
            if (!IsUnseen(runes, at))
            {
                seen.Append(runes[at++]);
                continue;
            }

            if (seen.Length > 0) yield return new TextPiece(seen.ToString(), 0, 0);
            seen.Clear();
            var (sign, times) = (runes[at].Value, 0);
            for (; at < runes.Count && runes[at].Value == sign && IsUnseen(runes, at); at++) times++;
            yield return new TextPiece("", sign, times);
        }

        if (seen.Length > 0) yield return new TextPiece(seen.ToString(), 0, 0);
    }

    static bool IsUnseen(List<Rune> runes, int at) => runes[at].Value switch
    {
        '\n' or '\r' or '\t' => false,
        // Telephones join pictures of people and things with it.
        Joiner => !(at > 0 && at + 1 < runes.Count && IsPicture(runes[at - 1]) && IsPicture(runes[at + 1])),
        // Letters of no width, and those that choose between forms; the one that asks for a coloured picture is left.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0E) or (>= 0xE0100 and <= 0xE01EF) => true,
        _ => Rune.GetUnicodeCategory(runes[at]) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    static bool IsPicture(Rune rune) => rune.Value == 0xFE0F || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;

    static bool Turns(int sign) => sign is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
