namespace Probity.Stripping;

/// <summary>What became of a file that was to be cleaned.</summary>
/// <param name="Kind">What the file is by its content: one of <see cref="FileKinds"/>, or null where that was not found.</param>
/// <param name="Taken">What the copy lacks, as codes of <see cref="Taken"/>, sorted.</param>
/// <param name="Refusal">Why there is no copy, one of <see cref="StripRefusals"/>; null where there is one.</param>
public sealed record StripResult(string? Kind, IReadOnlyList<string> Taken, string? Refusal)
{
    /// <summary>Whether a copy was made.</summary>
    public bool Cleaned => Refusal is null;
}

/// <summary>Why no copy was made.</summary>
public static class StripRefusals
{
    /// <summary>A kind of file that is not known, or is known not to be cleaned.</summary>
    public const string UnknownKind = "unknown-kind";

    /// <summary>The file breaks the rules of its kind, or uses what is not understood.</summary>
    public const string Malformed = "malformed";

    /// <summary>The file, its copy, or what is packed in it is larger than allowed.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Its structures lie deeper in one another than allowed.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>It opens only with a password.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>Cleaning took longer than allowed. Said only by <see cref="StripperProcess"/>.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>The process that cleans ended without a word: it broke, or was stopped for what it tried. Said only by <see cref="StripperProcess"/>.</summary>
    public const string Broken = "broken";
}

/// <summary>Kinds of files that can be cleaned.</summary>
public static class FileKinds
{
    /// <summary>A photograph.</summary>
    public const string Jpeg = "jpeg";

    /// <summary>A picture.</summary>
    public const string Png = "png";

    /// <summary>A picture, moving or not.</summary>
    public const string Gif = "gif";

    /// <summary>A picture, moving or not.</summary>
    public const string WebP = "webp";

    /// <summary>A document as pages.</summary>
    public const string Pdf = "pdf";

    /// <summary>A text document of Office Open XML.</summary>
    public const string Docx = "docx";

    /// <summary>A workbook of Office Open XML.</summary>
    public const string Xlsx = "xlsx";

    /// <summary>Slides of Office Open XML.</summary>
    public const string Pptx = "pptx";

    /// <summary>A text document of OpenDocument.</summary>
    public const string Odt = "odt";

    /// <summary>A workbook of OpenDocument.</summary>
    public const string Ods = "ods";

    /// <summary>A film or a recording: MP4, M4A or QuickTime.</summary>
    public const string Mp4 = "mp4";

    /// <summary>A recording.</summary>
    public const string Mp3 = "mp3";

    /// <summary>A recording.</summary>
    public const string Wav = "wav";

    /// <summary>A recording.</summary>
    public const string Flac = "flac";

    /// <summary>A recording: Vorbis or Opus in Ogg.</summary>
    public const string Ogg = "ogg";

    /// <summary>Plain text in UTF-8.</summary>
    public const string Text = "text";
}

/// <summary>What is taken out of files.</summary>
public static class Taken
{
    /// <summary>What a camera writes about itself, the time, and the place.</summary>
    public const string Exif = "exif";

    /// <summary>Adobe's description of a file.</summary>
    public const string Xmp = "xmp";

    /// <summary>A colour profile, which names its maker and often the device.</summary>
    public const string ColourProfile = "colour-profile";

    /// <summary>A small picture of the whole.</summary>
    public const string Thumbnail = "thumbnail";

    /// <summary>Comments in the file, or in the margin.</summary>
    public const string Comments = "comments";

    /// <summary>The names of those who wrote, or changed something.</summary>
    public const string Authors = "authors";

    /// <summary>When it was made or changed.</summary>
    public const string Times = "times";

    /// <summary>Title, keywords, company, program, and the like.</summary>
    public const string Properties = "properties";

    /// <summary>Traces of earlier versions and of editing.</summary>
    public const string History = "history";

    /// <summary>Files in the file.</summary>
    public const string EmbeddedFiles = "embedded-files";

    /// <summary>Pictures in the file of a kind that cannot be cleaned; an empty one stands in their place.</summary>
    public const string Pictures = "pictures";

    /// <summary>Programs in the file.</summary>
    public const string Macros = "macros";

    /// <summary>Links and what would be fetched from elsewhere.</summary>
    public const string Links = "links";

    /// <summary>The settings of a printer.</summary>
    public const string Printer = "printer";

    /// <summary>Fields to fill in and what they do; what they show stays.</summary>
    public const string Forms = "forms";

    /// <summary>What stood before or behind the file proper.</summary>
    public const string Trailing = "trailing";

    /// <summary>Tracks beside picture and sound: places, sensors, texts.</summary>
    public const string Tracks = "tracks";

    /// <summary>Title, performer, program and the like of a recording.</summary>
    public const string Tags = "tags";

    /// <summary>Whatever else is not needed to show the content.</summary>
    public const string Other = "other";
}
