namespace Probity.Intake.Tests.Stripping;

/// <summary>A sample of each kind.</summary>
static class AllSamples
{
    public static readonly Dictionary<string, Func<byte[]>> ByName = new()
    {
        ["jpeg"] = PictureSamples.Jpeg,
        ["png"] = PictureSamples.Png,
        ["gif"] = PictureSamples.Gif,
        ["webp"] = PictureSamples.WebP,
        ["docx"] = OfficeSamples.Docx,
        ["xlsx"] = OfficeSamples.Xlsx,
        ["pptx"] = OfficeSamples.Pptx,
        ["odt"] = OfficeSamples.Odt,
        ["ods"] = OfficeSamples.Ods,
        ["pdf-table"] = () => PdfSamples.WithTable(),
        ["pdf-streams"] = PdfSamples.WithStreams,
        ["pdf-open"] = () => PdfSamples.WithTable(packed: false),
        ["mp4"] = FilmSamples.Mp4,
        ["mp3"] = SoundSamples.Mp3,
        ["wav"] = SoundSamples.Wav,
        ["flac"] = SoundSamples.Flac,
        ["ogg"] = () => SoundSamples.Ogg(),
    };
}
