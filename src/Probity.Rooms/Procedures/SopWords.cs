using System.Globalization;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Lens.Procedures.Drawings;
using Probity.Shared;

namespace Probity.Procedures;

/// <summary>A step of a procedure as a table shows it.</summary>
public sealed record StepLine(string Name, string After, string Role, string Evidence, bool TwoPeople, string Risk, string Within);

/// <summary>The words of procedures, in the reader's language.</summary>
internal static class SopWords
{
    /// <summary>What a procedure is called; the house's own has its name in every language.</summary>
    public static string TitleOf(Sop sop) => sop.Title.Length > 0 ? sop.Title : ProceduresText.Of(HouseProcedures.CaseHandling.TitleKey);

    /// <summary>Whose step it is: one of the house's roles in its words, or what the author wrote.</summary>
    public static string RoleOf(string? role) => role is null ? "" : Enum.TryParse<Role>(role, out var known) && Enum.IsDefined(known) ? RoleWords.Of(known.ToString()) : role;

    /// <summary>A time limit: 3 days, 72 hours, 45 minutes.</summary>
    public static string SpanOf(TimeSpan span, IStringLocalizer<SopText> text) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 && span.TotalDays >= 2 ? text.Count("Span.Days", (long)span.TotalDays)
        : span.Ticks % TimeSpan.TicksPerHour == 0 ? text.Count("Span.Hours", (long)span.TotalHours)
        : text.Count("Span.Minutes", (long)span.TotalMinutes);

    /// <summary>What comes right before a step.</summary>
    public static string AfterOf(DrawnStep step, IStringLocalizer<SopText> text) =>
        string.Join(", ", step.After.Select(name => name.Length == 0 ? text["Step.Start"].Value : ActivityNames.Of(name)).Distinct().Order(StringComparer.CurrentCulture));

    public static StepLine LineOf(DrawnStep step, IStringLocalizer<SopText> text) => new(
        ActivityNames.Of(step.Name), AfterOf(step, text), RoleOf(step.Duties.Role), step.Duties.Evidence ?? "", step.Duties.DualControl, step.Duties.Risk ?? "",
        step.Duties.Within is { } within ? SpanOf(within, text) : "");

    /// <summary>How a picture of the drawing is made: names and notes in the reader's language.</summary>
    public static PictureOptions PictureOf(string title, IStringLocalizer<SopText> text) => new()
    {
        Title = title,
        Name = ActivityNames.Of,
        Note = step => string.Join(" · ", ((string?[])[step.Duties.DualControl ? text["Step.TwoPeople"].Value : null, step.Duties.Within is { } within ? SpanOf(within, text) : null]).OfType<string>()) is { Length: > 0 } note ? note : null,
    };

    /// <summary>A number as an address has it.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
