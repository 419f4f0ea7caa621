using System.CommandLine;
using System.Globalization;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity receipt</c>: a C2SP tlog-proof for one record, which anyone can check offline.</summary>
internal static class ReceiptVerb
{
    public static Command Create()
    {
        var what = new Argument<string[]>("RECORD") { Description = "The record's number; before it, of a log that is public, its URL or its folder of files.", Arity = new ArgumentArity(1, 2), HelpName = "[URL] NUMBER" };
        var data = new Option<string>("--data") { Description = "The node's data folder; a server may have it open.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var content = new Option<bool>("--content") { Description = "Puts in what was recorded, for who may read it: whoever gets the receipt reads it, for ever. Without it the receipt says number, times and kind of the record." };
        var vkey = new Option<string?>("--vkey") { Description = "The key of the log at a URL, from a source of your own, as text or in a file.", HelpName = "KEY" };
        var to = new Option<string?>("--to") { Description = "The file to write; standard output without it. Its name should end in .tlog-proof.", HelpName = "FILE" };
        var verb = new Command("receipt", "Writes a receipt for a record, which anyone can check without a server: probity verify FILE.tlog-proof.") { what, data, content, vkey, to };
        verb.SetAction((call, cancel) => RunAsync(
            call.GetValue(what)!, call.GetResult(data) is { Implicit: false }, call.GetValue(data)!, call.GetValue(content), call.GetValue(vkey), call.GetValue(to), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string[] what, bool dataGiven, string data, bool content, string? vkey, string? to, CancellationToken cancel)
    {
        var source = what.Length == 2 ? what[0] : null;
        var index = Number(what[^1]);
        if (source is not null && dataGiven) throw new InvalidDataException("a receipt is of a URL or of --data, not of both; leave one out");
        if (source is not null && content) throw new InvalidDataException("what is public holds no content; --content goes with --data");
        if (source is null && vkey is not null) throw new InvalidDataException("--vkey goes with a URL; a data folder is not believed about its key by who checks the receipt");
        WholeFile.Check(to, source is null ? [data] : []);
        var receipt = source is null ? await OfFolderAsync(data, index, content, cancel) : await OfPublicLogAsync(source, index, vkey, cancel);
        if (to is null or "-") Console.Out.Write(receipt.Text);
        else WholeFile.Write(to, receipt.Text);
        var under = receipt.WitnessedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"confirmed by the witnesses on {at:yyyy-MM-dd HH:mm:ss} UTC")
            : source is null ? "signed by the log alone: no witnesses have confirmed as much yet"
            : "under the checkpoint that the log shows";
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Receipt for record {receipt.Index} of {receipt.Size}, {Said(receipt.Form)}; {under}."));
        return ExitCodes.Fine;
    }

    static async Task<Receipt> OfFolderAsync(string data, long index, bool content, CancellationToken cancel)
    {
        await using var node = await UntouchedNode.OpenAsync(data, content, cancel);
        RequireRecord(index, node.Size);
        var receipt = await node.WriteReceiptAsync(index, content ? ReceiptForm.Content : ReceiptForm.Header, cancel);
        return !content || receipt.Form == ReceiptForm.Content ? receipt
            : throw new InvalidDataException($"what record {index} said was erased, or its key is not here; leave --content out for a receipt of the rest");
    }

    static async Task<Receipt> OfPublicLogAsync(string source, long index, string? vkey, CancellationToken cancel)
    {
        var key = vkey is null ? null : VerifyVerb.ReadKey(vkey);
        try
        {
            return VerifyVerb.IsUrl(source)
                ? await PublicReceipts.WriteAsync(VerifyVerb.UrlOf(source), index, key, cancel)
                : await PublicReceipts.WriteFromFolderAsync(source, index, key, cancel);
        }
        catch (HttpRequestException fault)
        {
            throw new IOException(fault.Message, fault);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"the log at {source} does not hold together, so it gives no receipt: {fault.Message} Check it with: probity verify {source}", fault);
        }
    }

    internal static void RequireRecord(long index, long size)
    {
        if (index >= size)
            throw new InvalidDataException(size == 0 ? "the log has no records yet" : $"there is no record {index}: the log has {size}, numbered from 0 to {size - 1}");
    }

    static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidDataException($"'{text}' is no record's number; records are numbered from 0, as in: probity receipt --data DIR 12");

    static string Said(ReceiptForm form) => form switch
    {
        ReceiptForm.Content => "with its content",
        ReceiptForm.Header => "with number, times and kind, without its content",
        _ => "its public entry alone",
    };
}
