using System.Diagnostics;
using System.Text;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A real disk of two megabytes, where the machine lets one be mounted: it fills up, and is given space again.</summary>
public sealed class TinyDiskTests : IDisposable
{
    const int Rounds = 3;

    readonly string _disk = Directory.CreateTempSubdirectory("probity-disk-").FullName;
    bool _mounted;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_loses_nothing_and_the_node_goes_on_when_there_is_space_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a disk takes root on Linux.");
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _disk);
        Assert.SkipUnless(_mounted, "This machine does not let a disk be mounted.");
        var node = Path.Combine(_disk, "node");
        var stream = LogFixture.NewStream();
        var acknowledged = new List<string>();
        await using (var log = await NodeFolder.CreateAsync(node, "example.org/tiny", TimeProvider.System, new LogOptions(), Ct))
        {
            for (var round = 0; round < Rounds; round++)
            {
                StoreFaultException? full = null;
                while (full is null)
                    try
                    {
                        var text = $"{acknowledged.Count} {new string('x', 3_000)}";
                        await log.AppendAsync([new Expectation(stream, acknowledged.Count)], [LogFixture.Entry(stream, text)], Ct);
                        acknowledged.Add(text);
                    }
                    catch (StoreFaultException fault)
                    {
                        full = fault;
                    }

                Assert.Contains("free space on it", full.Message, StringComparison.Ordinal);
                await RequireAsync(log);
                Assert.True(Run("mount", "-o", $"remount,size={round + 3}m", _disk));
                Assert.IsType<AppendResult.Appended>(
                    await log.AppendAsync([new Expectation(stream, acknowledged.Count)], [LogFixture.Entry(stream, "space again")], Ct));
                acknowledged.Add("space again");
            }
        }

        Assert.True(acknowledged.Count > Rounds * 2);
        Assert.True((await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, Ct)).Ok);
        await using var again = await NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), Ct);
        await RequireAsync(again);

        async Task RequireAsync(TransparencyLog log) => Assert.Equal(
            acknowledged, (await log.ReadStreamAsync(stream, 0, Ct)).Select(entry => Encoding.UTF8.GetString(entry.Payload!.Value.Span)));
    }

    static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_mounted) Run("umount", "-l", _disk);
        Directory.Delete(_disk, recursive: true);
    }
}
