using System.Text;
using Probity.Ledger.Formats;
using Probity.Storage;

namespace Probity.Ledger.Tests;

/// <summary>The package's README shows code that compiles and runs: it is the code below.</summary>
[Collection("Console")]
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_code_in_the_readme_runs_and_is_this_code()
    {
        var said = await ReadmeCode.RunAsync(_ => Task.CompletedTask, () => RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ["The stream has 1 entry by now.", "Entry 0 of example.org/customs says: Seal 4711 is broken.", "Erased.", "All 2 entries verify."],
            said);
        ReadmeCode.AssertShown("Probity.Ledger");
    }

#pragma warning disable CA1849 // As a reader would write it.
    static async Task RunAsync(CancellationToken cancel)
    {
        // README begins
        // A new log in a folder, with secrets of its own.
        await using TransparencyLog log = await NodeFolder.CreateAsync("node", "example.org/customs", TimeProvider.System, new LogOptions(), cancel);

        // An entry belongs to a stream, and is erased with its compartment. On return it is on the disk.
        var (container, officer) = (new StreamId(Guid.NewGuid()), new ActorId(Guid.NewGuid()));
        var entry = new NewEntry(container, "containers.opened.v1", "Seal 4711 is broken."u8.ToArray(), officer, new CompartmentId(container.Value));
        AppendResult written = await log.AppendAsync([new Expectation(container, 0)], [entry], cancel);

        // Who read the stream before is told that it has moved on.
        if (await log.AppendAsync([new Expectation(container, 0)], [entry], cancel) is AppendResult.Conflict conflict)
            Console.WriteLine($"The stream has {conflict.Actual} entry by now.");

        // A receipt is checked without the log, by whoever has its key from somebody else.
        long index = ((AppendResult.Appended)written).FirstIndex;
        Receipt receipt = await log.WriteReceiptAsync(index, ReceiptForm.Content, cancel);
        TlogProof proof = TlogProof.Parse(Encoding.UTF8.GetBytes(receipt.Text));
        LeafOpening opening = LeafOpening.Decode(proof.Extra);
        SignedCheckpoint proved = proof.Verify(opening.LeafHash, log.VerifierKey, cosigners: [], threshold: 0);
        Console.WriteLine($"Entry {proof.Index} of {proved.Checkpoint.Origin} says: {Encoding.UTF8.GetString(opening.Payload.Span)}");

        // Erasing destroys the key, and says so on the record: the tree still verifies, and the content is gone.
        await log.EraseAsync([], [], officer, [new CompartmentId(container.Value)], cancel);
        Console.WriteLine((await log.ReadStreamAsync(container, 0, cancel))[0].Payload is null ? "Erased." : "Still there.");

        // The whole folder, without the log. Over HTTP, LogVerifier does the same for any C2SP log.
        VerifyReport report = await NodeVerifier.VerifyAsync("node", new VerifyRequest(log.VerifierKey, []), null, cancel);
        Console.WriteLine(report.Ok ? $"All {report.Size} entries verify." : report.Checks.First(check => !check.Ok).Message);
        // README ends
    }
#pragma warning restore CA1849
}
