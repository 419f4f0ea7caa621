using System.Collections.Immutable;
using System.Text;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>A record that this node fetched from before, of a machine that was replaced.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Note">The last checkpoint of it that was kept; null where none was.</param>
/// <param name="Held">How many of its records were held.</param>
/// <param name="Until">When another was taken up.</param>
internal sealed record EarlierRecord(string? Key, string? Note, long Held, DateTimeOffset Until);

/// <summary>What an overseer asked for, and a second person has not answered.</summary>
/// <param name="By">Who asked.</param>
/// <param name="At">When.</param>
/// <param name="Reason">What they wrote.</param>
/// <param name="Record">The place of the record that is to be passed over.</param>
/// <param name="Key">Or the key of the record that is to be taken up.</param>
internal sealed record AskedAct(Guid By, DateTimeOffset At, string Reason, long? Record, string? Key);

/// <summary>How the exchange stands, by the record: with whom, whether it was stopped, what of the other record was kept last, and what was removed, passed over or came back.</summary>
internal sealed record ExchangeState : IStreamState<ExchangeState>
{
    static readonly Guid ExchangeId = new("d1ec7084-0000-8000-8000-000000000068");

    public static StreamId Stream { get; } = new(ExchangeId);

    public static ExchangeState Initial { get; } = new();

    public long Version { get; init; }

    /// <summary>The key of the record that is fetched from; null before the first exchange, or where an older version of this program made it.</summary>
    public string? Key { get; init; }

    /// <summary>The records of machines that were replaced, the first of all first.</summary>
    public ImmutableList<EarlierRecord> Earlier { get; init; } = [];

    /// <summary>The place of the first record of the one that is fetched from.</summary>
    public long First => RecordPlace.Of(Earlier.Count, 0);

    /// <summary>For what it was stopped, the place of the record, and when; null while it goes on.</summary>
    public (string Code, long? Record, DateTimeOffset At)? Stopped { get; init; }

    /// <summary>The places of records that two have looked into and let be: they are passed over.</summary>
    public ImmutableHashSet<long> Passed { get; init; } = [];

    /// <summary>The checkpoint that was recorded last.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? CheckpointAt { get; init; }

    /// <summary>Since when records are fetched from there; null where an older version of this program began.</summary>
    public DateTimeOffset? NamedAt { get; init; }

    /// <summary>The entry of this record below which all answers had been sent when the two were compared last.</summary>
    public long AnswersSent { get; init; }

    /// <summary>When that was, and how many records were held.</summary>
    public (DateTimeOffset At, long Held)? Compared { get; init; }

    /// <summary>Records that were missing and came back, as places; how many removals were made up; since when. Until an overseer has looked into it.</summary>
    public (ImmutableList<RecordRange> Records, int Removals, DateTimeOffset Since)? Returned { get; init; }

    /// <summary>How often records came back: whoever remembers what their key opens has to look again.</summary>
    public int Returns { get; init; }

    /// <summary>What waits for a second person.</summary>
    public AskedAct? Asked { get; init; }

    /// <summary>The numbers that are passed over on one of the records.</summary>
    public IReadOnlySet<long> PassedOf(int record) => Passed.Where(p => RecordPlace.RecordOf(p) == record).Select(RecordPlace.NumberOf).ToHashSet();

    /// <summary>What the checkpoint that was kept last says; null where there is none.</summary>
    public Checkpoint? Kept => Checkpoint is { } note ? KeptOf(note) : null;

    /// <summary>Whether a key is that of the record that is fetched from, or there is none yet.</summary>
    public bool IsOf(VerifierKey key)
    {
        if (Key is { } known) return known == key.ToString();
        if (Checkpoint is not { } note) return true;
        try
        {
            Ledger.Formats.Checkpoint.Open(Encoding.UTF8.GetBytes(note), key);
            return true;
        }
        catch (InvalidSignatureException)
        {
            return false;
        }
    }

    /// <summary>The same of a key as it is written.</summary>
    public bool IsOf(string key) => Key is { } known ? known == key : IsOf(VerifierKey.Parse(key));

    /// <summary>What a checkpoint that is on this record says; its signature was looked at before it was put there.</summary>
    public static Checkpoint KeptOf(string note) => Ledger.Formats.Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(note)).Text);

    public ExchangeState Apply(Recorded recorded) => Taken(recorded) with { Version = recorded.Version };

    ExchangeState Taken(Recorded recorded) => recorded.Event switch
    {
        ExchangeStopped e => this with { Stopped = (e.Code, e.Record, recorded.When), Asked = null },
        ExchangeResumed e => this with { Stopped = null, Asked = null, Passed = e.Past is { } past ? Passed.Add(past) : Passed },
        IntakeCheckpointKept e => this with { Checkpoint = e.Note, CheckpointAt = recorded.When },
        ExchangeCompared e => this with { AnswersSent = e.Answers, Compared = (recorded.When, e.Held) },
        RecordsReturned e => this with
        {
            Returned = ((Returned?.Records ?? []).AddRange(e.Records), (Returned?.Removals ?? 0) + e.Removals, Returned?.Since ?? recorded.When), Returns = Returns + 1,
        },
        ReturnLookedInto => this with { Returned = null },
        IntakeNamed e => this with { Key = e.Key, NamedAt = recorded.When },
        PassingAsked e => this with { Asked = new AskedAct(recorded.Actor.Value, recorded.When, e.Reason, e.Record, null) },
        PassingAgreed e => this with { Stopped = null, Asked = null, Passed = Passed.Add(e.Record) },
        ReplacingAsked e => this with { Asked = new AskedAct(recorded.Actor.Value, recorded.When, e.Reason, null, e.Key) },
        IntakeReplaced e => this with
        {
            Stopped = null, Asked = null, Key = e.Key, NamedAt = recorded.When, Checkpoint = null, CheckpointAt = null, Compared = null, Earlier = Earlier.Add(new EarlierRecord(e.Before, e.Note, e.Held, recorded.When)),
        },
        PassingReturned or ReplacingReturned => this with { Asked = null },
        _ => this,
    };
}
