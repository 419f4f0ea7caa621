using System.Collections.Concurrent;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// A bit of a node's files, flipped: either verification finds it, or the log answers every question as before. Nothing lies between.
/// Every third bit in turn, which is some of each byte, and where a page is empty one of each byte; every single one with <c>PROBITY_FAULTS</c> above 1.
/// </summary>
public sealed class BitFlipTests
{
    static readonly VerifyRequest NothingGiven = new(null, []);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>So many equal bytes in a row are a page's free space.</summary>
    const int Empty = 32;

    [Fact]
    public async Task Every_flipped_bit_is_found_or_changes_no_answer()
    {
        using var place = new MemoryFolder();
        var original = Path.Combine(place.Path, "original");
        await SmallNode.MakeAsync(original, Ct);
        Assert.True((await NodeVerifier.VerifyAsync(original, NothingGiven, null, Ct)).Ok);
        var answers = await SmallNode.AnswersAsync(original, Ct);

        var wrong = new ConcurrentBag<string>();
        var (found, harmless, workers) = (0, 0, Environment.ProcessorCount);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var copy = Path.Combine(place.Path, $"{worker}");
            Copy(original, copy);
            foreach (var name in (string[])["checkpoint", "keys.db", "ledger.db"])
            {
                using var file = File.OpenHandle(Path.Combine(copy, name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                var bytes = new byte[RandomAccess.GetLength(file)];
                RandomAccess.Read(file, bytes, 0);
                var bits = Chosen(bytes);
                for (var next = worker; next < bits.Count && !Ct.IsCancellationRequested; next += workers)
                {
                    var bit = bits[next];
                    RandomAccess.Write(file, [(byte)(bytes[bit / 8] ^ (1 << (bit % 8)))], bit / 8);
                    if (!(await NodeVerifier.VerifyAsync(copy, NothingGiven, null, Ct)).Ok) Interlocked.Increment(ref found);
                    else if (await AnswersOrFaultAsync(copy) is var now && now == answers) Interlocked.Increment(ref harmless);
                    else wrong.Add($"{name} byte {bit / 8} bit {bit % 8}: {now}");
                    RandomAccess.Write(file, [bytes[bit / 8]], bit / 8);
                }
            }
        }, Ct)));

        TestContext.Current.SendDiagnosticMessage($"{found} flips found, {harmless} without effect");
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order().Take(50)));
        Assert.True(found > harmless);
    }

    /// <summary>
    /// Of the write-ahead logs that a crash leaves every 97th bit, which is more than forty of each frame; of the secrets every one.
    /// </summary>
    [Theory]
    [InlineData("ledger.db-wal", 97)]
    [InlineData("keys.db-wal", 97)]
    [InlineData("keys/signing", 1)]
    [InlineData("keys/wrapping", 1)]
    public async Task A_flipped_bit_of_a_log_or_a_secret_is_found_refused_or_changes_no_answer(string name, int step)
    {
        using var place = new MemoryFolder();
        var scene = await Tampering.Scene.MakeAsync(Path.Combine(place.Path, "original"), 20, stopped: false, Ct);
        var bytes = scene.Now[name];
        var (found, refused, harmless, workers) = (0, 0, 0, Environment.ProcessorCount);
        if (FaultSize.Factor > 1) step = Math.Min(step, 11);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var copy = Path.Combine(place.Path, $"copy {worker}");
            var file = Path.Combine(copy, name);
            var isLaid = false;
            for (var bit = worker * step; bit < bytes.Length * 8; bit += workers * step)
            {
                // Who verifies changes nothing; who opens does.
                if (!isLaid) scene.Now.Lay(copy);
                isLaid = true;
                var flipped = (byte[])bytes.Clone();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                await File.WriteAllBytesAsync(file, flipped, Ct);
                if (!(await NodeVerifier.VerifyAsync(copy, NothingGiven, null, Ct)).Ok)
                {
                    Interlocked.Increment(ref found);
                    continue;
                }

                isLaid = false;
                try
                {
                    await using var log = await NodeFolder.OpenAsync(copy, new TestClock(), new LogOptions(), Ct);
                    Assert.Equal(scene.Answers, await SmallNode.AnswersAsync(log, Ct));
                    Interlocked.Increment(ref harmless);
                }
                catch (Exception fault) when (fault is IOException or InvalidDataException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }, Ct)));

        TestContext.Current.SendDiagnosticMessage($"{name}: {found} flips found, {refused} refused at opening, {harmless} without effect");
        Assert.True(found + refused > 0);
    }

    static List<int> Chosen(byte[] bytes)
    {
        var bits = new List<int>();
        for (var from = 0; from < bytes.Length;)
        {
            var to = from + 1;
            while (to < bytes.Length && bytes[to] == bytes[from]) to++;
            for (var bit = from * 8; bit < to * 8; bit++)
                if (FaultSize.Factor > 1 || (to - from < Empty ? bit % 3 == 0 : bit % 8 == bit / 8 % 8)) bits.Add(bit);
            from = to;
        }

        return bits;
    }

    static async Task<string> AnswersOrFaultAsync(string folder)
    {
        try
        {
            return await SmallNode.AnswersAsync(folder, Ct);
        }
        catch (Exception fault)
        {
            return fault.Message;
        }
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
