using System.Text;
using CsCheck;
using NSec.Cryptography;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Keeping;

/// <summary>The file of a backup: what was written is what is read, and nothing else is.</summary>
public sealed class BackupFormatTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _place = new();
    readonly BackupPrivateKey _key;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public BackupFormatTests()
    {
        var file = Path.Combine(_place.Path, "private");
        BackupPrivateKey.Create(file);
        _key = BackupPrivateKey.Read(file);
    }

    public void Dispose()
    {
        _key.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SealedChunks.Size - 1)]
    [InlineData(SealedChunks.Size)]
    [InlineData(SealedChunks.Size + 1)]
    [InlineData(3 * SealedChunks.Size)]
    public void A_stream_of_any_length_comes_back_and_no_chunk_of_it_can_be_left_out_or_moved(int length)
    {
        var text = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        using var key = Key.Create(SealedChunks.Cipher);
        using var stream = new MemoryStream();
        var writer = new SealedWriter(stream, key);
        for (var at = 0; at < length; at += 10_007) writer.Write(text.AsSpan(at, Math.Min(10_007, length - at)));
        writer.Finish();
        var bytes = stream.ToArray();
        Assert.Equal(text, Open(bytes, key, length));

        var chunks = bytes.Chunk(SealedChunks.SealedSize).ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            Refused([.. chunks.Where((_, place) => place != i).SelectMany(chunk => chunk)]);
            Refused([.. chunks.Take(i + 1).Append(chunks[i]).Concat(chunks.Skip(i + 1)).SelectMany(chunk => chunk)]);
            if (i > 0) Refused([.. chunks.Take(i - 1).Append(chunks[i]).Append(chunks[i - 1]).Concat(chunks.Skip(i + 1)).SelectMany(chunk => chunk)]);
        }

        Refused(bytes[..^1]);
        Refused([.. bytes, 0]);

        void Refused(byte[] changed) => Assert.Throws<InvalidDataException>(() => Open(changed, key, length));
    }

    [Fact]
    public void A_key_reads_as_it_is_written_and_the_private_one_is_its_owners_alone()
    {
        Assert.Equal(_key.Public.ToString(), BackupKey.Parse(_key.Public.ToString()).ToString());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_place.Path, "private")));
        Assert.Throws<IOException>(() => BackupPrivateKey.Create(Path.Combine(_place.Path, "private")));
        foreach (var none in (string[])["", "probity-backup:", "probity-backup:AAAA", "probity-backup:!", _key.Public.ToString()[1..]])
            Assert.Throws<FormatException>(() => BackupKey.Parse(none));
    }

    [Fact]
    public async Task No_changed_byte_of_a_backup_is_taken_nor_one_that_was_cut_off()
    {
        var node = Path.Combine(_place.Path, "node");
        await Faults.SmallNode.MakeAsync(node, Ct);
        var file = Path.Combine(_place.Path, "backup");
        Assert.Null((await LedgerBackup.WriteAsync(NodeFolder.At(node), file, _key.Public, false, Now, null, Ct)).Fault);
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        Assert.Equal(1 + 4 + 12, Read(bytes).Count);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= change;
            Assert.Throws<InvalidDataException>(() => Read(changed));
        }, iter: 1_000);
        for (var length = 0; length < bytes.Length; length += 1 + (length / 50)) Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
        Gen.Byte.Array[0, 300].Sample(any => { Assert.Throws<InvalidDataException>(() => Read(any)); }, iter: 500);
    }

    [Fact]
    public void Frames_that_anybody_may_have_encrypted_are_refused_with_an_error_and_no_more()
    {
        // Who has the public key can encrypt what they like.
        using var key = Key.Create(SealedChunks.Cipher);
        var frame = Gen.Select(Gen.Byte[0, 9], Gen.Byte.Array[0, 80], Gen.Bool, (kind, content, honest) =>
            (byte[])[kind, honest ? (byte)0 : (byte)0x7f, 0, 0, (byte)content.Length, .. content]);
        var identity = (byte[])[1, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes($"2\nexample.org/x\n{Guid.Empty}\n{LogKeys.Generate("example.org/x").Verifier}\n")];
        identity[4] = (byte)(identity.Length - 5);
        Gen.Select(Gen.Bool, frame.Array[0, 5]).Sample((named, frames) =>
        {
            using var stream = new MemoryStream();
            var writer = new SealedWriter(stream, key);
            if (named) writer.Write(identity);
            foreach (var one in frames) writer.Write(one);
            writer.Finish();
            stream.Position = 0;
            Assert.Throws<InvalidDataException>(() => BackupReader.Read(stream, key, null).Count());
        }, iter: 2_000);
    }

    List<BackupPart> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var key = BackupHead.Read(stream).Open(_key);
        return [.. BackupReader.Read(stream, key, null)];
    }

    static byte[] Open(byte[] bytes, Key key, int length)
    {
        var reader = new SealedReader(new MemoryStream(bytes), key);
        var text = new byte[length];
        if (length > 0) reader.Read(text);
        Assert.False(reader.Read(new byte[1]));
        return text;
    }
}
