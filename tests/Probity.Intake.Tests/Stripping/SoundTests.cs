using Probity.Stripping;

namespace Probity.Intake.Tests.Stripping;

public class SoundTests
{
    static readonly string[] OfAnyFile = ["File:FileType*", "File:MIMEType"];

    [Fact]
    public void An_MP3_keeps_its_frames()
    {
        var (result, copy) = Stripped.Clean(FileKinds.Mp3, SoundSamples.Mp3());
        Assert.Equal([Taken.Tags], result.Taken);
        Assert.Equal([.. SoundSamples.Frame(1), .. SoundSamples.Frame(2), .. SoundSamples.Frame(3)], copy);
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyFile, "MPEG:*", "Composite:Duration"]));
    }

    [Fact]
    public void A_WAV_keeps_its_format_and_sound()
    {
        var (result, copy) = Stripped.Clean(FileKinds.Wav, SoundSamples.Wav());
        Assert.Equal([Taken.Other, Taken.Tags], result.Taken);
        Assert.True(copy.AsSpan().EndsWith(SoundSamples.Sound));
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyFile, "RIFF:*", "Composite:Duration"]));
    }

    [Fact]
    public void A_FLAC_keeps_its_measures_and_frames()
    {
        var (result, copy) = Stripped.Clean(FileKinds.Flac, SoundSamples.Flac());
        Assert.Equal([Taken.Other, Taken.Tags, Taken.Thumbnail], result.Taken);
        Assert.Equal(4 + 38 + 22 + 2 + SoundSamples.Sound.Length, copy.Length);
        Assert.True(copy.AsSpan().EndsWith(SoundSamples.Sound));
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyFile, "FLAC:*", "Composite:Duration"]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_voice_message_keeps_its_packets(bool vorbis)
    {
        var (result, copy) = Stripped.Clean(FileKinds.Ogg, SoundSamples.Ogg(vorbis));
        Assert.Equal([Taken.Other, Taken.Tags, Taken.Trailing], result.Taken);
        Assert.True(copy.AsSpan().IndexOf(SoundSamples.Sound) > 0);
        if (vorbis)
            Assert.True(copy.AsSpan().IndexOf(SoundSamples.Setup.AsSpan(0, 60_000)) > 0);
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyFile, "Opus:*", "Vorbis:*", "Composite:Duration"]));
    }
}
