using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Logs;

public class IsoTimeTests
{
    [Theory]
    [InlineData("1970-01-01", 0)]
    [InlineData("1970-01-01T00:00:01", 1_000_000)]
    [InlineData("1970-01-01T00:00:01Z", 1_000_000)]
    [InlineData("1970-01-01t00:00:01z", 1_000_000)]
    [InlineData("1970-01-01 00:00:01", 1_000_000)]
    [InlineData("1970-01-01T00:01", 60_000_000)]
    [InlineData("19700101T000001Z", 1_000_000)]
    [InlineData("1970-01-01T00:00:00.5", 500_000)]
    [InlineData("1970-01-01T00:00:00,000001234Z", 1)]
    [InlineData("1970-01-01T02:00:00.000+02:00", 0)]
    [InlineData("1970-01-01T02:00:00+0200", 0)]
    [InlineData("1970-01-01T02:00:00+02", 0)]
    [InlineData("1969-12-31T18:30:00-05:30", 0)]
    [InlineData("1969-12-31T24:00:00Z", 0)]
    [InlineData("1969-12-31T23:59:60Z", 0)]
    [InlineData("2000-02-29T00:00:00Z", 951_782_400_000_000)]
    [InlineData("9999-12-31T23:59:59.9999999Z", 253_402_300_799_999_999)]
    [InlineData("0001-01-01T00:00:00Z", -62_135_596_800_000_000)]
    public void Forms_that_are_read(string text, long expected)
    {
        Assert.True(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out var micros));
        Assert.Equal(expected, micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1970")]
    [InlineData("1970-1-1")]
    [InlineData("1970-13-01")]
    [InlineData("1970-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("1970-01-01T")]
    [InlineData("1970-01-01T25:00:00")]
    [InlineData("1970-01-01T24:00:01")]
    [InlineData("1970-01-01T00:60:00")]
    [InlineData("1970-01-01T00:00:00.")]
    [InlineData("1970-01-01T00:00:00+")]
    [InlineData("1970-01-01T00:00:00+99:00")]
    [InlineData("1970-01-01T00:00:00ZZ")]
    [InlineData("01/01/1970")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("9999-12-31T24:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void Forms_that_are_not(string text) => Assert.False(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
