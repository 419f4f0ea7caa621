using System.Text;

namespace Probity.Sealing;

/// <summary>What those who handle a report tell its source, sealed for the receipt code: the reporter's side keeps it and cannot read it.</summary>
/// <param name="Id">The answer.</param>
/// <param name="Report">The report.</param>
/// <param name="Day">The day on which it was given, UTC.</param>
/// <param name="Box">The sealed text.</param>
public sealed record SealedAnswer(Guid Id, Guid Report, DateOnly Day, byte[] Box)
{
    /// <summary>The most bytes of a box.</summary>
    public const int Longest = (64 << 10) + 64;

    /// <summary>Seals an answer.</summary>
    /// <exception cref="ArgumentException">It is longer than an answer can be.</exception>
    public static SealedAnswer Seal(Guid id, Guid report, DateOnly day, SealingPublicKey source, AnswerContent content) =>
        new(id, report, day, source.Seal(Info(id, report, day), Padding.Fill(content.Write(), AnswerContent.Steps)));

    /// <summary>Opens it with the code's key; null where it is another's.</summary>
    public AnswerContent? Open(SealingKey source) =>
        source.Open(Info(Id, Report, Day), Box) is { } padded && Padding.Strip(padded) is { } text ? AnswerContent.Read(text) : null;

    static byte[] Info(Guid id, Guid report, DateOnly day) =>
        [.. "probity answer 1"u8, .. id.ToByteArray(bigEndian: true), .. report.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))];
}
