using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Probity.Benchmarks.Pages;
using Probity.Intake;
using Probity.Intake.Keeping;
using Probity.Ledger;
using Probity.Sealing;
using Probity.Sealing.Receipts;
using Probity.Storage;

namespace Probity.Benchmarks.Intake;

/// <summary><c>intake</c>: reports taken a second beside a bare form that writes the same bytes durably; sign-ins with receipt codes all at once, with many reports stored; and how far the times of codes that find nothing lie apart.</summary>
internal static class IntakeBenchmark
{
    const int AtOnce = 16;
    const int Small = 1_000;
    const int Turns = 100;
    const int Misses = 400;
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var reports = new Option<int>("--reports") { Description = "How many reports are stored before sign-ins are measured.", DefaultValueFactory = _ => 10_000 };
        var posts = new Option<int>("--posts") { Description = "How many reports are sent to be counted, in each of three rounds.", DefaultValueFactory = _ => 500 };
        var listed = new Option<int>("--listed") { Description = "How many reports the larger of two nodes holds whose lists are compared; 0 compares none. 100000 for the published figures.", DefaultValueFactory = _ => 10_000 };
        var signIns = new Option<int>("--sign-ins") { Description = "How many codes come at once.", DefaultValueFactory = _ => 50 };
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file." };
        var verb = new Command("intake", "Reports taken a second beside a bare durable form, and sign-ins with codes.") { reports, posts, listed, signIns, json };
        verb.SetAction(async (call, _) => await RunAsync(call.GetValue(reports), call.GetValue(posts), call.GetValue(listed), call.GetValue(signIns), call.GetValue(json)));
        return verb;
    }

    static async Task<int> RunAsync(int reports, int posts, int listed, int signIns, string? json)
    {
        var folder = Directory.CreateTempSubdirectory("probity-bench-").FullName;
        try
        {
            var log = await NodeFolder.CreateAsync(Path.Combine(folder, "intake"), "bench.example/intake", new DayTime(TimeProvider.System), new LogOptions(), CancellationToken.None);
            using var holder = SealingKey.Generate();
            var book = BookOf(holder);
            new IntakeFolder(Path.Combine(folder, "intake")).WriteBook(book.Write());
            var size = Sealed(book, "en", out _).Encode().Length;

            await using var intake = await IntakeServer.BuildAsync(new IntakeOptions { Folder = Path.Combine(folder, "intake") }, log, _ => { }, CancellationToken.None);
            await intake.StartAsync();
            await using var bare = BareForm.Build(Path.Combine(folder, "bare"), size);
            await bare.StartAsync();

            var ratios = new List<double>();
            for (var round = 0; round < 3; round++)
            {
                var ours = await PostAsync(IntakeServer.PagesOf(intake), "/en/form/1", posts);
                var theirs = await PostAsync(new Uri(bare.Urls.First()), "/", posts);
                ratios.Add(ours / theirs);
                Say($"round {round + 1}: {ours:0} reports/s, bare form {theirs:0}/s of the same {size} bytes: {ours / theirs:0.00}");
            }

            var codes = await FillAsync(log, book, reports);
            Say($"{reports} reports stored");
            await intake.StopAsync();
            await intake.DisposeAsync();
            var opened = await NodeFolder.OpenAsync(Path.Combine(folder, "intake"), new DayTime(TimeProvider.System), new LogOptions(), CancellationToken.None);
            var opening = Stopwatch.StartNew();
            await using var anew = await IntakeServer.BuildAsync(new IntakeOptions { Folder = Path.Combine(folder, "intake") }, opened, _ => { }, CancellationToken.None);
            await anew.StartAsync();
            Say($"opened anew in {opening.Elapsed.TotalSeconds:0.0} s");
            var before = Memory();
            var times = await SignInAsync(IntakeServer.PagesOf(anew), [.. codes.Select(c => c.Code)], signIns);
            var (p50, p95, grown) = (times[times.Count / 2], times[(int)(times.Count * 0.95)], Memory() - before);
            Say($"{signIns} sign-ins at once: p50 {p50:0} ms, p95 {p95:0} ms, memory {grown / 1e6:+0;-0} MB");
            var misses = await MissAsync(anew, [.. codes.TakeLast(Misses)]);
            Say($"codes that find nothing: wrong p50 {misses.Wrong:0.00} ms, of erased reports p50 {misses.Erased:0.00} ms: {Math.Abs(misses.Wrong - misses.Erased):0.00} ms apart (goal 5), {misses.Answers} answer in bytes (goal 1)");
            var lists = listed > 0 ? await ListAsync(folder, listed) : [];
            if (json is not null)
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { reports, size, ratios, lists, openedSeconds = opening.Elapsed.TotalSeconds, signIns, p50, p95, memoryGrown = grown, misses = new { misses.Wrong, misses.Erased } }, s_indented) + "\n");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<List<PageRow>> ListAsync(string folder, int listed)
    {
        await using var small = await ReportsFill.CreateAsync(Path.Combine(folder, "small"), Small, Console.WriteLine);
        await using var large = await ReportsFill.CreateAsync(Path.Combine(folder, "large"), listed, Console.WriteLine);
        var rows = new List<PageRow>();
        foreach (var (name, path) in ((string, string)[])[("open reports", "/reports"), ("closed reports", "/reports?show=closed"), ("closed reports, page 10", "/reports?show=closed&page=10")])
            rows.Add(await PageTimes.MeasureAsync(new MeasuredPage(name, ReportsFill.Officer, ReportsFill.Unlocked(path)), small, large, Turns));
        return rows;
    }

    static async Task<double> PostAsync(Uri server, string path, int posts)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server };
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, posts), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancel) =>
        {
            using var answer = await client.PostAsync(path, new FormUrlEncodedContent([new("what", $"{number} {new string('w', 1_000)}")]), cancel);
            if ((int)answer.StatusCode is not (303 or 200)) throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
        });
        return posts / watch.Elapsed.TotalSeconds;
    }

    static async Task<List<(string Code, Guid Report)>> FillAsync(TransparencyLog log, RecipientBook book, int reports)
    {
        var codes = new List<(string, Guid)>();
        for (var made = 0; made < reports;)
        {
            var batch = Enumerable.Range(0, Math.Min(200, reports - made)).AsParallel().Select(_ => (Deposit: Sealed(book, "en", out var code), Code: code)).ToList();
            await log.AppendAsync([], [.. batch.Select(one => new NewEntry(
                new StreamId(Guid.NewGuid()), IntakeRecord.Deposited, one.Deposit.Encode(), new ActorId(log.Id), new CompartmentId(one.Deposit.Report)))], CancellationToken.None);
            codes.AddRange(batch.Select(one => (one.Code, one.Deposit.Report)));
            made += batch.Count;
        }

        return codes;
    }

    static async Task<List<double>> SignInAsync(Uri server, List<string> codes, int signIns)
    {
        var random = new Random(1);
        var chosen = Enumerable.Range(0, signIns).Select(_ => codes[random.Next(codes.Count)]).ToList();
        return [.. (await Task.WhenAll(chosen.Select(async code =>
        {
            using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = server };
            var watch = Stopwatch.StartNew();
            using var answer = await client.PostAsync("/en/back", new FormUrlEncodedContent([new("words", code)]));
            if (answer.RequestMessage!.RequestUri!.AbsolutePath != "/en/mine") throw new InvalidOperationException("A code found nothing.");
            return watch.Elapsed.TotalMilliseconds;
        }))).Order()];
    }

    // One of each in turn, so that whatever else the machine does falls on both alike.
    static async Task<(double Wrong, double Erased, int Answers)> MissAsync(WebApplication intake, List<(string Code, Guid Report)> codes)
    {
        await intake.Services.GetRequiredService<IntakeRecord>().SettleAsync([.. codes.Select(c => c.Report)], CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = IntakeServer.PagesOf(intake) };
        var (wrong, erased, answers) = (new List<double>(), new List<double>(), new HashSet<string>());
        foreach (var (code, _) in codes)
        {
            using var none = ReceiptCode.Generate("en");
            wrong.Add(await TimeAsync($"{none}"));
            erased.Add(await TimeAsync(code));
        }

        return (Middle(wrong), Middle(erased), answers.Count);

        async Task<double> TimeAsync(string words)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.PostAsync("/en/back", new FormUrlEncodedContent([new("words", words)]));
            answers.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            return watch.Elapsed.TotalMilliseconds;
        }

        static double Middle(List<double> times) => times.Order().ElementAt(times.Count / 2);
    }

    internal static Deposit Sealed(RecipientBook book, string language, out string typed)
    {
        using var code = ReceiptCode.Generate(language);
        using var keys = new SourceKeys(code.Secret);
        typed = $"{code}";
        var content = new DepositContent(true, "other", language, ReportChannel.Pages, [new("what", new string('w', 1_000))], MustNotSee.Nobody, [], [], new Inflow(0, 0));
        return Deposit.Seal(Guid.NewGuid(), keys, book, Routing.Of(book, MustNotSee.Nobody), content, new DepositIdentity("", ""), []);
    }

    static RecipientBook BookOf(SealingKey holder) => new()
    {
        Version = 1, Issued = new DateOnly(2026, 1, 1), Units = [], Posts = [], Names = [], NameKey = Convert.ToBase64String(new byte[32]),
        Holders = [.. Enumerable.Range(0, 6).Select(i => new BookHolder(Guid.NewGuid(), i < 3 ? HolderPart.Integrity : i < 5 ? HolderPart.Overseer : HolderPart.Custodian, $"{holder.Public}"))],
    };

    static long Memory()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }

    static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
