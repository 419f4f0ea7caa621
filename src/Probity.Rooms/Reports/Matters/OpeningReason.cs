using System.Security.Cryptography;
using System.Text;
using Probity.Reports.Handling;
using Probity.Reports.Protecting;
using Probity.Sealing;

namespace Probity.Reports.Matters;

/// <summary>
/// An inquiry against somebody whom its own report protects could be the punishment for it. Whoever opens one says that they know, and why it is none, for the readers of the report. It lies in the
/// matter, since an entry with the report would join the two by its time; and in every matter, as noise where there is nothing to say.
/// </summary>
internal static class OpeningReason
{
    public const string Protects = "matters.protects-accused";
    public const string WhyMissing = "matters.protects-why";

    const int Length = 16 << 10;

    /// <summary>Whom the report protects on a day, as a list that its readers have.</summary>
    public static IReadOnlyList<Guid> ProtectedBy(ReportFacts facts) => ProtectedList.IsInForce(facts) ? ProtectedList.On(facts.Opened, facts.Report, facts.Today) : [];

    /// <summary>The code of what is missing, or null where nothing is: the report does not protect whom it is about, or it was said why.</summary>
    public static string? Lacks(OpenMatter.Command command, ReportFacts facts) =>
        !IsNeeded(command, facts) ? null : !command.Knows ? Protects : StaffText.Refuses(command.Why) is not null ? WhyMissing : null;

    /// <summary>Whether the report protects whom it is about.</summary>
    public static bool IsNeeded(OpenMatter.Command command, ReportFacts facts) => command.Accusation.Person is { } accused && ProtectedBy(facts).Contains(accused);

    /// <summary>The box of a reason.</summary>
    /// <param name="staffKey">The key of the report's readers.</param>
    /// <param name="matter">The matter.</param>
    /// <param name="why">The reason.</param>
    public static string Seal(ReadOnlySpan<byte> staffKey, Guid matter, string why) =>
        Convert.ToBase64String(SecretBox.Seal(staffKey, About(matter), Padding.Fill(Encoding.UTF8.GetBytes(why.Trim()), [Length])));

    /// <summary>A box as long as any, that nobody opens.</summary>
    public static string Noise(Guid matter) => Seal(RandomNumberGenerator.GetBytes(SecretBox.KeySize), matter, "");

    /// <summary>What was written; null where there is nothing for the readers of this report.</summary>
    public static string? Open(ReadOnlySpan<byte> staffKey, Guid matter, string? box)
    {
        if (box is null) return null;
        var bytes = new byte[box.Length];
        return Convert.TryFromBase64String(box, bytes, out var length) && SecretBox.Open(staffKey, About(matter), bytes.AsSpan(0, length)) is { } filled && Padding.Strip(filled) is { Length: > 0 } text
            ? Encoding.UTF8.GetString(text) : null;
    }

    static byte[] About(Guid matter) => [.. "probity matter reason 1"u8, .. matter.ToByteArray(bigEndian: true)];
}
