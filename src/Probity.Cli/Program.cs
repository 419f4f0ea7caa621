using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using Probity.Cli.Verbs;
using Probity.Lens;

namespace Probity.Cli;

/// <summary>The program <c>probity</c>: one verb a job, documented by <c>--help</c>.</summary>
internal static class Program
{
    static async Task<int> Main(string[] args)
    {
        if (StripFileVerb.Is(args)) return StripFileVerb.Run(args);
        var root = new RootCommand("Probity: keeping anti-drug units clean.")
        {
            DemoVerb.Create(),
            BackupVerb.Create(),
            CheckVerb.Create(),
            DescribeVerb.Create(),
            DiscoverVerb.Create(),
            ExportVerb.Create(),
            ImportVerb.Create(),
            IntakeVerb.Create(),
            KeysVerb.Create(),
            PassportVerb.Create(),
            RebuildVerb.Create(),
            ReceiptVerb.Create(),
            RecoveryVerb.Create(),
            ReportsVerb.Create(),
            RestoreVerb.Create(),
            ServeVerb.Create(),
            SucceedVerb.Create(),
            VerifyVerb.Create(),
            WitnessVerb.Create(),
        };
        ParseResult call;
        try
        {
            // "probity help check" is what people try first.
            call = root.Parse(args is ["help", .. var about] ? [.. about, "--help"] : args);
        }
        catch (InvalidOperationException e)
        {
            // A validator asked for a value that is not of its kind: --port abc.
            return Refuse($"{e.Message.TrimEnd('.')}; see probity --help");
        }

        if (call.Errors.Count > 0) return Refuse(WrongCall(call));
        try
        {
            if (Empty(call) is { } empty) return Refuse($"{empty} is empty; see probity {PathOf(call.CommandResult)}--help");
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
        catch (DbException e)
        {
            return Refuse($"the database does not do what it was asked: {e.Message.TrimEnd('.')}; see docs/faults.md, and docs/postgresql.md where the log lies there");
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

    /// <summary>The first argument or option that was given as an empty text. None of them means anything empty.</summary>
    static string? Empty(ParseResult call)
    {
        foreach (var given in call.CommandResult.Children)
        {
            if (given.Tokens.All(token => token.Value.Length > 0)) continue;
            return given switch
            {
                OptionResult option => option.Option.Name,
                ArgumentResult argument => argument.Argument.Name,
                _ => null,
            };
        }

        return null;
    }

    /// <summary>One line, whatever the message holds: a file's name may have line breaks in it.</summary>
    static int Refuse(string message)
    {
        Console.Error.WriteLine("probity: " + PlainText.OneLine(message));
        return ExitCodes.BadInput;
    }
}
