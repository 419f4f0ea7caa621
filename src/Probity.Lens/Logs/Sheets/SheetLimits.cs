namespace Probity.Lens.Logs.Sheets;

/// <summary>What no real workbook needs and a hostile one might try, beside <see cref="LogLimits"/>.</summary>
internal static class SheetLimits
{
    /// <summary>The last column is XFD (Excel specifications and limits).</summary>
    public const int Columns = 16_384;

    public const int Rows = 1_048_576;

    /// <summary>Bytes from the start of the archive's directory to its end; one entry of it takes at least 46 of them.</summary>
    public const int Directory = 4 << 20;

    public const int Sheets = 1_000;

    public const int Relations = 10_000;

    /// <summary>Different texts that the sheets share, and the bytes of all of them: both stay in memory.</summary>
    public const int Texts = 16 << 20, TextBytes = 256 << 20;

    /// <summary>Excel has at most 65,490 cell formats.</summary>
    public const int Formats = 1 << 17;

    public const int Merges = 100_000;
}
