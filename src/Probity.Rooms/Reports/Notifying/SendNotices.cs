using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Notifying;

/// <summary>
/// Sends each day, at a set hour, the same notice to all who handle reports and have a key. It knows nothing of reports, so that no mail, and none that stays away, tells of one.
/// Of several nodes the one that leads sends.
/// </summary>
internal sealed class SendNotices(
    TransparencyLog log, Clerk clerk, IRegister registers, FoldedStream<SentNotices> sent, Mailing mailing, TimeProvider time, ILogger<SendNotices> logger) : BackgroundService
{
    static readonly TimeSpan s_look = TimeSpan.FromSeconds(20);

    readonly SemaphoreSlim _turn = new(1, 1);

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => mailing.Server is null ? Task.CompletedTask : log.LeadAsync(FollowAsync, stoppingToken);

    async Task FollowAsync(Leadership leadership, CancellationToken cancel)
    {
        clerk.ActAs(leadership);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not LeadershipLostException)
            {
                // Its message could hold an address.
                logger.LogError("Notices could not be sent: {Kind}. They are tried again.", fault.GetType().Name);
            }

            await Task.WhenAny(Task.Delay(s_look, cancel));
        }
    }

    /// <summary>Sends what is due now: nothing, or one round.</summary>
    internal async Task RunDueAsync(CancellationToken cancel)
    {
        if (mailing.Server is not { } server || log.Stopped is not null) return;
        await _turn.WaitAsync(cancel);
        try
        {
            var (now, before) = (time.GetUtcNow(), await sent.ReadAsync(cancel));
            if (!before.IsDue(server.Hour, now)) return;
            var day = DateOnly.FromDateTime(now.UtcDateTime);
            var mails = await ComposeAsync(server, before.Day == day ? before.Waiting : null, day, now, cancel);
            // On the record before the first is sent: what happens from here on, nobody is sent a second one.
            var began = false;
            var filed = await clerk.FileAsync(clerk.House, SentNotices.Stream, "reports.notices", async session =>
            {
                began = (await sent.ReadAsync(session, cancel)).Version == before.Version;
                return began ? Decision.Accept(SentNotices.Stream, new NoticesBegun(day)) : Decision.Accept();
            }, cancel: cancel);
            if (!began || filed is not Outcome.Done) return;
            var (taken, open, fault) = await SmtpRound.SendAsync(server, mails, cancel);
            var failures = mails.Count - taken;
            // The mails are gone, whoever stops the house now.
            await clerk.FileAsync(clerk.House, SentNotices.Stream, "reports.notices", _ => new(Decision.Accept(SentNotices.Stream, new NoticesSent(day, taken, failures, open))), cancel: CancellationToken.None);
            if (failures > 0) logger.LogWarning("{Failures} of {Count} notices could not be handed to the mail server: {Kind}.", failures, mails.Count, fault);
        }
        finally
        {
            _turn.Release();
        }
    }

    // Nobody without a key that can be used now: never in clear.
    async Task<IReadOnlyList<(Guid Person, MimeMessage Mail)>> ComposeAsync(SmtpSettings server, IReadOnlyList<Guid>? only, DateOnly day, DateTimeOffset now, CancellationToken cancel)
    {
        var (register, mails) = (await registers.ReadAsync(cancel), new List<(Guid, MimeMessage)>());
        foreach (var person in NoticeAccess.Noticed.SelectMany(role => register.Holders(role, now)).Distinct())
        {
            if (only?.Contains(person) == false) continue;
            var own = await new RecordSession(log).FoldAsync<NoticeAddress>(NoticeAddress.StreamOf(person), cancel);
            if (own.Set is { } set && NoticeKey.Read(set.Key, now) is { } key) mails.Add((person, NoticeMail.Compose(server, set.Address, CultureInfo.GetCultureInfo(set.Language), key, day)));
        }

        return mails;
    }
}
