using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports.Routing;
using Probity.Sealing;

namespace Probity.Reports.Exchanging;

/// <summary>
/// Records as the reporter's side handed them over, each checked by its receipt: they follow each other without a gap, stand under checkpoints that its key has signed, and their content is what was
/// recorded. Pure.
/// </summary>
/// <param name="Size">How many records there are.</param>
/// <param name="Next">The number of the next one to ask for.</param>
/// <param name="Deposits">Those of them that are deposits, and were not erased.</param>
/// <param name="Proofs">The place of each of the others: what they say is not kept.</param>
internal sealed record FetchedRecords(long Size, long Next, IReadOnlyList<KeptDeposit> Deposits, IReadOnlyList<KeptProof> Proofs)
{
    /// <summary>The most records that are asked for at once, and the most bytes of an answer.</summary>
    public const int Most = 64, Longest = 128 << 20;

    /// <summary>The type of a deposit on the record of the reporter's side.</summary>
    public const string DepositType = "intake.deposited.v1";

    public const string Unreadable = "reports.exchange-unreadable";
    public const string Shrunk = "reports.exchange-shrunk";
    public const string Unproved = "reports.exchange-unproved";
    public const string Gap = "reports.exchange-gap";
    public const string NoDeposit = "reports.exchange-no-deposit";
    public const string Forked = "reports.exchange-forked";
    public const string UnknownBook = "reports.exchange-unknown-book";
    public const string OtherRecord = "reports.exchange-other-record";

    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 4, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads and checks an answer.</summary>
    /// <param name="answer">Its bytes: <c>{"size":S,"receipts":["…"]}</c>.</param>
    /// <param name="from">The number of the first record that was asked for.</param>
    /// <param name="shown">How many records were shown at most before.</param>
    /// <param name="log">The key of the record.</param>
    /// <param name="passed">The numbers of records that an overseer has looked into, and that are passed over.</param>
    /// <param name="issued">The books that this node issued: whoever seals by another has keys in it that nobody here confirmed.</param>
    public static (FetchedRecords? Records, ExchangeFault? Fault) Read(ReadOnlySpan<byte> answer, long from, long shown, VerifierKey log, IReadOnlySet<long> passed, IssuedBooks issued)
    {
        Said said;
        try
        {
            said = answer.Length <= Longest ? JsonSerializer.Deserialize<Said>(answer, s_json)! : throw new JsonException();
        }
        catch (JsonException)
        {
            return Bad(Unreadable);
        }

        if (said is null || said.Receipts.Count > Most || said.Receipts.Any(r => r is null)) return Bad(Unreadable);
        if (said.Size < shown || said.Size < from + said.Receipts.Count) return Bad(Shrunk);
        var (deposits, proofs, roots) = (new List<KeptDeposit>(), new List<KeptProof>(), new Dictionary<long, Hash>());
        for (var at = 0; at < said.Receipts.Count; at++)
        {
            var index = from + at;
            var receipt = Encoding.UTF8.GetBytes(said.Receipts[at]);
            if (Check(receipt, log) is not { Proved: true } report) return Bad(Unproved, index);
            if (report.Index != index) return Bad(Gap, index);
            // Two roots of one size are two histories.
            if (!roots.TryAdd(report.Size, report.Root) && roots[report.Size] != report.Root) return Bad(Forked, index);
            if (report.Header is not { } header) return Bad(Unproved, index);
            if (header.Type != DepositType || report.Opening.Form != ReceiptForm.Content || passed.Contains(index))
            {
                proofs.Add(KeptReports.HeaderOf(index, receipt));
                continue;
            }

            try
            {
                var deposit = Deposit.Decode(report.Opening.Payload);
                if (issued.Of(deposit.Book.Span) is null) return Bad(UnknownBook, index);
                deposits.Add(new KeptDeposit(index, DateOnly.FromDateTime(header.Recorded.UtcDateTime), deposit.Report, deposit.Id, receipt));
            }
            catch (FormatException)
            {
                return Bad(NoDeposit, index);
            }
        }

        return (new FetchedRecords(said.Size, from + said.Receipts.Count, deposits, proofs), null);

        static (FetchedRecords?, ExchangeFault?) Bad(string code, long? record = null) => (null, new ExchangeFault(code, record));
    }

    /// <summary>What a receipt proves; null where it is none.</summary>
    public static ReceiptReport? Check(ReadOnlyMemory<byte> receipt, VerifierKey log)
    {
        try
        {
            return ReceiptVerifier.Verify(receipt.Span, new ReceiptRequest(log, null));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    sealed record Said(long Size, IReadOnlyList<string> Receipts);
}

/// <summary>What the reporter's side handed over that cannot be.</summary>
internal sealed record ExchangeFault(string Code, long? Record = null);
