namespace Probity.Ledger;

/// <summary>A receipt: a C2SP tlog-proof that anyone can check offline, and what it is good for.</summary>
/// <param name="Text">The file's text; its name ends in <c>.tlog-proof</c>.</param>
/// <param name="Index">The record's number.</param>
/// <param name="Size">How many records the checkpoint counts that it stands under.</param>
/// <param name="Form">How much it says of the record: less than was asked for where the content was erased or its key is not here.</param>
/// <param name="WitnessedAt">When the quorum of witnesses had confirmed that checkpoint; null where the log alone has signed it.</param>
public sealed record Receipt(string Text, long Index, long Size, ReceiptForm Form, DateTimeOffset? WitnessedAt)
{
    /// <summary>The name that a receipt is saved under.</summary>
    public string FileName => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"record-{Index}.tlog-proof");
}
