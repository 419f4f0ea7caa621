using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exports.TakingCopies;

/// <summary>The form by which a copy is asked for: its fields, its choices, and its refusals at the fields that they are about.</summary>
internal static class CopyForm
{
    public const string Format = "format";
    public const string Names = "names";
    public const string Purpose = "purpose";

    public static IReadOnlyDictionary<string, string> Read(IFormCollection form) =>
        form.Where(f => f.Key is Format or Names or Purpose).ToDictionary(f => f.Key, f => f.Value.ToString());

    public static ExportFormat? FormatOf(IReadOnlyDictionary<string, string> typed) =>
        Enum.GetValues<ExportFormat>().Where(f => Codes.Of(f) == typed.GetValueOrDefault(Format)).Select(f => (ExportFormat?)f).FirstOrDefault();

    public static IReadOnlyList<Choice> Choices(IEnumerable<ExportFormat> formats) =>
        [.. formats.Select(f => new Choice(Codes.Of(f), ExportsText.Of("format." + Codes.Of(f)), ExportsText.Of("hint." + Codes.Of(f))))];

    /// <summary>What is missing or unfit in what was typed, all of it at once.</summary>
    public static IReadOnlyList<Refusal> Gaps(IReadOnlyDictionary<string, string> typed) =>
    [
        .. FormatOf(typed) is null ? (Refusal[])[new(ExportTexts.FormatUnknown)] : [],
        .. ExportTexts.RefusesPurpose(typed.GetValueOrDefault(Purpose)) is { } unfit ? (Refusal[])[unfit] : [],
    ];

    public static IReadOnlyList<FieldError> Errors(IEnumerable<Refusal> refusals) => [.. refusals.Select(refusal => new FieldError(
        refusal.Code switch { ExportTexts.FormatUnknown => Format, ExportTexts.PurposeMissing or ExportTexts.PurposeTooShort or ExportTexts.TooLong or ExportTexts.Characters => Purpose, _ => "" },
        ExportsText.Of(refusal.Code)))];

    public static CopyLine Line(Recorded recorded, Register register)
    {
        var (format, names, purpose, sha) = recorded.Event switch
        {
            CaseExported e => (e.Format, e.Names ? "with" : "without", e.Purpose, e.Sha256),
            CasesExported e => (e.Format, "many", e.Purpose, e.Sha256),
            _ => throw new ArgumentException($"{recorded.Type} is no copy."),
        };
        return new CopyLine(recorded.At, register.NameOf(recorded.Actor.Value), ExportsText.Of("format." + Codes.Of(format)), ExportsText.Of("names." + names), purpose, sha);
    }

    public static IResult Page(CopySheet sheet, int status) => Rendered.Page<CopiesPage>(new { Sheet = sheet }, status);
}
