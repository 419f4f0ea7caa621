using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity verify SOURCE</c>: checks a ledger, needing nothing of its server.</summary>
internal static class VerifyVerb
{
    const int LongestTimeout = 1_000_000;

    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A node's data folder, the URL or the folder of files under which a log shows its checkpoint and tiles, or a receipt (.tlog-proof)." };
        var vkey = new Option<string?>("--vkey") { Description = "The log's key from a source of your own, as text or in a file. Without it the log is believed about its key.", HelpName = "KEY" };
        var old = new Option<string[]>("--old") { Description = "A signed checkpoint that you kept: the log has to hold all that it held then. May be given several times.", HelpName = "FILE" };
        var oldKey = new Option<string[]>("--old-key") { Description = "The key of an earlier log that this one continues, from a source of your own, as text or in a file: an --old checkpoint of that log counts only under it. May be given several times.", HelpName = "KEY" };
        var policy = new Option<string?>("--policy") { Description = "Who has to have confirmed the log (C2SP tlog-policy): its checkpoint needs their quorum. A single log in it gives the log's key.", HelpName = "FILE" };
        var json = new Option<string?>("--json") { Description = "Writes the result as JSON to a file, or to standard output for '-'.", HelpName = "FILE" };
        var timeout = new Option<int?>("--timeout") { Description = "Gives up after so many seconds. Without it a long log takes its time, and one that stands still is given up.", HelpName = "SECONDS" };
        timeout.Validators.Add(given =>
        {
            if (given.Tokens is not [{ Value: var text }] || !int.TryParse(text, CultureInfo.InvariantCulture, out var number) || number is < 1 or > LongestTimeout)
                given.AddError($"--timeout is a number of seconds from 1 to {LongestTimeout}");
        });
        var command = new Command("verify", "Checks a ledger: signatures, every hash, every record, and that nothing older was changed; or a receipt.") { source, vkey, old, oldKey, policy, json, timeout };
        command.SetAction((result, ct) => RunAsync(
            result.GetValue(source)!, result.GetValue(vkey), result.GetValue(old) ?? [], result.GetValue(oldKey) ?? [], result.GetValue(policy), result.GetValue(json), result.GetValue(timeout), ct));
        return command;
    }

    static async Task<int> RunAsync(string source, string? vkey, string[] old, string[] oldKeys, string? policy, string? json, int? timeout, CancellationToken ct)
    {
        if (!IsUrl(source) && RegularFile.KindOf(source) == FileKind.Regular) return VerifyReceipt.Run(source, vkey, policy, [.. old, .. oldKeys], json);
        var begun = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (timeout is { } most) limit.CancelAfter(TimeSpan.FromSeconds(most));
        VerifyReport report;
        try
        {
            WholeFile.Check(json, Inputs(source, vkey, [.. policy is null ? Array.Empty<string>() : [policy], .. old, .. oldKeys]));
            var witnesses = policy is null ? null : ReadPolicy(policy);
            var key = vkey is not null ? ReadKey(vkey) : witnesses?.Logs is [var only] ? only.Key : null;
            var request = new VerifyRequest(key, [.. old.Select(ReadOld)]) { Policy = witnesses, OldKeys = [.. oldKeys.Select(given => ReadKey(given, "--old-key"))] };
            using var progress = new ProgressBar("Verifying");
            // Left alone when its time is over: not every step of it looks at the clock.
            report = await Task.Run(() => VerifyAsync(source, request, progress, limit.Token), limit.Token).WaitAsync(limit.Token);
            ct.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return await RefuseAsync($"not done within {timeout} seconds, so nothing is said about this log; give it more with --timeout");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or HttpRequestException or InvalidDataException)
        {
            return await RefuseAsync(fault.Message);
        }

        var seconds = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 3);
        if (json is not null) JsonOutput.Write(json, VerifyAnswer.Of(report, seconds));
        if (json != "-") VerifyText.Write(Console.Out, report, old.Length > 0, policy is not null, seconds);
        return report.Ok ? ExitCodes.Fine : ExitCodes.Found;
    }

    static async Task<VerifyReport> VerifyAsync(string source, VerifyRequest request, IProgress<double> progress, CancellationToken ct)
    {
        if (IsUrl(source)) return await LogVerifier.VerifyAsync(UrlOf(source), request, progress, ct);
        RequireThere(source);
        var folder = NodeFolder.At(source);
        if (!folder.Exists && !Directory.Exists(folder.SecretsFolder) && LogVerifier.IsLogFolder(source))
            return await LogVerifier.VerifyFolderAsync(source, request, progress, ct);
        var report = await VerifyDeposits.AddAsync(await NodeVerifier.VerifyAsync(source, request, progress, ct), folder, ct);
        // What is here may be right as far as it goes, and yet not what its witnesses have seen.
        return RegularFile.KindOf(folder.StoppedFile) == FileKind.Absent ? report
            : report with { Checks = [.. report.Checks, new("stopped", false, null, $"Witnesses have seen more than is here, or another history: {folder.StoppedFile} has the evidence, and docs/recovery.md says how to go on.")] };
    }

    static void RequireThere(string source)
    {
        if (RegularFile.KindOf(source) == FileKind.Absent)
            throw new FileNotFoundException($"{source} does not exist, or cannot be reached: name a receipt, a node's data folder, or a log's URL or folder of files.");
    }

    internal static Uri UrlOf(string source) => Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url
        : throw new InvalidDataException($"'{source}' is no URL that can be asked; a log's looks like https://node.example/log/");

    internal static bool IsUrl(string source) =>
        source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The files that are read, which the answer must not be written over.</summary>
    static string[] Inputs(string source, string? vkey, string[] old)
    {
        string[] given = vkey is null ? old : [vkey, .. old];
        if (IsUrl(source)) return given;
        var folder = NodeFolder.At(source);
        return [.. given, folder.LedgerFile, folder.KeyFile, folder.CheckpointFile];
    }

    internal static VerifierKey ReadKey(string given, string option = "--vkey")
    {
        try
        {
            return VerifierKey.Parse((File.Exists(given) ? RegularFile.ReadText(given, SignedNote.MaxLength) : given).Trim());
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{option} is neither a key nor a file that holds one: {fault.Message} A key looks like name+1a2b3c4d+AbCd…");
        }
    }

    static string ReadOld(string file)
    {
        var note = RegularFile.ReadText(file, SignedNote.MaxLength);
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

    internal static TlogPolicy ReadPolicy(string file)
    {
        try
        {
            return TlogPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(RegularFile.ReadText(file, SignedNote.MaxLength)));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"--policy {file} is no policy: {fault.Message} docs/witnessing.md shows one.");
        }
    }

    static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync($"probity verify: {PlainText.OneLine(message)}");
        return ExitCodes.BadInput;
    }
}
