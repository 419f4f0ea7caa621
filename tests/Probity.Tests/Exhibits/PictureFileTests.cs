using CsCheck;
using Probity.Exhibits.Photographing;

namespace Probity.Tests.Exhibits;

public sealed class PictureFileTests
{
    // A PNG of one point as another program wrote it.
    static readonly byte[] Point = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    static readonly byte[] Png = Pictures.Png(1), Jpeg = Pictures.Jpeg(1), Heic = Pictures.Heic();

    static readonly Dictionary<string, byte[]> Whole = new()
    {
        ["png"] = Png, ["jpeg"] = Jpeg, ["webp lossy"] = Pictures.Webp('V'), ["webp lossless"] = Pictures.Webp('L'), ["webp extended"] = Pictures.Webp('X'), ["heic"] = Heic,
        ["jpeg of more scans"] = [.. Jpeg[..^2], .. Pictures.Segment(0xC4, new byte[20]), .. Pictures.Segment(0xDA, [1, 1, 0, 1, 5, 0]), 5, 6, 0xFF, 0xD9],
        ["jpeg with a film behind it"] = [.. Jpeg, .. new byte[PictureFile.MostBehind]],
        ["png with a text"] = [.. Png[..33], .. Pictures.Chunk("tEXt", "Comment\0A bag"u8), .. Png[33..]],
    };

    [Theory]
    [InlineData("png", "image/png", 320, 320), InlineData("jpeg", "image/jpeg", 640, 480), InlineData("webp lossy", "image/webp", 640, 480)]
    [InlineData("webp lossless", "image/webp", 640, 480), InlineData("webp extended", "image/webp", 640, 480), InlineData("heic", "image/heic", 4032, 3024)]
    [InlineData("jpeg of more scans", "image/jpeg", 640, 480), InlineData("jpeg with a film behind it", "image/jpeg", 640, 480), InlineData("png with a text", "image/png", 320, 320)]
    public void A_whole_picture_says_its_kind_and_size(string which, string type, int width, int height)
    {
        var picture = PictureFile.Read(Whole[which]);
        Assert.Equal((type, width, height), (picture?.MediaType, picture?.Width ?? 0, picture?.Height ?? 0));
    }

    [Fact]
    public void A_picture_of_another_program_is_read_too() => Assert.Equal((1, 1), (PictureFile.Read(Point)!.Width, PictureFile.Read(Point)!.Height));

    public static TheoryData<string> Broken => [.. s_broken.Keys];

    static readonly Dictionary<string, byte[]> s_broken = new()
    {
        ["nothing"] = [],
        ["text"] = [.. "<svg/>"u8],
        ["the first bytes of a jpeg"] = [0xFF, 0xD8, 0xFF, 0xE0, .. "a photograph"u8],
        ["a jpeg that breaks off"] = Jpeg[..^2],
        ["a jpeg without points"] = [.. Jpeg[..Jpeg.AsSpan().IndexOf<byte>([0xFF, 0xDA])], 0xFF, 0xD9],
        ["a jpeg whose scan is empty"] = [0xFF, 0xD8, .. Pictures.Segment(0xC0, [8, 1, 224, 2, 128, 1, 1, 0x11, 0]), .. Pictures.Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0xFF, 0xD9],
        ["a jpeg without a frame"] = [0xFF, 0xD8, .. Pictures.Segment(0xDA, [1, 1, 0, 0, 63, 0]), 1, 2, 0xFF, 0xD9],
        ["a jpeg of two frames"] = [0xFF, 0xD8, .. Pictures.Segment(0xC0, [8, 1, 224, 2, 128, 1, 1, 0x11, 0]), .. Jpeg[2..]],
        ["a jpeg of no width"] = Pictures.Jpeg(1, width: 0),
        ["a jpeg of no height"] = Pictures.Jpeg(1, height: 0),
        ["a jpeg with too much behind it"] = [.. Jpeg, .. new byte[PictureFile.MostBehind + 1]],
        ["a jpeg whose segment is too long"] = [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, .. Jpeg[2..]],
        ["a png of no width"] = Pictures.Png(1, width: 0),
        ["a png whose sum is wrong"] = [.. Png[..50], (byte)(Png[50] ^ 1), .. Png[51..]],
        ["a png that breaks off"] = Png[..^12],
        ["a png with something behind it"] = [.. Png, 0],
        ["a png without points"] = [.. Png[..33], .. Pictures.Chunk("IEND", [])],
        ["a png with nothing for points"] = [.. Png[..33], .. Pictures.Chunk("IDAT", []), .. Pictures.Chunk("IEND", [])],
        ["a png without a header"] = [.. Png[..8], .. Png[33..]],
        ["a png of two headers"] = [.. Png[..33], .. Png[8..]],
        ["a png of a colour that there is not"] = [.. Png[..8], .. Pictures.Chunk("IHDR", [0, 0, 2, 0, 0, 0, 2, 0, 8, 5, 0, 0, 0]), .. Png[33..]],
        ["a webp of another length"] = [.. Pictures.Webp('V'), 0, 0],
        ["a webp of notes alone"] = Pictures.Riff("RIFF", [.. "WEBP"u8, .. Pictures.Riff("EXIF", new byte[40])]),
        ["a webp that moves"] = Pictures.Riff("RIFF", [.. "WEBP"u8, .. Pictures.Riff("VP8X", new byte[10]), .. Pictures.Riff("ANMF", new byte[40])]),
        ["a webp without its start"] = Pictures.Riff("RIFF", [.. "WEBP"u8, .. Pictures.Riff("VP8 ", new byte[20])]),
        ["a webp of two pictures"] = Pictures.Riff("RIFF", [.. Pictures.Webp('V')[8..], .. Pictures.Webp('L')[12..]]),
        ["a heic without points"] = Heic[..^12],
        ["a heic without a size"] = [.. Pictures.Box("ftyp", [.. "heic"u8, 0, 0, 0, 0]), .. Pictures.Box("mdat", [1])],
        ["a heic with something behind it"] = [.. Heic, 1, 2, 3],
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_has_no_size_or_breaks_off_is_none(string which) => Assert.Null(PictureFile.Read(s_broken[which]));

    [Fact]
    public void What_is_written_beside_a_picture_makes_it_no_other_one()
    {
        static string Sum(byte[] bytes) => PictureFile.Read(bytes)!.Sum;
        Assert.Equal(Sum(Jpeg), Sum(Pictures.Jpeg(1, note: "another telephone, another day")));
        Assert.Equal(Sum(Jpeg), Sum([.. Jpeg, 1, 2, 3]));
        Assert.Equal(Sum(Png), Sum(Whole["png with a text"]));
        var whole = Pictures.Webp('V');
        Assert.Equal(Sum(whole), Sum(Pictures.Riff("RIFF", [.. whole[8..], .. Pictures.Riff("EXIF", new byte[40])])));
        Assert.Equal(Sum(Heic), Sum([.. Heic, .. Pictures.Box("free", new byte[9])]));

        Assert.Equal(Sum(Jpeg), Sum([.. Jpeg[..2], .. Pictures.Segment(0xDB, [1, 2, 3]), .. Jpeg[2..]]));
        Assert.Equal(Sum(Png), Sum([.. Png[..33], .. Pictures.Chunk("PLTE", [1, 2, 3]), .. Png[33..]]));

        // Other points are another picture.
        Assert.NotEqual(Sum(Jpeg), Sum(Pictures.Jpeg(2)));
        Assert.NotEqual(Sum(Png), Sum(Pictures.Png(2)));
        Assert.NotEqual(Sum(Png), Sum(Pictures.Png(1, height: 321)));
    }

    [Fact]
    public void No_bytes_do_anything_but_read_or_not()
    {
        var kinds = Whole.Where(w => w.Value.Length < 200_000).Select(w => w.Value).ToArray();
        // Of each kind, with bytes changed, put in, left out and cut off; a length somewhere in it that lies.
        Gen.Select(Gen.Int[0, kinds.Length - 1].Select(i => kinds[i]), Gen.Select(Gen.Int[0, 120], Gen.Byte).Array[0, 6], Gen.Byte.Array[0, 12], Gen.Int[0, 200], Gen.Bool).Sample((bytes, changes, inserted, cut, wild) =>
        {
            var changed = bytes.ToArray();
            foreach (var (at, to) in changes) if (at < changed.Length) changed[at] = to;
            if (wild) BitConverter.TryWriteBytes(changed.AsSpan(Math.Min(cut, changed.Length - 4)), uint.MaxValue - (uint)inserted.Length);
            var middle = Math.Min(cut, changed.Length);
            byte[] all = [.. changed[..middle], .. inserted, .. changed[middle..]];
            foreach (var sent in (byte[][])[all, all[..Math.Min(all.Length, cut + inserted.Length)]])
                if (PictureFile.Read(sent) is { } picture) Assert.True(picture is { Width: > 0, Height: > 0, Sum.Length: 64 });
        }, iter: 20_000);
        Gen.Select(Gen.Int[0, kinds.Length - 1].Select(i => kinds[i]), Gen.Byte.Array[0, 300]).Sample((bytes, rest) =>
        {
            byte[] sent = [.. bytes[..12], .. rest];
            if (PictureFile.Read(sent) is { } picture) Assert.True(picture is { Width: > 0, Height: > 0, Sum.Length: 64 });
        }, iter: 20_000);
    }
}
