using Microsoft.Extensions.Logging;
using Probity.Lens;

namespace Probity.Procedures.Checking;

/// <summary>What is told of a fault: to people what the reader of a file says, to the log nothing that could come from a file.</summary>
internal static class FaultText
{
    /// <summary>
    /// A refusal without the advice at its end that names options of the command line: the page has its own words for what to do.
    /// </summary>
    public static string Detail(BadInputException fault)
    {
        var text = fault.Message;
        var option = text.IndexOf(" --", StringComparison.Ordinal);
        if (option < 0) return text;
        var cut = text.LastIndexOf(';', option);
        return cut < 0 ? text : text[..cut] + ".";
    }

    /// <summary>A fault of ours by its kind and place alone: its message may quote what somebody uploaded.</summary>
    public static void Log(ILogger logger, Exception fault) =>
        logger.LogError("A check of a register failed: {Fault} {Place}", fault.GetType().FullName, fault.StackTrace);
}
