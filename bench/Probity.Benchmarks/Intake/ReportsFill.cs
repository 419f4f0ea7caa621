using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Benchmarks.Pages;
using Probity.Intake.Keeping;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Views;
using Probity.Storage;

namespace Probity.Benchmarks.Intake;

/// <summary>Reports that a node has fetched and that were handled: all but a hundred are closed, however many there are.</summary>
internal static partial class ReportsFill
{
    const int StillOpen = 100;
    const int Batch = 200;
    const string Passphrase = "harbour violet trumpet ash candle";

    static readonly Guid s_unit = new("b0000000-0000-8000-8000-000000000001");
    static readonly Guid s_overseer = new("b0000000-0000-8000-8000-000000000003");

    /// <summary>Who handles them.</summary>
    public static Guid Officer { get; } = new("b0000000-0000-8000-8000-000000000002");

    /// <summary>A node with an integrity officer and an overseer, and so many reports.</summary>
    public static async Task<BenchNode> CreateAsync(string folder, int reports, Action<string> say)
    {
        Guid[] posts = [new("b0000000-0000-8000-8000-000000000004"), new("b0000000-0000-8000-8000-000000000005")];
        var plan = new FoundingPlan(
            [new Unit(s_unit, null, "Integrity office", "IO")],
            [new Post(posts[0], s_unit, "Integrity officer", Role.Integrity, null), new Post(posts[1], s_unit, "Overseer", Role.Overseer, null)],
            [new Person(Officer, "Officer Made-up"), new Person(s_overseer, "Overseer Made-up")],
            [new FoundingPosting(Guid.NewGuid(), Officer, posts[0], "Founding."), new FoundingPosting(Guid.NewGuid(), s_overseer, posts[1], "Founding.")]);
        var node = await BenchNode.CreateAsync(folder, $"{reports} reports", new Filling(plan, (_, _) => Task.CompletedTask), say);
        await FillAsync(node, Path.Combine(folder, "..", $"intake-{reports}"), reports, say);
        await node.Services.GetRequiredService<ViewRunner>().CatchUpAsync(default);
        return node;
    }

    /// <summary>The addresses of a page, once the key of whoever is signed in is unlocked.</summary>
    public static Func<HttpClient, Task<IReadOnlyList<string>>> Unlocked(string path) => async client =>
    {
        var form = await client.GetStringAsync(new Uri("/reports/key", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/reports/key/unlock", UriKind.Relative), new FormUrlEncodedContent(
            [new("__RequestVerificationToken", Token().Match(form).Groups[1].Value), new("open", Passphrase)]));
        return answer.StatusCode == System.Net.HttpStatusCode.SeeOther ? [path] : throw new InvalidOperationException($"The key was not unlocked: {answer.StatusCode}.");
    };

    static async Task FillAsync(BenchNode node, string intakeFolder, int reports, Action<string> say)
    {
        var services = node.Services;
        var (log, deposits) = (services.GetRequiredService<TransparencyLog>(), services.GetRequiredService<IDeposits>());
        foreach (var (person, other) in ((Guid, Guid)[])[(Officer, s_overseer), (s_overseer, Officer)])
        {
            using var key = SealingKey.Generate();
            await services.GetRequiredService<LockedKeys>().AddAsync(person, PassphraseLock.Lock(key, Passphrase), default);
            var keys = services.GetRequiredService<ChangeKeys>();
            await keys.HandleAsync(person, new ChangeKeys.Make($"{key.Public}"), default);
            await keys.HandleAsync(other, new ChangeKeys.Confirm(person, $"{key.Public}"), default);
        }

        var book = (await services.GetRequiredService<Books>().InForceAsync(default))!;
        await using var intake = await NodeFolder.CreateAsync(intakeFolder, "bench.example/intake", new DayTime(TimeProvider.System), new LogOptions { Durability = Durability.OnlyWhenClosed }, default);
        for (var made = 0; made < reports;)
        {
            var (size, before) = (Math.Min(Batch, reports - made), made);
            var batch = Enumerable.Range(0, size).AsParallel().Select(_ => IntakeBenchmark.Sealed(book, "en", out var _)).ToList();
            var appended = (AppendResult.Appended)await intake.AppendAsync([], [.. batch.Select(one => new NewEntry(
                new StreamId(Guid.NewGuid()), FetchedRecords.DepositType, one.Encode(), new ActorId(intake.Id), new CompartmentId(one.Report)))], default);
            var kept = new List<KeptDeposit>();
            for (var i = 0; i < size; i++)
            {
                var receipt = await intake.WriteReceiptAsync(appended.FirstIndex + i, ReceiptForm.Content, default);
                kept.Add(new KeptDeposit(receipt.Index, DateOnly.FromDateTime(appended.Recorded.UtcDateTime), batch[i].Report, batch[i].Id, System.Text.Encoding.UTF8.GetBytes(receipt.Text)));
            }

            await deposits.KeepAsync(kept, [], default);
            var closed = kept.Where((_, i) => before + i >= StillOpen).SelectMany(Handled).ToList();
            if (closed.Count > 0) await log.AppendAsync([], closed, default);
            made += size;
            if (made % 5_000 == 0) say(FormattableString.Invariant($"  {node.Name}: {made}"));
        }
    }

    static IEnumerable<NewEntry> Handled(KeptDeposit kept)
    {
        var (stream, at) = (Report.StreamOf(kept.Report), TimeProvider.System.GetUtcNow());
        yield return BenchNode.Entry(stream, new ReportAcknowledged(Guid.NewGuid(), kept.Day, kept.Day.AddDays(7), "bench"), Officer, at);
        yield return BenchNode.Entry(stream, new ReportClosed(Guid.NewGuid(), CloseReason.NotWrongdoing, kept.Day, kept.Index), Officer, at);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
