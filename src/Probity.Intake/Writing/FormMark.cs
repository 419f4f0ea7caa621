using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Probity.Intake.Writing;

/// <summary>
/// By what a form that is sent twice is known to be the same: a number that it was shown with, and all that was typed into it. A slow line loses answers; whoever sends the form again then has to
/// come to the report that is there, and to its words. The number is in that form and nowhere here, so nobody else comes to them.
/// </summary>
internal static class FormMark
{
    /// <summary>The hidden field that carries the number.</summary>
    public const string Field = "once";

    /// <summary>Bytes of the number.</summary>
    const int Size = 16;

    /// <summary>A number for a form that is shown.</summary>
    public static string Draw() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size));

    /// <summary>The mark of a form that was sent; null for one without a number, which is always a report of its own. One that was changed has another: nothing that was typed is passed over. Pure.</summary>
    public static string? Of(string path, IFormCollection fields)
    {
        if (fields[Field] is not [{ Length: 2 * Size } number] || !number.All(char.IsAsciiHexDigitLower)) return null;
        using var mark = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromHexString(number));
        Add(path);
        foreach (var (field, values) in fields.Where(field => field.Key != Field).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Add(field);
            Add(values.Count);
            foreach (var value in values) Add(value ?? "");
        }

        return Convert.ToHexStringLower(mark.GetHashAndReset());

        void Add(object part)
        {
            var bytes = Encoding.UTF8.GetBytes($"{part}");
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            mark.AppendData(length);
            mark.AppendData(bytes);
        }
    }
}
