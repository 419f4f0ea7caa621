using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cli.Verbs;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Testing;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>A node whose log lies in PostgreSQL: its sealed reports lie in its folder all the same, and one goes its whole way.</summary>
public sealed class PostgresReportTests
{
    const string Words = "As it was told in the office.";

    [Fact]
    public async Task A_report_comes_in_is_opened_answered_and_closed()
    {
        await using var scene = await ReportScene.StartOnAsync(PostgresCluster.Shared.NewDatabase());
        await scene.GiveKeysAsync();
        await using var side = await IntakeStandIn.StartAsync(scene);
        side.Connect(scene);
        var report = (await scene.ReportAsync()).Report;
        var exchange = scene.Services.GetRequiredService<IntakeExchange>();
        Assert.True(await exchange.RunOnceAsync(default));
        Assert.Equal(1, (await exchange.ReadAsync(default)).Compared?.Held);

        var (integrity, overseer) = (ReportScene.As(Role.Integrity), ReportScene.As(Role.Overseer));
        await scene.UnlockAsync(integrity);
        await scene.UnlockAsync(overseer);
        var (ines, oscar) = (StaffHost.Of(Role.Integrity), StaffHost.Of(Role.Overseer));
        async Task DoAsync<T>(System.Security.Claims.ClaimsPrincipal who, Func<T, OpenedReport?, Task<Outcome?>> act) where T : notnull =>
            Assert.IsType<Outcome.Done>(await act(scene.Services.GetRequiredService<T>(), await scene.Reader.OpenAsync(who, report, default)));
        Assert.Equal("CANARY", ReportScene.Text(await scene.Reader.OpenAsync(integrity, report, default)));
        await DoAsync<AcknowledgeReport>(integrity, (slice, opened) => slice.HandleAsync(ines, opened, new(report, Guid.NewGuid(), Words), default));
        await DoAsync<TriageReport>(integrity, (slice, opened) => slice.HandleAsync(ines, opened, new(report, Guid.NewGuid(), TriageVerdict.WithinRemit, ReportUrgency.Usual, RetaliationRisk.Low, false, Words, null), default));
        await DoAsync<TakeReport>(integrity, (slice, opened) => slice.HandleAsync(ines, opened, new(report, Guid.NewGuid()), default));
        await DoAsync<RecordFinding>(integrity, (slice, opened) => slice.HandleAsync(ines, opened, new(report, Guid.NewGuid(), Finding.NotEstablished, Words), default));
        await DoAsync<TellSource>(integrity, (slice, opened) => slice.HandleAsync(ines, opened, new(report, Guid.NewGuid(), Words, null, true), default));
        await DoAsync<CloseReport>(integrity, (slice, opened) => slice.HandleAsync(ines, opened, new CloseReport.Command(report, Guid.NewGuid(), CloseReason.NoAction, Words, Words), default));
        await DoAsync<CloseReport>(overseer, (slice, opened) => slice.HandleAsync(oscar, opened, new CloseReport.Answer(report, Guid.NewGuid(), true, Words), default));
        Assert.Contains(await scene.Host.RecordAsync(), r => r.Event is ReportClosed);

        // What was said to its source goes there, and the day after all of it is still here, by the folder and the database.
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await exchange.RunOnceAsync(default));
        Assert.Equal(3, side.Answers.Select(a => a.GetProperty("id").GetGuid()).Distinct().Count());
        var verified = await VerifyDeposits.AddAsync(new VerifyReport(null, 0, null, false, 0, []), NodeFolder.At(scene.Host.DataFolder), default);
        Assert.True(Assert.Single(verified.Checks).Ok, verified.Checks[0].Message);
    }
}
