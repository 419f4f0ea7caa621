using System.Globalization;
using System.Text;
using PdfSharp.Fonts;

namespace Probity.Exhibits.Bundling;

/// <summary>
/// The letters of a printed paper: DejaVu Sans, cut down to what is written with Latin letters in the languages of both regions. They travel in the
/// paper, so that it looks the same in a court as it did here.
/// </summary>
internal sealed class PaperFonts : IFontResolver
{
    /// <summary>The name of the family.</summary>
    public const string Family = "Probity";

    // The font has all of these, in both weights; see Assets/build.sh.
    static readonly (int From, int To)[] Covered =
    [
        (0x20, 0x7E), (0xA0, 0x2E9), (0x300, 0x34F), (0x1E00, 0x1EFB), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20B5), (0x2190, 0x2193), (0x2212, 0x2212),
        (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265), (0x25A0, 0x25A0), (0x25CF, 0x25CF),
    ];

    static readonly PaperFonts s_instance = new();

    /// <summary>Puts the fonts in place; once is enough, and more do no harm.</summary>
    public static void Use() => GlobalFontSettings.FontResolver ??= s_instance;

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "DejaVuSans-Bold" : "DejaVuSans");

    public byte[] GetFont(string faceName)
    {
        using var stream = typeof(PaperFonts).Assembly.GetManifestResourceStream($"Probity.Exhibits.Bundling.{faceName}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>
    /// The text as it can be printed: a letter that the fonts do not have is said by its number, as [U+0645], and never left out unseen.
    /// </summary>
    public static string Printable(string text)
    {
        var said = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsControl(rune)) said.Append(' ');
            else if (Covered.Any(c => rune.Value >= c.From && rune.Value <= c.To)) said.Append(rune);
            else said.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }

        return said.ToString();
    }
}
