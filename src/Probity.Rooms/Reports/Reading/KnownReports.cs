using System.Text.Json;
using Probity.Sealing;

namespace Probity.Reports.Reading;

/// <summary>A deposit that a key opens.</summary>
internal sealed record KnownDeposit(long Index, DateOnly Day, Guid Report, bool First, MustNotSee Without);

/// <summary>
/// Which deposits a key opens, of all before <paramref name="Next"/>: so that each is tried once and not with every sign-in. It is kept sealed for that key and filled up, so that it tells neither
/// what it opens nor how many.
/// </summary>
internal sealed record KnownReports(long Next, IReadOnlyList<KnownDeposit> Deposits)
{
    /// <summary>How often records that had been missing had come back when it was made: what came back since was not tried.</summary>
    public int Returns { get; init; }

    public static KnownReports None { get; } = new(0, []);

    static ReadOnlySpan<byte> Info => "probity known 1"u8;

    static ReadOnlySpan<int> Steps => [64 << 10, 512 << 10, 4 << 20, 32 << 20];

    /// <summary>Seals it for the key; null where it is longer than what is kept, and then all is tried with each unlocking.</summary>
    public byte[]? Seal(SealingPublicKey key)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this);
        return text.Length > Steps[^1] - sizeof(int) ? null : key.Seal(Info, Padding.Fill(text, Steps));
    }

    /// <summary>Opens what was sealed; nothing where it is none of this key's, which then tries all again.</summary>
    public static KnownReports Open(SealingKey key, byte[]? box)
    {
        try
        {
            return box is not null && key.Open(Info, box) is { } padded && Padding.Strip(padded) is { } text ? JsonSerializer.Deserialize<KnownReports>(text) ?? None : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}
