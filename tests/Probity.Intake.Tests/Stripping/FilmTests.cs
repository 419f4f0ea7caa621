using Probity.Stripping;
using Probity.Stripping.Recordings;

namespace Probity.Intake.Tests.Stripping;

public class FilmTests
{
    [Fact]
    public void A_film_keeps_its_picture_and_sound_where_its_tables_say()
    {
        var (result, copy) = Stripped.Clean(FileKinds.Mp4, FilmSamples.Mp4());

        Assert.Equal([Taken.ColourProfile, Taken.Comments, Taken.Other, Taken.Tags, Taken.Times, Taken.Tracks, Taken.Xmp], result.Taken);
        var job = new StripJob(StripLimits.Default);
        var boxes = Mp4Box.Read(copy, 0, copy.Length, job);
        Assert.Equal(["ftyp", "moov", "mdat"], boxes.Select(b => b.Name));
        var tracks = boxes[1].Inside(copy, job).Where(b => b.Name == "trak").Select(t => Mp4Track.Read(copy, t, [boxes[2]], job)!).ToList();
        Assert.Equal(2, tracks.Count);
        byte[] Data(Mp4Track track) => [.. track.Chunks.SelectMany(c => copy[c.At..(c.At + c.Length)])];
        Assert.Equal([0, 0, 0, 4, 0x65, 1, 2, 3], Data(tracks[0])[..8]);
        Assert.Equal([0, 0, 0, 3, 0x41, 4, 5], Data(tracks[0])[^7..]);
        Assert.Equal([9, 8, 7, 6], Data(tracks[1]));
        Assert.Equal(tracks.Sum(t => Data(t).Length), boxes[2].Content.Length);
    }

    [Fact]
    public void Exiftool_finds_nothing_in_a_film()
    {
        var before = ExifTool.Tags(FilmSamples.Mp4());
        Assert.Contains(before, t => t.Key.Contains("GPSCoordinates", StringComparison.Ordinal));
        var copy = Stripped.Of(FilmSamples.Mp4()).Copy;
        var tags = ExifTool.Tags(copy);
        Assert.Equal("32x24", tags["Composite:ImageSize"]);
        Assert.All(tags.Where(t => t.Key.EndsWith("Date", StringComparison.Ordinal) && !t.Key.StartsWith("System", StringComparison.Ordinal)), t => Assert.Equal("0000:00:00 00:00:00", t.Value));
        Assert.DoesNotContain(tags, t => t.Key.Contains("GPS", StringComparison.Ordinal) || t.Key.Contains("XMP", StringComparison.Ordinal) || t.Key.StartsWith("Keys:", StringComparison.Ordinal) || t.Key.StartsWith("ItemList:", StringComparison.Ordinal) || t.Key.StartsWith("UserData:", StringComparison.Ordinal));
        Assert.Empty(ExifTool.Beyond(copy, [
            "File:FileType*", "File:MIMEType", "Composite:ImageSize", "Composite:Megapixels", "Composite:AvgBitrate", "Composite:Rotation", "QuickTime:MajorBrand", "QuickTime:MinorVersion", "QuickTime:CompatibleBrands", "QuickTime:MovieHeaderVersion",
            "QuickTime:CreateDate", "QuickTime:ModifyDate", "QuickTime:TimeScale", "QuickTime:Duration", "QuickTime:Preferred*", "QuickTime:Preview*", "QuickTime:PosterTime", "QuickTime:Selection*", "QuickTime:CurrentTime", "QuickTime:NextTrackID",
            "QuickTime:MediaData*", "QuickTime:MatrixStructure", .. new[] { "Track1:", "Track2:" }.SelectMany(t => new[] {
                "TrackHeaderVersion", "TrackCreateDate", "TrackModifyDate", "TrackID", "TrackDuration", "TrackLayer", "TrackVolume", "ImageWidth", "ImageHeight", "GraphicsMode", "OpColor", "CompressorID", "SourceImageWidth", "SourceImageHeight",
                "XResolution", "YResolution", "BitDepth", "ColorProfiles", "ColorPrimaries", "TransferCharacteristics", "MatrixCoefficients", "VideoFullRangeFlag", "VideoFrameRate", "MatrixStructure", "MediaHeaderVersion", "MediaCreateDate",
                "MediaModifyDate", "MediaTimeScale", "MediaDuration", "MediaLanguageCode", "HandlerType", "HandlerClass", "Balance", "AudioFormat", "AudioChannels", "AudioBitsPerSample", "AudioSampleRate", "SampleSizes", "SampleToChunk", "ChunkOffset", "TimeToSampleTable", "AVCConfiguration", "Unknown_edts", "Unknown_esds" }.Select(n => t + n))]));
    }

    [Fact]
    public void A_table_that_points_outside_the_data_is_refused()
    {
        var sample = FilmSamples.Mp4();
        sample[sample.AsSpan().IndexOf("stco"u8) + 12] = 1;
        Stripped.Refused(StripRefusals.Malformed, sample);
    }
}
