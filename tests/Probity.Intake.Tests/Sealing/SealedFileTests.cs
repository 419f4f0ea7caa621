using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Intake.Tests.Sealing;

public class SealedFileTests
{
    public static TheoryData<int> Lengths => [0, 1, SealedFile.Chunk - 1, SealedFile.Chunk, SealedFile.Chunk + 1, 2 * SealedFile.Chunk, 5 * SealedFile.Chunk + 77, 1 << 20];

    [Theory, MemberData(nameof(Lengths))]
    public async Task Comes_back_and_is_as_long_as_was_said(int length)
    {
        var (file, key) = (RandomNumberGenerator.GetBytes(length), RandomNumberGenerator.GetBytes(32));
        var box = await Seal(file, key);
        Assert.Equal(SealedFile.SizeOf(length), box.Length);
        using var opened = new MemoryStream();
        await SealedFile.OpenAsync(new MemoryStream(box), opened, key, length, TestContext.Current.CancellationToken);
        Assert.Equal(file, opened.ToArray());
    }

    [Fact]
    public async Task Every_cut_swap_or_change_is_found()
    {
        var (file, key) = (RandomNumberGenerator.GetBytes(3 * SealedFile.Chunk), RandomNumberGenerator.GetBytes(32));
        var box = await Seal(file, key);
        const int chunk = SealedFile.Chunk + 16, prefix = 15;
        var swapped = box.ToArray();
        box.AsSpan(prefix, chunk).CopyTo(swapped.AsSpan(prefix + chunk));
        box.AsSpan(prefix + chunk, chunk).CopyTo(swapped.AsSpan(prefix));
        var changed = box.ToArray();
        changed[^1] ^= 1;
        foreach (var bad in (byte[][])[swapped, changed, box[..^chunk], box[..10], []])
            await Assert.ThrowsAsync<InvalidDataException>(() => SealedFile.OpenAsync(new MemoryStream(bad), Stream.Null, key, file.Length, default));
        // Said to be shorter, its last chunk would be one that is not marked as the last.
        await Assert.ThrowsAsync<InvalidDataException>(() => SealedFile.OpenAsync(new MemoryStream(box), Stream.Null, key, 2 * SealedFile.Chunk, default));
    }

    [Fact]
    public async Task What_is_longer_than_may_be_is_not_taken()
    {
        Assert.Null(await SealedFile.SealAsync(new MemoryStream(new byte[1001]), Stream.Null, new byte[32], 1000, null, default));
        Assert.Equal(1000, await SealedFile.SealAsync(new MemoryStream(new byte[1000]), Stream.Null, new byte[32], 1000, null, default));
    }

    [Fact]
    public void Padding_hides_lengths_and_costs_an_eighth_at_most()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var length = (long)Math.Exp(random.NextDouble() * Math.Log(500e6));
            var padded = Padding.OfFile(length);
            Assert.True(padded >= length && (padded == 64 << 10 || padded <= length * 1.12), $"{length} → {padded}");
        }

        Assert.True(Enumerable.Range(1, 500_000).Select(length => Padding.OfFile(length * 1000L)).Distinct().Count() < 450);
    }

    static async Task<byte[]> Seal(byte[] file, byte[] key)
    {
        using var box = new MemoryStream();
        Assert.Equal(file.Length, await SealedFile.SealAsync(new MemoryStream(file), box, key, long.MaxValue, null, TestContext.Current.CancellationToken));
        return box.ToArray();
    }
}
