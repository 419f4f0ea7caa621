using System.CommandLine;
using Probity.Cli.Verbs;
using Probity.Lens;

namespace Probity.Cli;

/// <summary>The program <c>probity</c>: one verb a job, documented by <c>--help</c>.</summary>
internal static class Program
{
    static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Probity: keeping anti-drug units clean.")
        {
            DemoVerb.Create(),
            CheckVerb.Create(),
            DescribeVerb.Create(),
            ExportVerb.Create(),
            ServeVerb.Create(),
            VerifyVerb.Create(),
        };
        var call = root.Parse(args);
        if (call.Errors.Count > 0) return Refuse(WrongCall(call));
        try
        {
            return await call.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // A server that was told to stop finishes what it has begun to answer.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
            });
        }
        catch (BadInputException e)
        {
            return Refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Refuse(e.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    static string WrongCall(ParseResult call)
    {
        var verb = call.CommandResult.Command is RootCommand ? "" : call.CommandResult.Command.Name + " ";
        var what = verb.Length == 0 && call.UnmatchedTokens is [var unknown, ..] ? $"There is no verb '{unknown}'" : call.Errors[0].Message.TrimEnd('.');
        return $"{what}; see probity {verb}--help";
    }

    /// <summary>One line, whatever the message holds: a file's name may have line breaks in it.</summary>
    static int Refuse(string message)
    {
        Console.Error.WriteLine("probity: " + string.Create(message.Length, message, static (line, text) =>
        {
            for (var i = 0; i < text.Length; i++) line[i] = char.IsControl(text[i]) ? ' ' : text[i];
        }));
        return ExitCodes.BadInput;
    }
}
