namespace Probity.Stripping;

/// <summary>How much a file may ask of the one who cleans it. What asks for more is refused.</summary>
public sealed record StripLimits
{
    /// <summary>The limits of the house.</summary>
    public static StripLimits Default { get; } = new();

    /// <summary>The most bytes that a file may have.</summary>
    public int MostInput { get; init; } = 100 << 20;

    /// <summary>The most bytes that a copy may have.</summary>
    public long MostOutput { get; init; } = 128 << 20;

    /// <summary>The most bytes that all packed parts of a file may come to when unpacked, those of files inside it included.</summary>
    public long MostUnpacked { get; init; } = 256 << 20;

    /// <summary>How many times its packed size a single part may have, once it has passed a megabyte.</summary>
    public int MostRatio { get; init; } = 200;

    /// <summary>The most parts: entries of a package, objects of a PDF, boxes of a film.</summary>
    public int MostParts { get; init; } = 200_000;

    /// <summary>How deep structures may lie in one another.</summary>
    public int MostDepth { get; init; } = 200;

    /// <summary>How deep files may lie in files: a picture in a workbook in a document is two.</summary>
    public int MostNested { get; init; } = 3;

    /// <summary>How long it may take, on the clock and of the processor; kept by <see cref="StripperProcess"/>.</summary>
    public TimeSpan MostTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most bytes of memory for the file and what is made of it; kept by <see cref="StripperProcess"/>.</summary>
    public long MostMemory { get; init; } = 1 << 30;
}
