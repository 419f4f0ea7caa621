using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>
/// What the house does because of an entry. It runs at least once for each entry and files its command under the id it is
/// given, so that the command happens once.
/// </summary>
internal interface IReaction
{
    /// <summary>The rule's name, part of the command's id. Never changed once used.</summary>
    string Rule { get; }

    /// <summary>The type of the events that it waits for.</summary>
    Type On { get; }

    /// <summary>Issues the command under <paramref name="commandId"/>.</summary>
    Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel);
}

/// <summary>
/// Runs the reactions, entry by entry, in order. The place it has reached stands on the record itself, so nothing is done
/// twice after a restart and nothing is left out. Of several nodes that serve one log, the one that leads runs them.
/// </summary>
internal sealed class ReactionRunner(
    TransparencyLog log, Clerk clerk, IEnumerable<IReaction> reactions, ILogger<ReactionRunner> logger) : BackgroundService
{
    const int MarkEvery = 256;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly ILookup<string, IReaction> _byType = reactions.ToLookup(r => EventTypes.NameOf(r.On), StringComparer.Ordinal);
    long? _next;

    StreamId Progress => new(Streams.Derive(log.Id, "reactions"));

    /// <summary>Runs every reaction that is due now, and those that they cause. For making a sample without the web.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        var next = await NextAsync(cancel);
        while (await log.ReadAsync(next, MarkEvery, cancel) is { Count: > 0 } entries)
        {
            await ReactAsync(entries, cancel);
            next = _next!.Value;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => log.LeadAsync(FollowAsync, stoppingToken);

    async Task FollowAsync(Leadership leadership, CancellationToken cancel)
    {
        clerk.ActAs(leadership);
        // Another may have led since.
        _next = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await foreach (var entries in log.SubscribeAsync(await NextAsync(cancel), cancel))
                    await ReactAsync(entries, cancel);
                return;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not LeadershipLostException)
            {
                logger.LogError(fault, "A reaction failed at entry {Index}; it is tried again.", _next);
                await Task.Delay(Pause, cancel);
            }
        }
    }

    async Task ReactAsync(IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        foreach (var entry in entries)
        {
            foreach (var reaction in _byType[entry.Header.Type])
            {
                if (entry.Payload is not null)
                    await reaction.ReactAsync(EventTypes.Read(entry), $"reaction/{entry.Header.Index}/{reaction.Rule}", cancel);
            }

            _next = entry.Header.Index + 1;
            if (_next % MarkEvery == 0)
                await clerk.FileAsync(new ActorId(log.Id), Progress, "reactions.mark", _ => new(Decision.Accept(Progress, new ReactionsReached(_next.Value))), cancel: cancel);
        }
    }

    async ValueTask<long> NextAsync(CancellationToken cancel)
    {
        if (_next is { } known) return known;
        var marks = await log.ReadStreamAsync(Progress, Math.Max(0, await log.VersionAsync(Progress, cancel) - 1), cancel);
        _next = marks.Count > 0 && EventTypes.Read(marks[^1]).Event is ReactionsReached reached ? reached.Next : 0;
        return _next.Value;
    }
}

/// <summary>All reactions to entries before <paramref name="Next"/> have been filed.</summary>
[EventType("record.reactions-reached.v1")]
internal sealed record ReactionsReached(long Next) : IEvent;
