using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Shared;

namespace Probity.Reports.Files;

/// <summary>Somebody's wish for a file as it was sent.</summary>
public sealed record OriginalLine(Guid Id, string By, string When, string Why, string State, Tone Tone, bool MayAgree, bool MayDownload);

/// <summary>All that the page of a file shows.</summary>
public sealed record FileSheet(Guid Report, Guid File, int Number, string Label, string Size)
{
    /// <summary>The name that it had on its source's device; null as long as no second person has agreed that somebody has it as it was sent.</summary>
    public string? SentAs { get; init; }
    /// <summary>How the copy is shown; null where there is none.</summary>
    public CopyShow? Show { get; init; }
    /// <summary>What was taken out, in words.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];
    /// <summary>The text of the copy, from its beginning.</summary>
    public string Text { get; init; } = "";
    /// <summary>Whether there is more of it.</summary>
    public bool IsCut { get; init; }
    /// <summary>Why there is no copy, and what to do.</summary>
    public string? NoCopy { get; init; }
    /// <summary>Who asked for the original.</summary>
    public IReadOnlyList<OriginalLine> Originals { get; init; } = [];
    /// <summary>Whether the reader may ask for it.</summary>
    public bool MayAsk { get; init; }
    /// <summary>What was typed.</summary>
    public string? Typed { get; init; }
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Makes the page of a file out of the report and its copy.</summary>
internal static class FileSheets
{
    /// <summary>The form in which the original is asked for, and its field.</summary>
    public const string Reason = "ask-words";

    public static FileSheet Of(ReportFacts facts, ReportFile file, When when) => new(
        facts.Opened.Report, file.Content.Id, file.Number, file.Label, ReportSheets.SizeOf(file.Content.Length))
    {
        SentAs = facts.Report.Originals.Exists(a => a.File == file.Content.Id && a.AgreedBy is not null) ? file.Content.Name : null,
        Originals = [.. facts.Report.Originals.Where(a => a.File == file.Content.Id).Reverse().Select(a => LineOf(facts, a, when))],
        MayAsk = ReportAccess.Refuses(ReportAction.AskOriginal, facts) is null && !facts.Report.Originals.Exists(a => a.File == file.Content.Id && a.By == facts.Person && (a.Waits || a.IsOpen(facts.Now))),
    };

    static OriginalLine LineOf(ReportFacts facts, AskedOriginal asked, When when)
    {
        var (register, isOpen) = (facts.Register, asked.IsOpen(facts.Now));
        var (state, tone) = asked switch
        {
            { Waits: true } => (FilesText.Of("original.waits"), Tone.Attention),
            { GivenAt: { } at } => (FilesText.Say("original.given", when.Moment(at)), Tone.Neutral),
            { AgreedBy: { } by, AgreedAt: { } at } => (FilesText.Say(isOpen ? "original.agreed" : "original.lapsed", register.NameOf(by), when.Moment(at + AskedOriginal.Open)), isOpen ? Tone.Info : Tone.Neutral),
            _ => ("", Tone.Neutral),
        };
        return new OriginalLine(
            asked.Id, register.NameOf(asked.By), when.Moment(asked.At), StaffText.Open(facts.Opened, asked.Id, asked.Box) ?? "", state, tone,
            asked.Waits && asked.By != facts.Person && ReportAccess.Refuses(ReportAction.AgreeOriginal, facts) is null,
            isOpen && asked.By == facts.Person && ReportAccess.Refuses(ReportAction.GiveOriginal, facts) is null);
    }
}
