[assembly: AssemblyFixture(typeof(Probity.Testing.PostgresEnd))]

namespace Probity.Testing;

// One server serves a whole run of the tests, with a database for each test.
internal sealed partial class PostgresCluster
{
    static readonly Lazy<PostgresCluster> Common = new(() => Start(), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The run's server, or the test is skipped with the reason.</summary>
    public static PostgresCluster Shared
    {
        get
        {
            Assert.SkipWhen(WhyNot is not null, WhyNot ?? "");
            return Common.Value;
        }
    }

    /// <summary>Another server, for a test that breaks it.</summary>
    public static PostgresCluster StartOwn(params string[] settings)
    {
        Assert.SkipWhen(WhyNot is not null, WhyNot ?? "");
        return Start(settings);
    }

    /// <summary>Stops what servers are left.</summary>
    public static void StopAll()
    {
        foreach (var cluster in Running.Keys) cluster.Dispose();
    }
}

/// <summary>
/// Stops the servers when the last test is done. Were it left to the end of the process, the runner would take the time that it needs for
/// a thread that goes on.
/// </summary>
public sealed class PostgresEnd : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => PostgresCluster.StopAll();
}
