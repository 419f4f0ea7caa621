using System.Security.Cryptography;
using Probity.Reports.Files;

namespace Probity.Tests.Reports.Files;

/// <summary>Copies while they are looked at.</summary>
public sealed class HeldCopyTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("probity-copies-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0), InlineData(1), InlineData(65_535), InlineData(65_536), InlineData(65_537), InlineData(200_000)]
    public async Task What_was_written_is_read_from_anywhere_and_has_no_name_on_the_disk(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        using var copy = new HeldCopy(_folder);
        await using (var to = copy.OpenWrite())
        {
            for (var at = 0; at < length; at += 7_001) await to.WriteAsync(bytes.AsMemory(at, Math.Min(7_001, length - at)));
        }

        Assert.Equal(length, copy.Length);
        if (!OperatingSystem.IsWindows()) Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        foreach (var from in new[] { 0, length / 3, Math.Max(0, length - 1), length })
        {
            await using var read = copy.OpenRead();
            read.Seek(from, SeekOrigin.Begin);
            var rest = new MemoryStream();
            await read.CopyToAsync(rest);
            Assert.Equal(bytes[from..], rest.ToArray());
        }
    }

    [Fact]
    public async Task One_that_is_let_go_while_somebody_reads_is_there_until_they_have_done()
    {
        var copy = new HeldCopy(_folder);
        await using (var to = copy.OpenWrite()) await to.WriteAsync(new byte[100_000]);
        await using (var read = copy.OpenRead())
        {
            copy.Dispose();
            await read.ReadExactlyAsync(new byte[100_000]);
        }

        Assert.False(copy.Use());
        Assert.Throws<ObjectDisposedException>(copy.OpenRead);
    }

    [Fact]
    public void Copies_are_held_for_one_sign_in_few_and_not_for_long()
    {
        var clock = new Access.Clock();
        using var held = new HeldCopies(clock);
        var (person, file) = (Guid.NewGuid(), Guid.NewGuid());
        Put(person, "one", file);
        Assert.Equal((true, false, false), (Has(person, "one", file), Has(person, "two", file), Has(Guid.NewGuid(), "one", file)));
        clock.Now += HeldCopies.Idle - TimeSpan.FromSeconds(1);
        Assert.True(Has(person, "one", file));
        clock.Now += HeldCopies.Idle;
        Assert.False(Has(person, "one", file));
        var many = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();
        foreach (var one in many)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            Put(person, "one", one);
        }

        Assert.Equal(many[2..], many.Where(one => Has(person, "one", one)));
        held.End(person);
        Assert.DoesNotContain(many, one => Has(person, "one", one));

        void Put(Guid who, string sitting, Guid which)
        {
            using var copy = new HeldCopy(_folder);
            held.Put(who, sitting, which, copy);
        }

        bool Has(Guid who, string sitting, Guid which)
        {
            using var copy = held.Find(who, sitting, which);
            return copy is not null;
        }
    }
}
