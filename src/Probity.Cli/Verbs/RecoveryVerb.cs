using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Lens;
using Probity.Sealing;

namespace Probity.Cli.Verbs;

/// <summary><c>probity recovery</c>: the key that opens reports whose readers are gone, in shares that are held outside the unit.</summary>
internal static class RecoveryVerb
{
    const int LongestShare = 4_096;

    public static Command Create() => new("recovery", "The key that opens sealed reports when their readers are gone, split into shares that are held outside the unit.") { Make(), Open() };

    static Command Make()
    {
        var needed = new Option<int>("--needed") { Description = "How many shares open a report: 2 or more.", HelpName = "K", DefaultValueFactory = _ => 3 };
        var holders = new Option<int>("--holders") { Description = "How many people hold one.", HelpName = "N", DefaultValueFactory = _ => 5 };
        var output = new Option<string>("--out") { Description = "A new folder for the shares, one file each: give each to its holder, and keep none.", HelpName = "DIR", Required = true };
        needed.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 2 or > byte.MaxValue) given.AddError("--needed is a number from 2 to 255");
        });
        holders.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 2 or > byte.MaxValue) given.AddError("--holders is a number from 2 to 255");
        });
        var verb = new Command("make", "Makes the key, writes its shares, and prints the public half for the node. The key itself is kept nowhere.") { needed, holders, output };
        verb.SetAction(call => MakeShares(call.GetValue(needed), call.GetValue(holders), call.GetValue(output)!));
        return verb;
    }

    static Command Open()
    {
        var request = new Argument<string>("REQUEST") { Description = "The file that the node gave out after two people agreed." };
        var shares = new Option<string[]>("--share") { Description = "A holder's share; as many as are needed.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
        var vkey = new Option<string>("--vkey") { Description = "The node's record, as its witnesses know it: what stands under /log/vkey.", HelpName = "KEY", Required = true };
        var output = new Option<string>("--out") { Description = "A new file, to be brought back to the node: it opens for the one reader alone.", HelpName = "FILE", Required = true };
        var verb = new Command("open", "Opens what a request asks for with enough shares, for the one reader that it names, if the node's record holds that it was asked for.") { request, shares, vkey, output };
        verb.SetAction(call => OpenRequest(call.GetValue(request)!, call.GetValue(shares)!, call.GetValue(vkey)!, call.GetValue(output)!));
        return verb;
    }

    static int MakeShares(int needed, int holders, string folder)
    {
        if (needed > holders) throw new BadInputException($"{needed} of {holders} shares cannot be needed: --holders is at least --needed");
        if (Directory.Exists(folder) || File.Exists(folder)) throw new BadInputException($"{folder} is there already: name a new folder");
        using var key = SealingKey.Generate();
        var secret = key.Export();
        var shares = SecretShares.Split(secret, needed, holders);
        CryptographicOperations.ZeroMemory(secret);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var share in shares)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(Path.Combine(folder, $"share-{share.Number}-of-{share.Of}.txt"), options);
            file.Write(Encoding.ASCII.GetBytes(share + "\n"));
        }

        Console.WriteLine($"{key.Public}");
        Console.Error.WriteLine($"Any {needed} of the {holders} files in {Path.GetFullPath(folder)} open every report that is sealed from now on. Give each to its holder and delete it here.");
        return ExitCodes.Fine;
    }

    static int OpenRequest(string file, IReadOnlyList<string> shareFiles, string vkey, string output)
    {
        if (File.Exists(output)) throw new BadInputException($"{output} is there already: name a new file");
        var request = RecoveryRequest.Read(Read(file, RecoveryRequest.Longest)) ?? throw new BadInputException($"{file} is no request for recovery");
        RequireAsked(request, vkey, file);
        var shares = shareFiles.Select(path => SecretShare.Read(Encoding.ASCII.GetString(Read(path, LongestShare)))
            ?? throw new BadInputException($"{path} is no share, or a character of it is wrong")).ToList();
        if (SecretShares.Combine(shares) is not { Length: SealingKey.Size } secret)
            throw new BadInputException($"{shares.DistinctBy(share => share.Number).Count()} shares do not give the key: {shares[0].Needed} of one key are needed");
        RecoveryAnswer answer;
        using (var key = SealingKey.Import(secret))
        {
            CryptographicOperations.ZeroMemory(secret);
            answer = request.Open(key);
        }

        if (answer.Grants.Count == 0) throw new BadInputException($"none of the {request.Slots.Count} deposits in {file} was sealed for the key of these shares");
        File.WriteAllBytes(output, answer.Write());
        Console.WriteLine($"{answer.Grants.Count} of {request.Slots.Count} deposits opened for the one reader. Bring {output} back to the node.");
        return ExitCodes.Fine;
    }

    /// <summary>Nothing is opened that nobody asked for on the record: the receipt is the node's, its content names the reader, and every slot is of a report that it names.</summary>
    static void RequireAsked(RecoveryRequest request, string vkey, string file)
    {
        try
        {
            var report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(request.Receipt), new ReceiptRequest(VerifierKey.Parse(vkey), null));
            if (!report.Proved || report.Header?.Type != "reports.recovery-agreed.v1" || report.Opening.Form != ReceiptForm.Content)
                throw new BadInputException($"{file} does not prove that it was asked for on that record");
            using var said = JsonDocument.Parse(report.Opening.Payload);
            var reports = said.RootElement.GetProperty("reports").EnumerateArray().Select(one => one.GetGuid()).ToHashSet();
            if (said.RootElement.GetProperty("to").GetString() != request.To || !request.Slots.All(slot => reports.Contains(slot.Report)))
                throw new BadInputException($"{file} asks for more than was agreed to on the record, or for somebody else");
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BadInputException($"{file} or the key of the record cannot be read: {fault.Message}");
        }
    }

    static byte[] Read(string file, int longest) => !File.Exists(file) ? throw new BadInputException($"there is no file {file}")
        : new FileInfo(file).Length > longest ? throw new BadInputException($"{file} has more than {longest} bytes")
        : File.ReadAllBytes(file);
}
