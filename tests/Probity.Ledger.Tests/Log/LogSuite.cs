using System.Text;

namespace Probity.Ledger.Tests.Log;

/// <summary>Tests that every engine passes: written once, run by a derived class for each.</summary>
public abstract class LogSuite(LogFixture fixture) : IAsyncDisposable
{
    protected LogFixture Fixture { get; } = fixture;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static string? Text(Entry entry) => entry.Payload is { } payload ? Encoding.UTF8.GetString(payload.Span) : null;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Fixture.DisposeAsync();
    }
}
