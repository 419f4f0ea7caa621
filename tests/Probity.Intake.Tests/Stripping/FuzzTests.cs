using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Probity.Stripping;

namespace Probity.Intake.Tests.Stripping;

/// <summary>Samples broken at random. PROBITY_FUZZ_SECONDS says for how long; PROBITY_FUZZ_SEED from which number on.</summary>
public class FuzzTests
{
    static readonly double Seconds = double.TryParse(Environment.GetEnvironmentVariable("PROBITY_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 10;
    static readonly int FirstSeed = int.TryParse(Environment.GetEnvironmentVariable("PROBITY_FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    static readonly StripLimits Small = StripLimits.Default with { MostInput = 1 << 20, MostOutput = 1 << 20, MostUnpacked = 16 << 20, MostParts = 20_000 };

    [Fact]
    public void Whatever_is_broken_in_a_file_cleaning_it_ends_well()
    {
        var samples = AllSamples.ByName.Select(s => (s.Key, File: s.Value())).ToList();
        var clock = Stopwatch.StartNew();
        var (runs, copies, most) = (0, 0, 0L);
        for (var seed = FirstSeed; clock.Elapsed.TotalSeconds < Seconds; seed++)
        {
            var random = new Random(seed);
            var (name, file) = samples[random.Next(samples.Count)];
            var broken = Broken(file, random);
            var copy = new MemoryStream();
            StripResult result;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var began = clock.Elapsed;
            try
            {
                result = MetadataStripper.Strip(new MemoryStream(broken), copy, Small);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, {name}.", e);
            }
            runs++;
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(copy.Length <= Small.MostOutput, $"Seed {seed}, {name}: {copy.Length} bytes.");
            Assert.True(result.Cleaned || copy.Length == 0, $"Seed {seed}, {name}: a refusal with a copy.");
            Assert.True(clock.Elapsed - began < TimeSpan.FromSeconds(5), $"Seed {seed}, {name}: {clock.Elapsed - began}.");
            Assert.True(most < 1L << 30, $"Seed {seed}, {name}: {most} bytes of memory.");
            copies += result.Cleaned ? 1 : 0;
        }
        TestContext.Current.SendDiagnosticMessage($"{runs} files broken from seed {FirstSeed}, {copies} copies made, at most {most >> 20} MB for one.");
        // Neither were all refused at the door nor did breaking do nothing.
        Assert.InRange(copies, 1, runs - 1);
    }

    // Packages and packed streams hide their insides from blind changes: half the time what is inside is broken.
    static byte[] Broken(byte[] file, Random random)
    {
        if (file.AsSpan().StartsWith("PK"u8) && random.Next(4) > 0)
        {
            using var zip = new ZipArchive(new MemoryStream(file));
            var chosen = random.Next(zip.Entries.Count);
            return OfficeSamples.Zip([.. zip.Entries.Select((entry, i) =>
            {
                using var content = new MemoryStream();
                using (var from = entry.Open())
                    from.CopyTo(content);
                return (entry.FullName, (object)(i == chosen ? Changed(content.ToArray(), random) : content.ToArray()));
            })]);
        }
        return Changed(file, random);
    }

    static byte[] Changed(byte[] file, Random random)
    {
        var changed = (byte[])file.Clone();
        for (var changes = 1 + random.Next(6); changes > 0 && changed.Length > 8; changes--)
        {
            var at = random.Next(changed.Length);
            switch (random.Next(8))
            {
                case 0: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: changed[at] = (byte)random.Next(256); break;
                case 2: changed = changed[..at]; break;
                // Lengths that lie.
                case 3 when at + 4 <= changed.Length: BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), Lie(random)); break;
                case 4 when at + 4 <= changed.Length: BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at), Lie(random)); break;
                // A number in words.
                case 5 when Array.FindIndex(changed, at, b => b is >= (byte)'0' and <= (byte)'9') is var digit and >= 0: changed[digit] = (byte)('0' + random.Next(10)); break;
                // A stretch twice, or put elsewhere.
                case 6: changed = [.. changed[..at], .. changed[random.Next(at + 1)..at], .. changed[at..]]; break;
                case 7:
                    var length = Math.Min(random.Next(64), changed.Length - at);
                    changed.AsSpan(at, length).CopyTo(changed.AsSpan(random.Next(changed.Length - length)));
                    break;
            }
        }
        return changed;
    }

    static uint Lie(Random random) => random.Next(6) switch { 0 => 0, 1 => uint.MaxValue, 2 => int.MaxValue, 3 => 0x80000000, 4 => (uint)random.Next(65536), _ => (uint)random.Next() };
}
