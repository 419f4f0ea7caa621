namespace Probity.Ledger;

// What several processes that serve one log do for one another.
public sealed partial class TransparencyLog
{
    /// <summary>A leader that is not heard of for so long is followed by another.</summary>
    static readonly TimeSpan Term = TimeSpan.FromSeconds(10);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Not the node's id: a process that was started anew is another.
    readonly Guid _process = Guid.NewGuid();

    /// <summary>
    /// Runs work while this process leads, for as long as it does: again each time that it comes to lead. Ends when the work ends
    /// by itself, or is cancelled from outside.
    /// </summary>
    /// <param name="work">Its token ends with the leadership. It has to append with the leadership that it is given.</param>
    /// <param name="ct">Ends the work and the wait for it.</param>
    public Task LeadAsync(Func<Leadership, CancellationToken, Task> work, CancellationToken ct) => LeadAsync(work, Term, ct);

    internal async Task LeadAsync(Func<Leadership, CancellationToken, Task> work, TimeSpan term, CancellationToken ct)
    {
        while (!await TryLeadAsync(work, term, ct)) await Task.Delay(term / 4, ct);
    }

    /// <summary>Whether the work was done to its end.</summary>
    async Task<bool> TryLeadAsync(Func<Leadership, CancellationToken, Task> work, TimeSpan term, CancellationToken ct)
    {
        if (await RenewAsync(term, ct) is not { } leadership) return false;
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var working = work(leadership, leading.Token);
        var renewing = _store.IsShared ? KeepLeadingAsync(leadership, term, leading) : Task.CompletedTask;
        try
        {
            await working;
            return !leading.IsCancellationRequested || ct.IsCancellationRequested;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && (leading.IsCancellationRequested || fault is LeadershipLostException))
        {
            return false;
        }
        finally
        {
            await leading.CancelAsync();
            await renewing;
            await ResignAsync();
        }
    }

    async Task KeepLeadingAsync(Leadership leadership, TimeSpan term, CancellationTokenSource leading)
    {
        var heard = Environment.TickCount64;
        while (!leading.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(term / 4, leading.Token));
            if (leading.IsCancellationRequested) return;
            if (await RenewAsync(term, leading.Token) is { } renewed)
            {
                heard = Environment.TickCount64;
                if (renewed == leadership) continue;
            }
            else if (Environment.TickCount64 - heard < term.TotalMilliseconds) continue;

            await leading.CancelAsync();
        }
    }

    /// <summary>Null where another leads, or the store does not answer.</summary>
    async ValueTask<Leadership?> RenewAsync(TimeSpan term, CancellationToken ct)
    {
        try
        {
            return await _store.TryLeadAsync(_process, term, ct) is { } epoch ? new Leadership(epoch) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    async ValueTask ResignAsync()
    {
        try
        {
            await _store.ResignAsync(_process, CancellationToken.None);
        }
        catch (Exception)
        {
            // Its term ends by itself.
        }
    }

    /// <summary>Follows what other processes append, and erase, until the log closes.</summary>
    async Task FollowAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await _store.WaitForChangesAsync(ct);
                await CatchUpAsync(ct);
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                // Readers keep what they have; whoever appends is told what is wrong.
                await Task.WhenAny(Task.Delay(Pause, ct));
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    async ValueTask CatchUpAsync(CancellationToken ct)
    {
        // First what this process knows, so that its own next commit is not taken for another's.
        var known = _known.Head;
        if (await _store.ReadCheckpointAsync(ct) is { } newest && newest.Note != known.Note)
        {
            // What was erased is off the key ring before anybody is told that there is something to read.
            await _erasures.NoticeAsync(ct);
            if (newest.Size >= known.Size) await _known.FollowAsync(_known.RequireSigned(newest), known, ct);
        }

        var witnessed = await ReadWitnessedAsync(_store, VerifierKey, _known.Head, ct);
        lock (_witnessing)
            if (witnessed?.IsNewerThan(_witnessed) == true) _witnessed = witnessed;
        // Whoever erased may have ended between the entry and the keys.
        if (_erasures.AreDue) await _erasures.FinishAsync(ct);
    }
}
