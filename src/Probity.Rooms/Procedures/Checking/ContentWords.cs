using Microsoft.Extensions.Localization;
using Probity.Shared;

namespace Probity.Procedures.Checking;

/// <summary>Says what a register holds.</summary>
internal static class ContentWords
{
    /// <summary>How many cases, events and kinds of step it has.</summary>
    public static string Of(IStringLocalizer<CheckingText> text, RegisterContent content) =>
        text["Content", text.Count("Cases", content.Cases), text.Count("Events", content.Events), text.Count("Steps", content.Activities.Count)];
}
