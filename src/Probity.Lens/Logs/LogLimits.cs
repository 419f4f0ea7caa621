namespace Probity.Lens.Logs;

/// <summary>
/// What no real log needs and a hostile one might try. Each bound keeps memory or time finite, whatever the input.
/// </summary>
internal static class LogLimits
{
    /// <summary>XES nests attributes two or three deep; parsers that follow 200,000 levels run out of stack.</summary>
    public const int Depth = 64;

    /// <summary>Bytes of one tag, comment, line or run of text: the most that is ever held of the input at once.</summary>
    public const int Run = 16 << 20;

    public const int AttributesInTag = 256;

    /// <summary>Attributes of events, or of cases, that one reading keeps.</summary>
    public const int WantedAttributes = 64;

    /// <summary>Bytes of one case, activity or resource name.</summary>
    public const int Name = 32 << 10;

    /// <summary>Bytes of all different activity names, and of all resource names.</summary>
    public const long Names = 64L << 20;

    /// <summary>Bytes of all case names.</summary>
    public const long CaseNames = 256L << 20;

    /// <summary>Types of events, or of objects, that an object-centric log may declare; real ones declare a few dozen.</summary>
    public const int ObjectTypes = 10_000;

    /// <summary>Bytes a log may unpack to; real ones are streamed, so size alone costs no memory.</summary>
    public const long Unpacked = 64L << 30;

    /// <summary>Times that gzip may enlarge a file, once it is past <see cref="RatioGrace"/>; real logs reach about 50.</summary>
    public const int Ratio = 300;

    public const long RatioGrace = 256L << 20;
}
