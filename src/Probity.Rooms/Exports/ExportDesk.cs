using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exports.Formats;
using Probity.Exports.TakingCopies;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exports;

/// <summary>The way of every copy: read the case and the register, guard, make the file once to know its hash, decide, file. Refusals are filed beside the case.</summary>
internal sealed class ExportDesk(TransparencyLog log, Clerk clerk, IRegister registers, ICaseFiles cases, CaseCopies copies, TimeProvider time)
{
    /// <summary>The copies that were taken of many cases.</summary>
    public static readonly StreamId OfMany = new(Streams.Derive(Guid.Empty, "exports of cases"));

    /// <summary>The copies that were taken of a case, beside it and erased with it.</summary>
    public static StreamId StreamOf(Guid @case) => new(Streams.Derive(@case, "exports"));

    /// <summary>How many entries the record has: a copy holds what was there before the next.</summary>
    public long Size => log.Size;

    /// <summary>Reads cases, unguarded.</summary>
    public CaseCopies Copies => copies;

    /// <summary>Guards and runs a decision on a copy of a case.</summary>
    public Task<Outcome> FileAsync(Guid person, Guid @case, string action, Func<ExportFacts, ValueTask<Decision>> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(@case), action, async session => await decide(await ReadAsync(session, person, @case, cancel)), cancel: cancel);

    /// <summary>Runs a decision on a copy of many cases.</summary>
    public Task<Outcome> FileManyAsync(Guid person, Func<RecordSession, ValueTask<Decision>> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), OfMany, $"exports.{ExportAction.CopyMany}", decide, cancel: cancel);

    /// <summary>Notes that something of the case was read, and by which right, among those who opened it.</summary>
    public Task FileReadAsync(Guid person, Guid @case, string what, string? right, CancellationToken cancel) =>
        clerk.FileReadAsync(new ActorId(person), new StreamId(@case), what, right, cancel);

    /// <summary>The copies of a stream, in order, as they were recorded.</summary>
    public async Task<IReadOnlyList<Recorded>> TakenAsync(StreamId stream, CancellationToken cancel) =>
        [.. (await log.ReadStreamAsync(stream, 0, cancel)).Select(EventTypes.Read)];

    /// <summary>All that a decision may know of a case, unguarded.</summary>
    public Task<ExportFacts> ReadAsync(Guid person, Guid @case, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, @case, cancel).AsTask();

    /// <summary>Makes a copy and lets it go at once: what is left is its hash and its length.</summary>
    public static async Task<TakeCopy.Made> MakeAsync(CopyOrder order, long before, CancellationToken cancel)
    {
        await using var sink = new CopySink(null);
        await CopyWriting.WriteAsync(order, sink, cancel);
        return new TakeCopy.Made(sink.Sha256, sink.Count, before);
    }

    async ValueTask<ExportFacts> ReadAsync(RecordSession session, Guid person, Guid @case, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var actor = Actor.From(register, person, now);
        return new ExportFacts(await cases.StandingAsync(session, actor, register, @case, now, cancel), actor, register, now);
    }
}
