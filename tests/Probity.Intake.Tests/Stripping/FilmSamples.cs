using System.Buffers.Binary;
using System.Text;

namespace Probity.Intake.Tests.Stripping;

/// <summary>A film of a telephone: picture, sound, and a track of places. Its boxes are whole; what is coded in them is not.</summary>
static class FilmSamples
{
    // 30 November 2026 in seconds since 1904.
    const uint Then = 3_878_917_200;

    static byte[] Big(params uint[] numbers)
    {
        var bytes = new byte[numbers.Length * 4];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), numbers[i]);
        return bytes;
    }

    static byte[] Text(string place) => Encoding.ASCII.GetBytes(Canaries.At(place));

    static byte[] Box(string name, params byte[][] contents) => [.. Big((uint)(8 + contents.Sum(c => c.Length))), .. Encoding.Latin1.GetBytes(name), .. contents.SelectMany(c => c)];

    static byte[] Matrix => Big(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

    static byte[] Track(uint id, string handler, byte[] entry, uint[] sizes, uint[] offsets) => Box("trak",
        Box("tkhd", Big(7, Then, Then, id, 0, 1000, 0, 0, 0, 0), Matrix, Big(32 << 16, 24 << 16)),
        Box("edts", Box("elst", Big(0, 1, 1000, 0, 0x10000))),
        Box("udta", Box("name", Text("trackname"))),
        Box("mdia",
            Box("mdhd", Big(0, Then, Then, 1000, 1000), [0x15, 0xC7, 0, 0]),
            Box("hdlr", Big(0, 0), Encoding.ASCII.GetBytes(handler), Big(0, 0, 0), Text("handler"), [0]),
            Box("minf",
                handler == "vide" ? Box("vmhd", Big(1, 0, 0)) : handler == "soun" ? Box("smhd", Big(0, 0)) : Box("gmhd", Text("gmhd")),
                Box("dinf", Box("dref", Big(0, 1), Box("url ", Big(0), Text("reference")))),
                Box("stbl",
                    Box("stsd", Big(0, 1), entry),
                    Box("stts", Big(0, 1, (uint)sizes.Length, 500)),
                    Box("stsc", Big(0, 1, 1, (uint)(sizes.Length / offsets.Length), 1)),
                    Box("stsz", Big(0, 0, (uint)sizes.Length), Big(sizes)),
                    Box("stco", Big(0, (uint)offsets.Length), Big(offsets)),
                    Box("uuid", Text("stbl"))))));

    static byte[] Picture => Box("avc1", new byte[6], [0, 1], new byte[4], Encoding.ASCII.GetBytes("appl"), new byte[8], [0, 32, 0, 24], Big(0x480000, 0x480000, 0), [0, 1],
        [31, .. Encoding.ASCII.GetBytes(Canaries.At("compressor-of-a-telephone").PadRight(31)[..31])], [0, 24, 0xFF, 0xFF],
        Box("avcC", [1, 66, 0, 10, 0xFF, 0xE0, 0]), Box("colr", Encoding.ASCII.GetBytes("prof"), Text("colours")), Box("colr", Encoding.ASCII.GetBytes("nclx"), [0, 1, 0, 1, 0, 1, 0]));

    static byte[] Sound => Box("mp4a", new byte[6], [0, 1], new byte[8], [0, 1, 0, 16], new byte[4], Big(8000 << 16), Box("esds", Big(0)), Box("prvt", Text("entry")));

    public static byte[] Mp4()
    {
        byte[] type = Box("ftyp", Encoding.ASCII.GetBytes("mp42"), Big(1), Encoding.ASCII.GetBytes("isommp42"), Text("brands"));
        // Length-prefixed units as a camera writes them: 5 is a picture, 6 holds text that the maker added.
        byte[] first = [0, 0, 0, 4, 0x65, 1, 2, 3], note = [5, (byte)(16 + Text("sei").Length), .. new byte[16], .. Text("sei"), 0x80], second = [.. Big((uint)note.Length + 1), 6, .. note, 0, 0, 0, 3, 0x41, 4, 5];
        byte[] sound = [9, 8, 7, 6], place = Text("gps-sample"), stray = Text("stray");
        byte[] data = [.. first, .. sound, .. place, .. stray, .. second];
        byte[] Film(uint at) => Box("moov",
            Box("mvhd", Big(0, Then, Then, 1000, 1000, 0x10000, 0x1000000, 0, 0), Matrix, Big(0, 0, 0, 0, 0, 0, 4)),
            Track(1, "vide", Picture, [(uint)first.Length, (uint)second.Length], [at, at + (uint)(data.Length - second.Length)]),
            Track(2, "soun", Sound, [2, 2], [at + (uint)first.Length]),
            Track(3, "meta", Box("gpmd", new byte[6], [0, 1], Text("gpmd")), [(uint)place.Length], [at + (uint)(first.Length + sound.Length)]),
            Box("udta", Box("\u00A9xyz", [0, 22, 0x15, 0xC7, .. Encoding.ASCII.GetBytes("+08.9667-079.5333/"), .. Text("xyz")]), Box("\u00A9too", Text("tool")),
                Box("meta", Big(0), Box("hdlr", Big(0, 0), Encoding.ASCII.GetBytes("mdirappl"), new byte[9]), Box("ilst", Box("\u00A9ART", Box("data", Big(1, 0), Text("artist")))))),
            Box("meta", Box("hdlr", Big(0, 0), Encoding.ASCII.GetBytes("mdta"), new byte[13]), Box("keys", Big(0, 1), Box("mdta", Encoding.ASCII.GetBytes("com.apple.quicktime.make"))), Box("ilst", [.. Big(24 + (uint)Text("make").Length, 1), .. Box("data", Big(1, 0), Text("make"))])));
        byte[] before = [.. type, .. Box("free", Text("free")), .. Box("uuid", [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC], PictureSamples.Xmp("xmp"))];
        return [.. before, .. Film((uint)(before.Length + Film(0).Length + 8)), .. Box("mdat", data), .. Box("skip", Text("skip"))];
    }
}
