using Microsoft.AspNetCore.Http;

namespace Probity.Cases;

/// <summary>The second person's answer on a form: yes or no, and reasons, which only a no needs.</summary>
internal static class Answer
{
    public static bool IsYes(IFormCollection typed) => typed["answer"] == "yes";

    /// <summary>What the answer lacks, or null.</summary>
    public static FormResult.Missing? Missing(IFormCollection typed) => FormResult.Missing.Among(
        (typed["answer"].ToString() is "yes" or "no" ? null : "page.answer-missing", "answer"),
        (typed["answer"] == "no" ? CaseTexts.RefusesReason(typed["reasons"])?.Code : null, "reasons"));
}
