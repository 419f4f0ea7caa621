using System.Text;

namespace Probity.Ledger.Tests.Log;

/// <summary>A log on some engine, in a place of its own. One derived class for each engine runs the whole suite.</summary>
public abstract class LogFixture : IAsyncDisposable
{
    internal TestClock Clock { get; } = new();

    /// <summary>Opens the log, made on the first call.</summary>
    internal abstract Task<TransparencyLog> OpenAsync(LogOptions? options = null);

    /// <summary>The store alone, as a fault or a thief would meet it.</summary>
    internal abstract ILogStore OpenStore();

    internal abstract IKeyStore OpenKeyStore();

    internal abstract LogKeys ReadSecrets();

    /// <summary>Puts a wrapped key where its tombstone is, as a careless or malicious restore would.</summary>
    internal abstract Task PutBackAsync(WrappedKey key);

    public abstract ValueTask DisposeAsync();

    internal static NewEntry Entry(StreamId stream, string text = "payload", string type = "cases.opened.v1", CompartmentId? compartment = null) =>
        new(stream, type, Encoding.UTF8.GetBytes(text), new ActorId(Guid.NewGuid()), compartment ?? new CompartmentId(stream.Value));

    internal static StreamId NewStream() => new(Guid.NewGuid());
}

/// <summary>A clock that stands where it was put.</summary>
internal sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
