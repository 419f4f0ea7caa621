using System.CommandLine;
using System.Diagnostics;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity verify SOURCE</c>: checks a ledger, needing nothing of its server.</summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A node's data folder, or the URL under which a log shows its checkpoint and tiles." };
        var vkey = new Option<string?>("--vkey") { Description = "The log's key from a source of your own, as text or in a file. Without it the log is believed about its key.", HelpName = "KEY" };
        var old = new Option<string[]>("--old") { Description = "A signed checkpoint that you kept: the log has to hold all that it held then. May be given several times.", HelpName = "FILE" };
        var json = new Option<string?>("--json") { Description = "Writes the result as JSON to a file, or to standard output for '-'.", HelpName = "FILE" };
        var command = new Command("verify", "Checks a ledger: signatures, every hash, every record, and that nothing older was changed.") { source, vkey, old, json };
        command.SetAction((result, ct) => RunAsync(
            result.GetValue(source)!, result.GetValue(vkey), result.GetValue(old) ?? [], result.GetValue(json), ct));
        return command;
    }

    static async Task<int> RunAsync(string source, string? vkey, string[] old, string? json, CancellationToken ct)
    {
        var begun = Stopwatch.GetTimestamp();
        VerifyReport report;
        try
        {
            var request = new VerifyRequest(vkey is null ? null : ReadKey(vkey), [.. old.Select(ReadOld)]);
            using var progress = new ProgressBar("Verifying");
            report = IsUrl(source)
                ? await LogVerifier.VerifyAsync(new Uri(source), request, progress, ct)
                : await NodeVerifier.VerifyAsync(source, request, progress, ct);
            ct.ThrowIfCancellationRequested();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or HttpRequestException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"probity verify: {OneLine(fault.Message)}");
            return ExitCodes.BadInput;
        }

        var seconds = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 3);
        if (json is not null) JsonOutput.Write(json, VerifyAnswer.Of(report, seconds));
        if (json != "-") VerifyText.Write(Console.Out, report, old.Length > 0, seconds);
        return report.Ok ? ExitCodes.Fine : ExitCodes.Found;
    }

    static bool IsUrl(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    static VerifierKey ReadKey(string given)
    {
        try
        {
            return VerifierKey.Parse((File.Exists(given) ? File.ReadAllText(given) : given).Trim());
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"--vkey is neither a key nor a file that holds one: {fault.Message} A key looks like name+1a2b3c4d+AbCd…");
        }
    }

    static string ReadOld(string file)
    {
        var note = File.ReadAllText(file);
        try
        {
            Checkpoint.Parse(SignedNote.Parse(note).Text);
            return note;
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"--old {file} is not a signed checkpoint: {fault.Message} Give the file 'checkpoint' as it was kept.");
        }
    }

    static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
