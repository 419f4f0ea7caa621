using System.Diagnostics;
using System.Text;
using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

/// <summary>
/// Damaged and random bytes are read or refused, and nothing else; and what is read is well-formed by the framework's own
/// XML parser too. Two seconds each, thirty where CI is set; a failure names the seed that repeats it.
/// </summary>
public class FuzzTests
{
    static readonly TimeSpan Time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? 15 : 2);
    static readonly byte[] Alphabet = Encoding.UTF8.GetBytes("<>/='\"&;#x!-[]?: \n\tlogtraceevent1:,é\0");

    static readonly byte[] Xml = Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?><!-- c --><log xmlns="urn:x" xmlns:p="urn:p"><p:x p:a='1'/><global scope="event"><string key="concept:name" value="x"/></global>
        <trace><string key="concept:name" value="1 &amp; &#x20AC;"/><int key="c" value="12"/><?pi x?>{Event("a&lt;", "<float key='x' value='1.5'/><date key='l' value='2020-01-01'/>")}<![CDATA[ ]] ]]>{Event("b", "<list key='l'><values/></list>")}</trace></log>
        """);

    static readonly byte[] Csv = Encoding.UTF8.GetBytes("case,activity,time\n1,\"a \"\"x\"\"\n\",2020-01-01\r\n2,b,2020-01-01T00:00:00+01:00\n");

    [Fact]
    public void Damaged_xes() => Fuzz(random => Mutate(Xml, random), bytes =>
    {
        // What is well-formed and read without attributes may still hold wrong ones.
        if (!IsRead(bytes)) return;
        IsRead(bytes, new LogReaderOptions { EventAttributes = ["l", "x"], CaseAttributes = ["c"] });
        ParseAsFramework(bytes);
    });

    [Fact]
    public void Damaged_csv() => Fuzz(random => Mutate(Csv, random), bytes => IsRead(bytes));

    [Fact]
    public void Damaged_gzip()
    {
        var packed = Gzip(Xml);
        var whole = Dump(Read(Xml));
        Fuzz(random => Mutate(packed, random), bytes =>
        {
            try
            {
                // The checksum of gzip leaves no room for a log that differs.
                Assert.Equal(whole, Dump(Read(bytes)));
            }
            catch (BadInputException)
            {
                // Refused: the other right answer.
            }
        });
    }

    [Fact]
    public void Random_bytes() => Fuzz(
        random =>
        {
            var bytes = new byte[random.Next(200)];
            if (random.Next(2) == 0) random.NextBytes(bytes);
            else for (var i = 0; i < bytes.Length; i++) bytes[i] = Alphabet[random.Next(Alphabet.Length)];
            return bytes;
        },
        bytes => IsRead(bytes));

    static void Fuzz(Func<Random, byte[]> make, Action<byte[]> check)
    {
        var clock = Stopwatch.StartNew();
        var first = Environment.TickCount;
        for (var seed = first; clock.Elapsed < Time; seed++)
        {
            var bytes = make(new Random(seed));
            try
            {
                check(bytes);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToBase64String(bytes)}", e);
            }
        }
    }

    static bool IsRead(byte[] bytes, LogReaderOptions? options = null)
    {
        try
        {
            Read(bytes, options);
            return true;
        }
        catch (BadInputException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }

    static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = Alphabet[random.Next(Alphabet.Length)]; break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at)); break;
                default: bytes.InsertRange(at, bytes.GetRange(at / 2, Math.Min(20, bytes.Count - (at / 2)))); break;
            }
        }

        return [.. bytes];
    }
}
