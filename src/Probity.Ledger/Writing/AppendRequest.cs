namespace Probity.Ledger;

/// <summary>An append on its way to the writer, and where its answer goes.</summary>
internal sealed class AppendRequest(IReadOnlyList<Expectation> expectations, IReadOnlyList<NewEntry> entries, Leadership? leader = null)
{
    // The one who waits goes on elsewhere: the writer never runs a caller's code.
    readonly TaskCompletionSource<AppendResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Expectation> Expectations { get; } = expectations;
    public IReadOnlyList<NewEntry> Entries { get; } = entries;

    /// <summary>What it is appended as, where only the leader may.</summary>
    public Leadership? Leader { get; } = leader;

    /// <summary>Whether only a leader may append it, and another leads.</summary>
    public bool IsLate(long epoch) => Leader is { } asked && asked.Epoch != epoch;

    /// <summary>The compartments that the last of the entries says are erased: nothing after it joins them.</summary>
    public IReadOnlyList<CompartmentId> Erases { get; init; } = [];

    public Task<AppendResult> Answered => _answer.Task;

    /// <summary>The answer, once it is decided; given only after the commit that makes it true.</summary>
    public AppendResult? Result { get; set; }

    /// <summary>Why this request alone fails.</summary>
    public Exception? Fault { get; set; }

    public void Answer()
    {
        if (Fault is not null) _answer.SetException(Fault);
        else _answer.SetResult(Result!);
    }

    public void Fail(Exception fault) => _answer.TrySetException(fault);
}
