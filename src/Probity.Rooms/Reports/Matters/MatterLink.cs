using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Probity.Sealing;

namespace Probity.Reports.Matters;

/// <summary>A matter that was opened from a report, for those who can open the report, and its place. The place counts matters that a reader may be barred from: it is never shown, nor asked for.</summary>
internal sealed record LinkedMatter(int Number, Matter Matter);

/// <summary>
/// What joins a report and its matters, and is written nowhere: the ids of the matters follow from the key that all readers of the report have, so that they find them, and nobody else can tell which
/// matters are of a report. What is on the record is a commitment in each matter, alike for those that came from nowhere.
/// </summary>
internal static class MatterLink
{
    /// <summary>The most matters of one report that one of its readers knows of: a limit on all of them would tell that there are others.</summary>
    public const int Most = 20;

    /// <summary>The most of all, whoever may know of them.</summary>
    public const int Places = 100;

    const string Heading = "probity matter link 1";
    const int LongestProof = 500;

    static ReadOnlySpan<byte> IdPurpose => "probity matter id 1 "u8;
    static ReadOnlySpan<byte> SecretPurpose => "probity matter link 1 "u8;

    /// <summary>The id of a report's matter: it looks like any other.</summary>
    public static Guid IdOf(ReadOnlySpan<byte> staffKey, int number)
    {
        var id = Derived(staffKey, IdPurpose, number);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>What opens the commitment of a report's matter: 32 bytes, lower-case hexadecimal.</summary>
    public static string SecretOf(ReadOnlySpan<byte> staffKey, int number) => Convert.ToHexStringLower(Derived(staffKey, SecretPurpose, number));

    /// <summary>What shows that a matter came from a report: four lines whose SHA-256 is the commitment, so that anybody can work it out with a program of their own.</summary>
    public static string ProofOf(string secret, Guid report, Guid matter) => string.Create(CultureInfo.InvariantCulture, $"{Heading}\n{report:D}\n{matter:D}\n{secret}\n");

    /// <summary>The commitment to what a matter came from, lower-case hexadecimal.</summary>
    public static string Commit(string secret, Guid report, Guid matter) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ProofOf(secret, report, matter))));

    /// <summary>The report that a matter came from, where four lines show it; null where they do not.</summary>
    public static Guid? ReportOf(Matter matter, string? proof) =>
        proof is { Length: < LongestProof } && proof.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [Heading, var report, var id, { Length: 64 } secret]
            && Guid.TryParseExact(report, "D", out var from) && Guid.TryParseExact(id, "D", out var of) && of == matter.Id && matter.Exists
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Commit(secret, from, of)), Encoding.UTF8.GetBytes(matter.Commitment)) ? from : null;

    static byte[] Derived(ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose, int number)
    {
        Span<byte> which = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(which, number);
        return SecretBox.Derive(key, [.. purpose, .. which]);
    }
}
