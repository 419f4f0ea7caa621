using System.CommandLine;
using System.CommandLine.Parsing;
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
        // "probity help check" is what people try first.
        var call = root.Parse(args is ["help", .. var about] ? [.. about, "--help"] : args);
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
        var command = call.CommandResult.Command;
        var path = PathOf(call.CommandResult);
        var what = call.Errors[0].Message.TrimEnd('.');
        if (command.Subcommands.Count > 0)
        {
            var known = string.Join(", ", command.Subcommands.Select(c => path + c.Name));
            what = call.UnmatchedTokens is [var unknown, ..] ? $"there is no '{path}{unknown}', only {known}" : $"say what to do: {known}";
        }

        return $"{what}; see probity {path}--help";
    }

    /// <summary>The words that lead to a command, below the program itself: "export xes ".</summary>
    static string PathOf(SymbolResult? result) => result switch
    {
        CommandResult { Command: not RootCommand } command => PathOf(command.Parent) + command.Command.Name + " ",
        _ => "",
    };

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
