using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Cli.Verbs;

/// <summary><c>probity verify FILE.tlog-proof</c>: checks a receipt, needing no server and no network.</summary>
internal static class VerifyReceipt
{
    public static int Run(string file, string? vkey, string? policy, string[] old, string? json)
    {
        string[] inputs = [file, .. vkey is null ? Array.Empty<string>() : [vkey], .. policy is null ? Array.Empty<string>() : [policy]];
        WholeFile.Check(json, inputs);
        if (old.Length > 0) throw new InvalidDataException("--old compares a whole log with what it was, and --old-key goes with it; a receipt holds one record. Give the log's URL or folder instead of the receipt");
        var request = new ReceiptRequest(vkey is null ? null : VerifyVerb.ReadKey(vkey), policy is null ? null : VerifyVerb.ReadPolicy(policy));
        var report = Read(file, request);
        if (json is not null) JsonOutput.Write(json, ReceiptAnswer.Of(report));
        if (json != "-") ReceiptText.Write(Console.Out, report);
        if (!report.Ok) return ExitCodes.Found;
        if (report.Proved) return ExitCodes.Fine;
        if (policy is not null)
        {
            Console.Error.WriteLine("probity verify: nothing is proved yet: the policy has no line 'log KEY', so the log's signature was not checked; put one in, or give the key with --vkey, from a source of your own");
            return ExitCodes.BadInput;
        }

        Console.Error.WriteLine("probity verify: nothing is proved yet: a receipt holds no key to check its signature with; give the log's with --vkey, or --policy, from a source of your own");
        return ExitCodes.BadInput;
    }

    static bool IsBackup(string file)
    {
        var start = new byte[Backup.Length];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && Backup.SequenceEqual(start);
    }

    static ReadOnlySpan<byte> Backup => "probity.backup/v1\n"u8;

    static ReceiptReport Read(string file, ReceiptRequest request)
    {
        try
        {
            return ReceiptVerifier.Verify(
                RegularFile.ReadBytes(file, TlogProof.MaxLength) ?? throw new FormatException($"It is longer than {TlogProof.MaxLength} bytes."), request);
        }
        catch (FormatException) when (IsBackup(file))
        {
            throw new InvalidDataException($"{file} is a backup of a ledger: it was verified when it was made, and is again by probity restore, into a new folder");
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{file} is no receipt that can be read: {fault.Message} A receipt is a file such as record-12.tlog-proof.");
        }
    }
}
