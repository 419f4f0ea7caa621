using System.Globalization;

namespace Probity.Ledger.Formats;

/// <summary>What tile and entry bundle paths share (C2SP tlog-tiles): <c>N[.p/W]</c>, N in groups of three digits.</summary>
static class TilePath
{
    public const int FullWidth = 256;

    public static string Format(string prefix, long index, int width)
    {
        var path = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (index /= 1000; index > 0; index /= 1000)
            path = string.Create(CultureInfo.InvariantCulture, $"x{index % 1000:D3}/{path}");
        return width == FullWidth ? $"{prefix}/{path}" : string.Create(CultureInfo.InvariantCulture, $"{prefix}/{path}.p/{width}");
    }

    /// <summary>Reads N and W; the caller formats them again and compares, so that each tile has one path.</summary>
    public static (long Index, int Width) Parse(ReadOnlySpan<char> path)
    {
        var width = FullWidth;
        if (path.IndexOf(".p/") is >= 0 and var partial)
        {
            width = (int)Number(path[(partial + 3)..]);
            if (width is < 1 or >= FullWidth) throw new FormatException("A partial tile's width is between 1 and 255.");
            path = path[..partial];
        }

        var index = 0L;
        foreach (var part in path.Split('/'))
        {
            var group = path[part].TrimStart('x');
            if (group.Length != 3) throw new FormatException("A tile's number stands in groups of three digits.");
            if (index > (long.MaxValue - 999) / 1000) throw new FormatException("A tile's number is too large.");
            index = index * 1000 + Number(group);
        }

        return (index, width);
    }

    public static long Number(ReadOnlySpan<char> digits) =>
        digits.Length is >= 1 and <= 3 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("A tile path holds a number that is not one to three decimal digits.");
}
