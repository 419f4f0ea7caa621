using System.Text;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Ledger.Witnessing;
using Probity.Storage;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>A witness in a folder of its own, of one log that a test grows and forks.</summary>
internal sealed class SmallWitness : IDisposable
{
    public const string Origin = "log.example/small";

    readonly TemporaryFolder _folder = new();

    public SmallWitness(params SignerKey[] more) => WriteLogs([Key.Verifier, .. more.Select(key => key.Verifier)]);

    public static GrowingLog Log { get; } = new(40);

    public SignerKey Key { get; } = SignerKey.Generate(Origin);

    public string Folder => _folder.Path;

    public string Logs => Path.Combine(Folder, "logs");

    public Task<Witness> OpenAsync(TimeProvider? time = null, string name = "witness.example/killed") =>
        WitnessFolder.OpenAsync(Folder, name, Logs, time ?? TimeProvider.System);

    public void WriteLogs(params VerifierKey[] keys) => File.WriteAllText(Logs, "# who we watch\n" + string.Concat(keys.Select(key => $"log {key}\n")));

    /// <summary>A request with a correct proof.</summary>
    public byte[] Request(long old, long size, Hash? root = null, SignerKey? key = null) => Bytes(new AddCheckpointRequest(
        old, ConsistencyProof.Build(old, size, Log.Node), Tree(size, root).Sign(key ?? Key)));

    /// <summary>A request of another log under the same key: its last entry differs.</summary>
    public byte[] Forked(long old, long size)
    {
        var fork = Fork(size);
        return Bytes(new AddCheckpointRequest(old, old >= size ? [] : ConsistencyProof.Build(old, size, fork.Node), Tree(size, fork.RootAt(size)).Sign(Key)));
    }

    public static Checkpoint Tree(long size, Hash? root = null) => new(Origin, size, root ?? Log.RootAt(size));

    public static byte[] Bytes(AddCheckpointRequest request) => Encoding.UTF8.GetBytes(request.ToString());

    public static string Text(WitnessAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    public void Dispose()
    {
        Key.Dispose();
        _folder.Dispose();
    }

    // Entry i of the fork is entry i + 1 of the other: no two are alike.
    static GrowingLog Fork(long size) => new((int)size, 1);
}
