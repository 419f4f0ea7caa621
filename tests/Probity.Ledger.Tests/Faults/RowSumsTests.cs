using System.Buffers.Binary;
using System.Globalization;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

public sealed class RowSumsTests
{
    /// <summary>What OpenSSL 3 says: <c>openssl mac -macopt hexkey:000102…0f -macopt size:16 SIPHASH</c> over the bytes 0 to 31.</summary>
    [Fact]
    public void It_is_SipHash_with_128_bits()
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        var words = Enumerable.Range(0, 4).Select(word => BinaryPrimitives.ReadUInt64LittleEndian([.. Enumerable.Range(word * 8, 8).Select(i => (byte)i)])).ToArray();
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, new RowSums(key).Hash(words));
        Assert.Equal("7C3956CA5EEAFC3E363E9D556546EB68", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Index_stream_and_version_each_count()
    {
        var sums = new RowSums();
        var stream = Guid.Parse("50000000-0000-4000-8000-000000000002", CultureInfo.InvariantCulture);
        UInt128[] all = [sums.Of(1, stream, 2), sums.Of(2, stream, 1), sums.Of(1, Guid.Empty, 2), new RowSums().Of(1, stream, 2)];
        Assert.Equal(4, all.Distinct().Count());
        Assert.Equal(all[0], sums.Of(1, stream, 2));
    }
}
