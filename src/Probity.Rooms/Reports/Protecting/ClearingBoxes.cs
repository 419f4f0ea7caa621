using System.Security.Cryptography;
using System.Text;
using Probity.Sealing;

namespace Probity.Reports.Protecting;

/// <summary>
/// Why an act to a person's disadvantage was cleared, for those who read a report that protects them, beside noise that nobody opens: what is recorded is of one length, whether the person is protected or
/// not, and by how many reports.
/// </summary>
internal static class ClearingBoxes
{
    /// <summary>For how many reports there is room.</summary>
    public const int Places = 3;

    // 500 characters of four bytes, and the length before them.
    const int Text = 2_048;

    static readonly int s_length = Seal(new byte[32], Guid.Empty, "").Length;

    /// <summary>Seals it for reports, the first of them where there are more than places.</summary>
    /// <param name="staffKeys">The key of each report.</param>
    /// <param name="person">Whom the act is about.</param>
    /// <param name="why">Why it was cleared; null and what is too long as an empty text.</param>
    public static string Seal(IEnumerable<ReadOnlyMemory<byte>> staffKeys, Guid person, string? why)
    {
        var boxes = staffKeys.Take(Places).Select(key => Seal(key.Span, person, why)).ToList();
        while (boxes.Count < Places) boxes.Add(Seal(RandomNumberGenerator.GetBytes(32), person, null));
        return Convert.ToBase64String([.. boxes.SelectMany(box => box)]);
    }

    /// <summary>What was written for a report; null where there is nothing for it.</summary>
    public static string? Open(ReadOnlySpan<byte> staffKey, Guid person, string boxes)
    {
        var bytes = new byte[boxes.Length];
        if (!Convert.TryFromBase64String(boxes, bytes, out var length) || length != Places * s_length) return null;
        for (var at = 0; at < Places; at++)
        {
            if (SecretBox.Open(staffKey, About(person), bytes.AsSpan(at * s_length, s_length)) is { } filled && Padding.Strip(filled) is { } text) return Encoding.UTF8.GetString(text);
        }

        return null;
    }

    static byte[] Seal(ReadOnlySpan<byte> key, Guid person, string? why) =>
        SecretBox.Seal(key, About(person), Padding.Fill(Encoding.UTF8.GetBytes(why is { Length: <= 500 } ? why.Trim() : ""), [Text]));

    static byte[] About(Guid person) => [.. "probity act cleared 1"u8, .. person.ToByteArray(bigEndian: true)];
}
