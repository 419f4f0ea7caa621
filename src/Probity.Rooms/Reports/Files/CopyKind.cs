namespace Probity.Reports.Files;

/// <summary>How a copy is shown on the page.</summary>
public enum CopyShow
{
    /// <summary>Not at all: it is there to be downloaded.</summary>
    Download,
    /// <summary>As a picture.</summary>
    Picture,
    /// <summary>As a recording.</summary>
    Sound,
    /// <summary>As a film.</summary>
    Film,
    /// <summary>As text in the page.</summary>
    Text,
}

/// <summary>A kind of file of which there are copies: by what name and type a copy is answered. A name that a source gave is never a file's name here.</summary>
internal sealed record CopyKind(string Extension, string MediaType, CopyShow Show)
{
    static readonly Dictionary<string, CopyKind> s_kinds = new()
    {
        ["jpeg"] = new("jpg", "image/jpeg", CopyShow.Picture),
        ["png"] = new("png", "image/png", CopyShow.Picture),
        ["gif"] = new("gif", "image/gif", CopyShow.Picture),
        ["webp"] = new("webp", "image/webp", CopyShow.Picture),
        ["pdf"] = new("pdf", "application/pdf", CopyShow.Download),
        ["docx"] = new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", CopyShow.Download),
        ["xlsx"] = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CopyShow.Download),
        ["pptx"] = new("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", CopyShow.Download),
        ["odt"] = new("odt", "application/vnd.oasis.opendocument.text", CopyShow.Download),
        ["ods"] = new("ods", "application/vnd.oasis.opendocument.spreadsheet", CopyShow.Download),
        ["mp4"] = new("mp4", "video/mp4", CopyShow.Film),
        ["mp3"] = new("mp3", "audio/mpeg", CopyShow.Sound),
        ["wav"] = new("wav", "audio/wav", CopyShow.Sound),
        ["flac"] = new("flac", "audio/flac", CopyShow.Sound),
        ["ogg"] = new("ogg", "audio/ogg", CopyShow.Sound),
        ["text"] = new("txt", "text/plain; charset=utf-8", CopyShow.Text),
    };

    /// <summary>The kind of a code; null of one that is not known here.</summary>
    public static CopyKind? Of(string? code) => code is null ? null : s_kinds.GetValueOrDefault(code);
}
