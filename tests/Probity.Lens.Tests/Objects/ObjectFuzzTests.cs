using System.Text;
using System.Text.Json;
using CsCheck;
using static Probity.Lens.Tests.Objects.ObjectFiles;

namespace Probity.Lens.Tests.Objects;

/// <summary>Damaged logs are read or refused, and nothing else. A failure names the seed that repeats it.</summary>
public class ObjectFuzzTests
{
    static readonly int Seconds = Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? 15 : 1;
    static readonly byte[] Json = Encoding.UTF8.GetBytes(BadObjectLogTests.Small().Json());
    static readonly byte[] Xml = Encoding.UTF8.GetBytes(BadObjectLogTests.Small().Xml());
    static readonly byte[] Database = Sqlite(BadObjectLogTests.Small(), "PRAGMA page_size = 512");

    [Fact]
    public void Damaged_json() => Damaged(Json, "{}[]\":,\\u0dtrfn19.-e \nid").Sample(bytes =>
    {
        // What is read is JSON to the framework too.
        if (IsRead(bytes)) JsonDocument.Parse(bytes.AsMemory().TrimStart((byte)0xEF).TrimStart((byte)0xBB).TrimStart((byte)0xBF), new JsonDocumentOptions { MaxDepth = 64 }).Dispose();
    }, time: Seconds, threads: 1);

    [Fact]
    public void Damaged_xml() => Damaged(Xml, "<>/='\"&;#x!-[] \nid").Sample(bytes =>
    {
        if (IsRead(bytes)) Logs.LogFiles.ParseAsFramework(bytes);
    }, time: Seconds, threads: 1);

    [Fact]
    public void Damaged_database() => Damaged(Database, "\0\u0001\u0002\u0005\r").Sample(bytes => { IsRead(bytes); }, time: Seconds, threads: 1);

    static Gen<byte[]> Damaged(byte[] whole, string alphabet)
    {
        var byteOf = Gen.OneOf(Gen.Byte, Gen.Int[0, alphabet.Length - 1].Select(i => (byte)alphabet[i]));
        var change = Gen.Select(Gen.Int[0, 3], Gen.Int[0, whole.Length - 1], byteOf, Gen.Int[1, 12]);
        return change.Array[1, 4].Select(changes =>
        {
            var bytes = whole.ToList();
            foreach (var (kind, position, value, length) in changes)
            {
                var at = Math.Min(position, bytes.Count - 1);
                if (kind == 0 || whole == Database) bytes[at] = value;
                else if (kind == 1) bytes.Insert(at, value);
                else if (kind == 2) bytes.RemoveRange(at, Math.Min(length, bytes.Count - at - 1));
                else bytes.InsertRange(at, bytes.GetRange(at / 2, Math.Min(length * 2, bytes.Count - (at / 2))));
            }

            return bytes.ToArray();
        });
    }

    static bool IsRead(byte[] bytes)
    {
        try
        {
            Read(bytes);
            return true;
        }
        catch (BadInputException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }
}
