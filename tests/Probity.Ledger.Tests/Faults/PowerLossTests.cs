using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Ledger.Tests.Faults.Disk;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// The power goes at hundreds of moments of a node's life, from its making on: whatever part of the unsynced writes had reached the
/// disk by then, the node opens, verifies, holds all that it acknowledged, and no part of an append without the rest.
/// </summary>
public sealed class PowerLossTests
{
    const int Cuts = 150;
    const int Appends = 160;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(512, false)]
    [InlineData(4_096, false)]
    [InlineData(512, true)]
    public async Task Whatever_the_power_leaves_holds_all_that_was_acknowledged(int pageSize, bool failingSyncs)
    {
        for (var round = 0; round < FaultSize.Factor; round++)
        {
            var seed = FaultSize.Seed + round;
            using var place = new MemoryFolder();
            var life = await LiveAsync(Path.Combine(place.Path, "node"), pageSize, failingSyncs, seed);
            var (checkedImages, unacknowledged) = await CheckCutsAsync(life, place.Path, seed);
            TestContext.Current.SendDiagnosticMessage(
                $"seed {seed}: {checkedImages} power cuts over {life.Events.Count} events; entries that stood without being acknowledged in {unacknowledged}");
            Assert.True(checkedImages >= Cuts);
        }
    }

    /// <summary>Two lives of a node under four writers, one after the other: some compartments are made, some erased.</summary>
    static async Task<Life> LiveAsync(string node, int pageSize, bool failingSyncs, int seed)
    {
        Directory.CreateDirectory(node);
        using var disk = FaultDisk.Lay(node, keeps: true);
        var syncs = new Random(seed);
        var options = new LogOptions
        {
            Publish = (note, _) =>
            {
                disk.Say(new Published(note));
                return ValueTask.CompletedTask;
            },
        };
        var appends = new ConcurrentBag<Append>();
        IReadOnlyList<DiskEvent> events = [];
        for (var life = 0; life < 2; life++)
        {
            await using var log = life == 0
                ? await NodeFolder.CreateAsync(node, LogKeys.Generate("example.org/power"), TimeProvider.System, options, pageSize, Ct)
                : await NodeFolder.OpenAsync(node, TimeProvider.System, options, Ct);
            if (life == 0) disk.Say(new Made());
            if (failingSyncs)
                disk.Refuse = call =>
                {
                    if (call.Operation != DiskOperation.Sync) return 0;
                    lock (syncs) return syncs.Next(6) == 0 ? SqliteResult.IoErrorSync : 0;
                };
            await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(log, disk, appends, node, seed + (life * 10) + writer), Ct)));
            disk.Refuse = null;
            // The first life ends with its closing among the events, the second without.
            events = disk.Events;
        }

        return new Life(node, events, [.. appends]);
    }

    static async Task WriteAsync(TransparencyLog log, FaultDisk disk, ConcurrentBag<Append> appends, string node, int seed)
    {
        var random = new Random(seed);
        var stream = LogFixture.NewStream();
        var compartment = new CompartmentId(stream.Value);
        for (var i = 0; i < Appends / 8; i++)
        {
            if (i % 5 == 4)
            {
                if (random.Next(2) == 0 && Wrapped(node, compartment) is { } wrapped)
                {
                    disk.Say(new Erasing(compartment));
                    try
                    {
                        await log.DestroyKeyAsync(compartment, Ct);
                        disk.Say(new Destroyed(compartment, wrapped));
                    }
                    catch (Exception fault) when (fault is IOException or SqliteException)
                    {
                        // Not confirmed: it may be gone or not.
                    }
                }

                compartment = new CompartmentId(Guid.NewGuid());
            }

            var payloads = Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomNumberGenerator.GetHexString(random.Next(10, 900))).ToArray();
            var append = new Append(payloads, compartment);
            appends.Add(append);
            try
            {
                var result = (AppendResult.Appended)await log.AppendAsync([], [.. payloads.Select(text => LogFixture.Entry(stream, text, compartment: compartment))], Ct);
                disk.Say(new Acknowledged(append, result.FirstIndex));
            }
            catch (StoreFaultException)
            {
                // Not acknowledged: it may stand or not, as a whole.
            }
            catch (KeyDestroyedException)
            {
                // The erasure was not confirmed and took place.
                compartment = new CompartmentId(Guid.NewGuid());
            }
        }
    }

    static byte[]? Wrapped(string node, CompartmentId compartment)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(node, "keys.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key WHERE compartment = $compartment";
        command.Parameters.AddWithValue("$compartment", compartment.Value.ToByteArray(bigEndian: true));
        return command.ExecuteScalar() as byte[];
    }

    static async Task<(int Checked, int Unacknowledged)> CheckCutsAsync(Life life, string place, int seed)
    {
        var random = new Random(seed);
        var moments = Moments(life.Events, random);
        var model = new ModelDisk(seed);
        var said = new List<object>();
        var checking = new List<Task<bool>>();
        using var cores = new SemaphoreSlim(Environment.ProcessorCount);
        for (var i = 0; i < life.Events.Count; i++)
        {
            if (life.Events[i].Said is { } saying) said.Add(saying);
            else model.Take(life.Events[i]);
            for (var times = moments.GetValueOrDefault(i); times > 0; times--)
            {
                var image = new PowerImage(i, seed, model.Cut(random), [.. said], random.Next(3));
                await cores.WaitAsync(Ct);
                checking.Add(Task.Run(async () =>
                {
                    try
                    {
                        return await CheckAsync(image, life, Path.Combine(place, Guid.NewGuid().ToString("N")));
                    }
                    finally
                    {
                        cores.Release();
                    }
                }, Ct));
            }
        }

        var unacknowledged = await Task.WhenAll(checking);
        return (unacknowledged.Length, unacknowledged.Count(more => more));
    }

    /// <summary>Moments at random, and those around what is easiest to get wrong: syncs, cuts of a file, answers, and the making of the node.</summary>
    static Dictionary<int, int> Moments(IReadOnlyList<DiskEvent> events, Random random)
    {
        var moments = new Dictionary<int, int>();
        void Add(int i)
        {
            if (i >= 0 && i < events.Count) moments[i] = moments.GetValueOrDefault(i) + 1;
        }

        var close = Enumerable.Range(0, events.Count)
            .Where(i => events[i].Operation is DiskOperation.Sync or DiskOperation.Truncate or DiskOperation.Delete or DiskOperation.Said).ToArray();
        for (var n = 0; n < Cuts / 2; n++) Add(random.Next(events.Count));
        for (var n = 0; n < Cuts / 3; n++) Add(close[random.Next(close.Length)] - random.Next(2));
        foreach (var i in close.Where(i => events[i].Said is Destroyed || events[i].Operation is DiskOperation.Truncate or DiskOperation.Delete)) Add(i);
        for (var i = 0; events[i].Said is not Made; i++)
            if (i % 3 == 0) Add(i);
        return moments;
    }

    /// <summary>Whether entries stood that were not acknowledged.</summary>
    static async Task<bool> CheckAsync(PowerImage image, Life life, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, bytes) in image.Files) await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, Ct);
            // Its own syncs are the system's to keep; which of those published is there is not.
            var published = image.Said.OfType<Published>().ToList();
            if (published.Count > image.PublishedBack) await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint"), published[^(image.PublishedBack + 1)].Note, Ct);
            Directory.CreateDirectory(Path.Combine(folder, "keys"));
            foreach (var secret in Directory.EnumerateFiles(Path.Combine(life.Node, "keys")))
                File.Copy(secret, Path.Combine(folder, "keys", Path.GetFileName(secret)));
            var made = image.Said.OfType<Made>().Any();
            if (!made && !File.Exists(Path.Combine(folder, "ledger.db"))) return false;

            if (made && File.Exists(Path.Combine(folder, "checkpoint"))) RequireVerified(await VerifyAsync(folder));
            long unacknowledged;
            await using (var log = await NodeFolder.OpenAsync(folder, TimeProvider.System, new LogOptions(), Ct))
            {
                unacknowledged = Compare(await log.ReadAsync(0, int.MaxValue, Ct), log.Size, image, life);
                RequireErased(folder, image);
                Assert.IsType<AppendResult.Appended>(await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct));
            }

            RequireVerified(await VerifyAsync(folder));
            return unacknowledged > 0;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Seed {image.Seed}, power cut after event {image.Event} ({life.Events[image.Event].Operation} {life.Events[image.Event].File}): {fault.Message}", fault);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static long Compare(IReadOnlyList<Entry> entries, long size, PowerImage image, Life life)
    {
        Assert.Equal(size, entries.Count);
        var destroyed = image.Said.OfType<Destroyed>().Select(said => said.Compartment).ToHashSet();
        var acknowledged = 0;
        foreach (var said in image.Said.OfType<Acknowledged>())
            for (var i = 0; i < said.Append.Payloads.Length; i++, acknowledged++)
            {
                var entry = entries[(int)said.FirstIndex + i];
                Assert.Equal(said.Append.Compartment, entry.Header.Compartment);
                if (destroyed.Contains(entry.Header.Compartment)) Assert.Null(entry.Payload);
                else if (entry.Payload is { } payload) Assert.Equal(said.Append.Payloads[i], Encoding.UTF8.GetString(payload.Span));
                // An erasure that was asked for and not confirmed may have taken place.
                else Assert.True(image.Said.Any(other => other is Erasing erasing && erasing.Compartment == entry.Header.Compartment), $"the key of {entry.Header.Compartment} is gone");
            }

        // Each append stands as a whole or not at all.
        var stands = entries.Where(entry => entry.Payload is not null).Select(entry => Encoding.UTF8.GetString(entry.Payload!.Value.Span)).ToHashSet();
        foreach (var append in life.Appends)
            Assert.True(append.Payloads.All(stands.Contains) || !append.Payloads.Any(stands.Contains), "half an append");
        return entries.Count - acknowledged;
    }

    static void RequireErased(string folder, PowerImage image)
    {
        foreach (var (name, bytes) in image.Files)
            foreach (var destroyed in image.Said.OfType<Destroyed>())
                Assert.True(bytes.AsSpan().IndexOf(destroyed.Wrapped) < 0, $"{name} holds the destroyed key of {destroyed.Compartment}");
        Assert.True(Directory.Exists(folder));
    }

    static Task<VerifyReport> VerifyAsync(string folder) => NodeVerifier.VerifyAsync(folder, new VerifyRequest(null, []), null, Ct);

    /// <summary>No check finds anything, but that keys were destroyed here with no entry that says so.</summary>
    static void RequireVerified(VerifyReport report)
    {
        var wrong = report.Checks.Where(check => !check.Ok && !check.Message.Contains("destroyed with no entry", StringComparison.Ordinal));
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    sealed record Append(string[] Payloads, CompartmentId Compartment);

    sealed record Made;

    sealed record Published(string Note);

    sealed record Acknowledged(Append Append, long FirstIndex);

    sealed record Erasing(CompartmentId Compartment);

    sealed record Destroyed(CompartmentId Compartment, byte[] Wrapped);

    sealed record Life(string Node, IReadOnlyList<DiskEvent> Events, Append[] Appends);

    sealed record PowerImage(int Event, int Seed, Dictionary<string, byte[]> Files, object[] Said, int PublishedBack);
}
