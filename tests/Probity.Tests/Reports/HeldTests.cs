using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cli.Verbs;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>Somebody writes to the deposits of a node: what is missing is found by what is signed and by the record, and comes back.</summary>
public sealed class HeldTests
{
    static IntakeExchange Exchange(ReportScene scene) => scene.Services.GetRequiredService<IntakeExchange>();

    static ValueTask<ExchangeState> StateAsync(ReportScene scene) => Exchange(scene).ReadAsync(default);

    // Three reports with a cover and an answer between them, fetched and compared: records 0 to 4.
    static async Task<(ReportScene Scene, IntakeStandIn Side, Guid[] Reports)> StartAsync()
    {
        var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var side = await IntakeStandIn.StartAsync(scene);
        side.Connect(scene);
        var first = (await scene.ReportAsync(text: "FIRST")).Report;
        await scene.RecordAsync("intake.answered.v1", [1, 2, 3]);
        var second = (await scene.ReportAsync(text: "SECOND")).Report;
        await scene.RecordAsync(Deposit.Cover(await scene.BookAsync()));
        var third = (await scene.ReportAsync(text: "THIRD")).Report;
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.Equal(5, (await StateAsync(scene)).Compared?.Held);
        return (scene, side, [first, second, third]);
    }

    static void Edit(ReportScene scene, params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(scene.Host.DataFolder).ReportsFile};Pooling=False");
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    static Task<VerifyReport> ReportAsync(ReportScene scene) => VerifyDeposits.AddAsync(new VerifyReport(null, 0, null, false, 0, []), NodeFolder.At(scene.Host.DataFolder), default);

    static async Task<CheckResult> VerifyAsync(ReportScene scene)
    {
        var report = await ReportAsync(scene);
        Assert.Empty(report.NotSeen);
        return Assert.Single(report.Checks);
    }

    static async Task<string> TextOf(ReportScene scene, Guid report) => ReportScene.Text(await scene.Reader.OpenAsync(ReportScene.As(Role.Overseer), report, default));

    // What somebody could do with a hand on reports.db: what they do, the records that are named for it, and the removals that they made up.
    static readonly (string What, string Named, int MadeUp)[] s_hands =
    [
        ("delete", "2", 0), ("delete all", "0,2-4", 0), ("delete the last", "4", 0), ("swap", "0,2", 0), ("header", "2", 0), ("leaf", "2", 0), ("columns", "2", 0), ("made up row", "", 0), ("removed", "", 1),
        ("removed and gone", "2", 1), ("cursors", "", 0),
    ];

    static string[] Done(string what, Guid report, KeptDeposit kept) => what switch
    {
        "delete" => ["DELETE FROM deposits WHERE idx = 2"],
        "delete all" => ["DELETE FROM deposits", "DELETE FROM proofs"],
        "delete the last" => ["DELETE FROM deposits WHERE idx = 4"],
        // Each is proved to stand on the other record; but not there.
        "swap" => ["UPDATE deposits SET idx = 99 WHERE idx = 0", "UPDATE deposits SET idx = 0 WHERE idx = 2", "UPDATE deposits SET idx = 2 WHERE idx = 99"],
        "header" => ["DELETE FROM deposits WHERE idx = 2", $"INSERT OR REPLACE INTO proofs VALUES (2, x'{Convert.ToHexString(KeptReports.HeaderOf(2, kept.Receipt).Receipt.Span)}')"],
        "leaf" => ["DELETE FROM deposits WHERE idx = 2", $"INSERT OR REPLACE INTO proofs VALUES (2, x'{Convert.ToHexString(KeptReports.LeafOf(kept)!.Receipt.Span)}')"],
        "columns" => [$"UPDATE deposits SET report = x'{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}' WHERE idx = 2"],
        "made up row" => ["INSERT OR REPLACE INTO proofs VALUES (1000000, x'00')"],
        "removed" => [$"INSERT OR IGNORE INTO removed (report) VALUES (x'{report:N}')"],
        "removed and gone" => [$"INSERT OR IGNORE INTO removed (report) VALUES (x'{report:N}')", "DELETE FROM deposits WHERE idx = 2"],
        _ => ["INSERT OR REPLACE INTO cursors VALUES ('answers', 1000000), ('settled', 1000000), ('files', 1000000), ('next', 0)"],
    };

    [Fact]
    public async Task Before_the_first_comparison_verify_says_what_it_does_not_see()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        await using var side = await IntakeStandIn.StartAsync(scene);
        side.Connect(scene);
        side.Publishes = false;
        await scene.ReportAsync();
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Edit(scene, Done("delete all", Guid.Empty, null!));
        Assert.Contains("missing at the end, or all of them", Assert.Single((await ReportAsync(scene)).NotSeen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_out_or_changed_is_found_within_a_day_named_and_comes_back()
    {
        var (scene, side, reports) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        var kept = (await scene.Deposits.OfReportAsync(reports[1], default))[0];
        var answer = new AnswerGiven(Guid.NewGuid(), reports[1], new DateOnly(2026, 3, 2), "AAEC");
        List<string> expected = [], found = [];
        List<bool> verified = [(await VerifyAsync(scene)).Ok];
        foreach (var (what, named, madeUp) in s_hands)
        {
            var before = (await scene.Host.RecordAsync()).Count(r => r.Event is RecordsReturned);
            side.Answers.Clear();
            if (what == "cursors") await scene.Host.Log.AppendAsync([], [new NewEntry(new StreamId(reports[1]), EventTypes.NameOf(typeof(AnswerGiven)), EventTypes.Serialize(answer), new ActorId(StaffHost.Of(Role.Overseer)), new CompartmentId(reports[1]))], default);
            Edit(scene, Done(what, reports[1], kept));
            // Whoever looks at the folder finds it too, before the server has mended it.
            if (what is "delete" or "removed" or "columns" or "swap") verified.Add((await VerifyAsync(scene)).Ok);
            scene.Host.Clock.Now += TimeSpan.FromDays(1);
            await scene.UnlockAsync(ReportScene.As(Role.Overseer));
            var whole = await Exchange(scene).RunOnceAsync(default);
            var told = (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<RecordsReturned>().Skip(before).ToList();
            var texts = string.Join(',', await Task.WhenAll(reports.Select(r => TextOf(scene, r))));
            var listed = (await scene.Reader.ListAsync(ReportScene.As(Role.Overseer), default)).Count;
            var numbers = string.Join(',', told.SelectMany(t => t.Records).Select(r => r.From == r.To ? $"{r.From}" : $"{r.From}-{r.To}"));
            expected.Add($"{what}: {named}, {madeUp} made up, FIRST,SECOND,THIRD, 3 listed, {named.Length + madeUp > 0} step, {(what == "cursors" ? 1 : 0)} answers, True whole");
            found.Add($"{what}: {numbers}, {told.Sum(t => t.Removals)} made up, {texts}, {listed} listed, {(await StateAsync(scene)).Returned is not null} step, {side.Answers.Count} answers, {whole} whole");
            Assert.Equal(whole, (await StateAsync(scene)).Stopped is null);
            var change = scene.Services.GetRequiredService<ChangeExchange>();
            if (!whole) await change.HandleAsync(StaffHost.Of(Role.Overseer), new ChangeExchange.Resume("The next one."), default);
            await change.HandleAsync(StaffHost.Of(Role.Overseer), new ChangeExchange.LookInto("The machine stood open on Tuesday."), default);
        }

        var others = found.Except(expected).ToList();
        Assert.True(others.Count == 0, string.Join('\n', others));
        Assert.Equal([true, false, false, false, false], verified);
        Assert.True((await VerifyAsync(scene)).Ok);
        // A removal that somebody made up does not reach the reporter's side.
        Assert.Empty(side.Settled);

        // It is the overseers' first step until one of them has looked into it; nobody else has it.
        Edit(scene, Done("delete", reports[1], kept));
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        var (overseer, integrity) = (await scene.Host.SignedInAsync(Role.Overseer), await scene.Host.SignedInAsync(Role.Integrity));
        Assert.Contains(ReportsText.Of("next.exchange-returned"), await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(ReportsText.Of("next.exchange-returned"), await integrity.TextAsync("/"), StringComparison.Ordinal);
        var missed = await integrity.TextAsync(ShowExchange.Address);
        Assert.Contains("Missing or changed: 2.", missed, StringComparison.Ordinal);
        Assert.DoesNotContain("All is well", missed, StringComparison.Ordinal);
        await overseer.PostAsync(ShowExchange.Address + "/look-into", await overseer.TextAsync(ShowExchange.Address), new() { ["look-into-reason"] = "The machine stood open on Tuesday." });
        Assert.Null((await StateAsync(scene)).Returned);
        Assert.Contains("All is well", await integrity.TextAsync(ShowExchange.Address), StringComparison.Ordinal);

        // A file that somebody broke is no reason to be silent.
        Edit(scene, "DROP TABLE proofs");
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.True(ExchangeNextSteps.HasFailed(Exchange(scene).Standing, scene.Host.Clock.Now + TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_reader_who_had_looked_meanwhile_finds_what_came_back()
    {
        var (scene, side, reports) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        // A report that nobody sent, under the id of another and before it: whoever knows the book can seal one, and it is not read.
        var book = await scene.BookAsync();
        var forged = ReportScene.Seal(reports[2], new SourceKeys(RandomNumberGenerator.GetBytes(32)), book, Routing.Of(book, MustNotSee.Nobody), true, null, "FORGED", null);
        var kept = (await scene.Deposits.OfReportAsync(reports[2], default))[0];
        var (proof, opening) = (TlogProof.Parse(kept.Receipt.Span), LeafOpening.Decode(TlogProof.Parse(kept.Receipt.Span).Extra));
        var receipt = (proof with { Extra = LeafOpening.OfContent(opening.Header, opening.Salt, forged.Encode()).Encode() }).ToString();
        await scene.Deposits.KeepAsync([kept with { Index = 1, Deposit = forged.Id, Receipt = System.Text.Encoding.UTF8.GetBytes(receipt) }], [], default);
        Edit(scene, "DELETE FROM deposits WHERE idx = 2");
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(ReportScene.As(Role.Overseer)));
        Assert.Equal("THIRD", await TextOf(scene, reports[2]));
        Assert.Equal(2, (await scene.Reader.ListAsync(ReportScene.As(Role.Overseer), default)).Count);
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        await scene.UnlockAsync(ReportScene.As(Role.Overseer));
        Assert.Equal([new RecordRange(1, 2)], (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<RecordsReturned>().SelectMany(r => r.Records));
        // A history that the key of the reporter's side signed too, and that is not the one whose checkpoint is kept, is told from it by the root of all records.
        var state = await StateAsync(scene);
        Task<HeldResult> CheckAsync(Checkpoint mark) => HeldCheck.RunAsync(scene.Intake.VerifierKey, state, new(ErasedReports.Initial, scene.Services.GetRequiredService<RemovalMarks>()), 0, [mark], (from, most) => scene.Deposits.HeldAsync(from, most, default), _ => true);
        Assert.Empty((await CheckAsync(state.Kept!)).Faults);
        Assert.Equal([new HeldFault(FetchedRecords.Forked, 4)], (await CheckAsync(state.Kept! with { Root = new Hash(new byte[32]) })).Faults);
        Assert.Contains(reports[1], (await scene.Reader.ListAsync(ReportScene.As(Role.Overseer), default)).Select(r => r.Report));
    }

    [Fact]
    public async Task What_the_record_says_was_removed_stays_so_and_what_it_does_not_know_stops_the_exchange()
    {
        var (scene, side, reports) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        var row = (await scene.Deposits.OfReportAsync(reports[0], default))[0];
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scene.Deposits.RemoveAsync(reports[1], default));
        await scene.EraseAsync(reports[0]);
        await scene.Deposits.RemoveAsync(reports[0], default);
        var marks = scene.Services.GetRequiredService<RemovalMarks>();
        var entry = Assert.Single((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<ReportErased>());
        Assert.Subset(entry.Marks.ToHashSet(), new HashSet<string> { marks.OfReport(reports[0]), marks.OfLeaf(KeptReports.LeafIn(KeptReports.LeafOf(row)!).Span) });
        Assert.Equal(RemovalMarks.Step, entry.Marks.Count);
        // An older copy of the deposits is put back before the reporter's side is told: it is removed again, and the other side learns of it.
        Edit(scene, "DELETE FROM removed", "DELETE FROM proofs WHERE idx = 0");
        await scene.Deposits.KeepAsync([row], [], default);
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.Empty(await scene.Deposits.OfReportAsync(reports[0], default));
        Assert.Equal([reports[0]], side.Settled.Distinct());
        Assert.Empty((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<RecordsReturned>());

        // Gone on both sides, and no entry says why: whoever has both machines buries a report, and it is named.
        var compartment = (await scene.Intake.ReadAsync(2, 1, default))[0].Header.Compartment;
        await scene.Intake.EraseAsync([], [], new ActorId(scene.Intake.Id), [compartment], default);
        Edit(scene, "DELETE FROM deposits WHERE idx = 2");
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.Equal((HeldCheck.Missing, 2L), ((await StateAsync(scene)).Stopped?.Code, (await StateAsync(scene)).Stopped?.Record));
        // Two let it be, for good; then the others go on.
        var change = scene.Services.GetRequiredService<ChangeExchange>();
        Assert.IsType<Outcome.Done>(await change.HandleAsync(StaffHost.Of(Role.Overseer), new ChangeExchange.AskPassing("The disk of both was changed in March."), default));
        Assert.IsType<Outcome.Done>(await change.HandleAsync(StaffHost.Of(Role.Integrity), new ChangeExchange.Answer(true, null), default));
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.Equal(6, (await StateAsync(scene)).Compared?.Held);
    }
}
