using Probity.Intake;
using Probity.Intake.Keeping;
using Probity.Sealing;
using Probity.Storage;

namespace Probity.Cli.Hosting;

/// <summary>The reporter's side of a demo: in a folder of its own beside the node's, in the same process, fetched from over the same exchange as any other.</summary>
internal static class DemoIntake
{
    const string Name = "demo-contact";

    /// <summary>Starts it, and tells each side of the other.</summary>
    /// <param name="data">The node's data folder.</param>
    /// <param name="port">The port of its pages; 0 takes a free one.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<WebApplication> StartAsync(string data, int port, CancellationToken cancel)
    {
        var node = NodeFolder.At(data);
        var options = new IntakeOptions { Folder = FolderOf(data), Port = port };
        var (app, key) = await IntakeHost.OpenAsync(options, Name, cancel);
        try
        {
            using var shown = ExchangeCertificate.ReadOrMake(node.IntakeClientFile, options.Time.GetUtcNow());
            await File.WriteAllTextAsync(new IntakeFolder(options.Folder).NodeFile, ExchangeCertificate.FingerprintOf(shown), cancel);
            await app.StartAsync(cancel);
            await File.WriteAllTextAsync(node.IntakeFile, IntakeHost.PairingOf(app, options, key, "localhost").Write(), cancel);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where it lies.</summary>
    public static string FolderOf(string data) => Path.Combine(Path.GetFullPath(data), "intake");
}
