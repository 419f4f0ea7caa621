namespace Probity.Exhibits.Seizing;

/// <summary>The codes of trade and transport: what was read off a container or a bill is checked before it is recorded.</summary>
internal static class TransportCodes
{
    // ISO 6346: the letters' values go up by one and leave out the multiples of 11.
    static readonly int[] Letters = [10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38];

    /// <summary>Whether this is a container's number with the right check digit (ISO 6346), such as CSQU3054383.</summary>
    public static bool IsContainer(string text)
    {
        if (text.Length != 11 || !text[..4].All(char.IsAsciiLetterUpper) || text[3] is not ('U' or 'J' or 'Z') || !text[4..].All(char.IsAsciiDigit)) return false;
        var sum = 0;
        for (var i = 0; i < 10; i++) sum += (i < 4 ? Letters[text[i] - 'A'] : text[i] - '0') << i;
        return sum % 11 % 10 == text[10] - '0';
    }

    /// <summary>Whether this has the form of a place in UN/LOCODE, such as CVRAI: a country's two letters and three letters or digits.</summary>
    public static bool IsLocode(string text) =>
        text.Length == 5 && text[..2].All(char.IsAsciiLetterUpper) && text[2..].All(c => char.IsAsciiLetterUpper(c) || c is >= '2' and <= '9');
}
