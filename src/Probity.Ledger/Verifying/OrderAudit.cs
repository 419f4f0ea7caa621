namespace Probity.Ledger;

/// <summary>Checks the order of the record: stream versions without a gap, times that never run backwards.</summary>
internal sealed class OrderAudit(Findings findings)
{
    public const string Streams = "streams";
    public const string Times = "times";

    readonly Dictionary<StreamId, long> _versions = [];
    long _lastRecorded = long.MinValue;

    /// <summary>Takes the rows one after the other.</summary>
    public void Check(AuditedRow row)
    {
        for (var i = 0; i < row.Records.Length; i++)
        {
            if (row.Records[i] is not { } record) continue;
            var index = row.First + i;
            var expected = _versions.GetValueOrDefault(record.Stream) + 1;
            if (record.Version != expected)
                findings.Fault(Streams, index, $"Record {index} has version {record.Version} in its stream, where {expected} is due.");
            _versions[record.Stream] = record.Version;
            if (record.Recorded < _lastRecorded) findings.Fault(Times, index, $"Record {index} was recorded earlier than the one before it.");
            _lastRecorded = record.Recorded;
        }
    }
}
