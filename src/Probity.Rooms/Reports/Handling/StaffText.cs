using System.Text;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>
/// What people write about a report before it goes to the record: sealed with the key that all who can open the report have, bound to the report and to what it belongs to, and filled up so that its
/// length tells little.
/// </summary>
internal static class StaffText
{
    /// <summary>The most characters of a text, and the fewest of one that has to be there.</summary>
    public const int Most = 4_000, Least = 10;

    public const string Missing = "reports.text-missing";
    public const string TooShort = "reports.text-too-short";
    public const string TooLong = "reports.text-too-long";
    public const string Unfit = "reports.text-unfit";

    static ReadOnlySpan<int> Steps => [512, 2 << 10, 16 << 10];

    /// <summary>The refusal of a text that has to say something.</summary>
    public static Refusal? Refuses(string? text) =>
        !WrittenText.SaysSomething(text) ? new Refusal(Missing) : RefusesNote(text) ?? (text!.Trim().Length < Least ? new Refusal(TooShort) : null);

    /// <summary>The refusal of a text that may be left out.</summary>
    public static Refusal? RefusesNote(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : LengthOf(text) > Most ? new Refusal(TooLong) : WrittenText.IsPlain(text, lines: true) ? null : new Refusal(Unfit);

    /// <summary>How many characters somebody typed: a browser sends two for the end of a line.</summary>
    public static int LengthOf(string text) => text.Length - text.AsSpan().Count("\r\n");

    /// <summary>The box, base64; null for a text that says nothing or that would be refused.</summary>
    public static string? Seal(OpenedReport opened, Guid entry, string? text) =>
        string.IsNullOrWhiteSpace(text) || RefusesNote(text) is not null ? null
        : Convert.ToBase64String(SecretBox.Seal(opened.StaffKey.Span, About(opened.Report, entry), Padding.Fill(Encoding.UTF8.GetBytes(text.Trim()), Steps)));

    /// <summary>The text of a box; null where it is another's.</summary>
    public static string? Open(OpenedReport opened, Guid entry, string? box)
    {
        if (box is null) return null;
        var bytes = new byte[box.Length];
        return Convert.TryFromBase64String(box, bytes, out var length) && SecretBox.Open(opened.StaffKey.Span, About(opened.Report, entry), bytes.AsSpan(0, length)) is { } filled
            && Padding.Strip(filled) is { } text ? Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>What the second text of an act is bound to.</summary>
    public static Guid Second(Guid entry) => Streams.Derive(entry, "second text");

    static byte[] About(Guid report, Guid entry) => [.. "probity staff text 1"u8, .. report.ToByteArray(bigEndian: true), .. entry.ToByteArray(bigEndian: true)];
}

/// <summary>A message to the source, sealed twice: for its receipt code, and for those who read it again here. Null where the text would be refused.</summary>
internal sealed record Letter(SourceTold Told, AnswerGiven Given)
{
    /// <summary>Seals one. An empty text says where the report stands and no more.</summary>
    public static Letter? To(ReportFacts facts, Guid answer, SourceStage? stage, string? text, DateOnly? until)
    {
        if (StaffText.RefusesNote(text) is not null) return null;
        var (opened, words) = (facts.Opened, text?.Trim() ?? "");
        var sealedFor = SealedAnswer.Seal(answer, opened.Report, facts.Today, opened.Source, new AnswerContent(stage, words, until));
        return new Letter(
            new SourceTold(answer, stage, until, facts.LastIndex, StaffText.Seal(opened, answer, words)),
            new AnswerGiven(answer, opened.Report, facts.Today, Convert.ToBase64String(sealedFor.Box)));
    }

    /// <summary>Both, for the record.</summary>
    public IEnumerable<Filing> Filings(Report report) => [report.File(Told), report.File(Given)];
}
