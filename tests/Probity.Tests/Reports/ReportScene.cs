using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Stripping;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>A staff server whose recipients have keys, and the record of a reporter's side beside it.</summary>
internal sealed class ReportScene : IAsyncDisposable
{
    public const string Passphrase = "harbour violet trumpet ash candle";

    static readonly LogOptions s_log = new() { Durability = Durability.OnlyWhenClosed };

    readonly string _folder = Directory.CreateTempSubdirectory("probity-intake-").FullName;

    public required StaffHost Host { get; init; }

    /// <summary>The record of the reporter's side: a real one.</summary>
    public TransparencyLog Intake { get; private set; } = null!;

    public IServiceProvider Services => Host.Services;

    public ReportReader Reader => Services.GetRequiredService<ReportReader>();

    public IDeposits Deposits => Services.GetRequiredService<IDeposits>();

    /// <summary>What a node's options for the record of a reporter's side are.</summary>
    public static Task<ReportScene> StartAsync(params (Role Role, Guid Unit)[] more) => StartAsync(null, more);

    public static Task<ReportScene> StartAsync(StripperProcess? stripper, params (Role Role, Guid Unit)[] more) => StartAsync(stripper, null, more);

    /// <summary>The same, of a node whose log lies in an empty PostgreSQL database.</summary>
    public static Task<ReportScene> StartOnAsync(string postgres) => StartAsync(null, postgres);

    static async Task<ReportScene> StartAsync(StripperProcess? stripper, string? postgres, params (Role Role, Guid Unit)[] more)
    {
        var host = await StaffHost.StartAsync(postgres: postgres, stripper: stripper, more: more);
        var scene = new ReportScene { Host = host };
        scene.Intake = await NodeFolder.CreateAsync(Path.Combine(scene._folder, "data"), "probity.example/intake", host.Clock, s_log, default);
        return scene;
    }

    /// <summary>The machine of the reporter's side is lost; another begins its record anew.</summary>
    public async Task ReplaceIntakeAsync()
    {
        await Intake.DisposeAsync();
        Intake = await NodeFolder.CreateAsync(Path.Combine(_folder, "second"), "probity.example/second", Host.Clock, s_log, default);
    }

    /// <summary>A person as a request of one of their sign-ins brings them.</summary>
    public static ClaimsPrincipal Session(Guid person, string session, params Role[] roles) => new(new ClaimsIdentity(
        [new(SignedInPerson.Claim, person.ToString("D")), new(SignedInPerson.SessionClaim, session), .. roles.Select(r => new Claim(SignedInPerson.RoleClaim, r.ToString()))], "test"));

    /// <summary>The one of a role, in a session that is always the same.</summary>
    public static ClaimsPrincipal As(Role role) => Session(StaffHost.Of(role), $"session of {role}", role);

    /// <summary>Makes somebody a key that a second person confirms.</summary>
    public async Task GiveKeyAsync(Guid person, Guid confirmer, string passphrase = Passphrase)
    {
        var keys = Services.GetRequiredService<ChangeKeys>();
        Assert.IsType<Outcome.Done>(await Services.GetRequiredService<Unlock>().MakeAsync(person, passphrase, default));
        Assert.IsType<Outcome.Done>(await keys.HandleAsync(confirmer, new ChangeKeys.Confirm(person, (await keys.ReadAsync(default)).WaitingKeyOf(person)!.Public), default));
    }

    /// <summary>Integrity and the overseer have keys.</summary>
    public async Task GiveKeysAsync()
    {
        await GiveKeyAsync(StaffHost.Of(Role.Integrity), StaffHost.Of(Role.Overseer));
        await GiveKeyAsync(StaffHost.Of(Role.Overseer), StaffHost.Of(Role.Integrity));
    }

    public async Task<UnlockOutcome> UnlockAsync(ClaimsPrincipal who, string passphrase = Passphrase) => await Services.GetRequiredService<Unlock>().RunAsync(who, passphrase, default);

    public Task<RecipientBook> BookAsync() => BookOfAllAsync(Host);

    /// <summary>
    /// The book in force, with everybody who has a key now. The server looks after it by itself too: one that it issued between two keys would stand for a minute of a clock that does not move.
    /// </summary>
    public static async Task<RecipientBook> BookOfAllAsync(StaffHost host)
    {
        var books = host.Services.GetRequiredService<Books>();
        var (now, inForce) = (await books.NowAsync(default), (await books.InForceAsync(default))!);
        if (now.Holders.SequenceEqual(inForce.Holders)) return inForce;
        host.Clock.Now += TimeSpan.FromMinutes(1);
        return (await books.InForceAsync(default))!;
    }

    /// <summary>The record says that two erased a report, and it is removed.</summary>
    public async Task EraseAsync(Guid report)
    {
        var marks = Services.GetRequiredService<RemovalMarks>().Of(report, await Deposits.OfReportAsync(report, default));
        Assert.IsType<Outcome.Done>(await Services.GetRequiredService<Clerk>().FileAsync(
            new ActorId(StaffHost.Of(Role.Overseer)), ErasedReports.Stream, "reports.AnswerErasure", _ => new(Decision.Accept(ErasedReports.Stream, new Probity.Reports.Contract.ReportErased(marks, "default 1")))));
        await Deposits.RemoveAsync(report, default);
    }

    /// <summary>A report as a source sends it, on the record of the reporter's side.</summary>
    public async Task<(Guid Report, SourceKeys Keys)> ReportAsync(MustNotSee? without = null, string text = "CANARY", IReadOnlyList<DepositFile>? files = null, DepositIdentity? identity = null)
    {
        var (report, keys) = (Guid.NewGuid(), new SourceKeys(RandomNumberGenerator.GetBytes(32)));
        var book = await BookAsync();
        await RecordAsync(Seal(report, keys, book, Routing.Of(book, without ?? MustNotSee.Nobody), true, without, text, files, identity));
        return (report, keys);
    }

    /// <summary>What the source of a report adds to it: for those who could read it before.</summary>
    public async Task AddAsync(Guid report, SourceKeys keys, string text)
    {
        var first = (await Deposits.OfReportAsync(report, default))[0];
        var book = await BookAsync();
        await RecordAsync(Seal(report, keys, book, Routing.To(book, KeptReports.Read(first)!.OpenRoute(keys)!), false, null, text, null));
    }

    public static Deposit Seal(Guid report, SourceKeys keys, RecipientBook book, Routing routing, bool first, MustNotSee? without, string text, IReadOnlyList<DepositFile>? files, DepositIdentity? identity = null) => Deposit.Seal(
        report, keys, book, routing,
        new DepositContent(first, "bribery", "en", ReportChannel.Pages, [new(first ? "what" : "message", text)], without ?? MustNotSee.Nobody, routing.People(book), [], new Inflow(0, 0)),
        identity ?? new DepositIdentity("", ""), files ?? []);

    public async Task RecordAsync(Deposit deposit) => await RecordAsync(FetchedRecords.DepositType, deposit.Encode());

    public async Task RecordAsync(string type, byte[] payload) => Assert.IsType<AppendResult.Appended>(await Intake.AppendAsync(
        [], [new NewEntry(new StreamId(Guid.NewGuid()), type, payload, new ActorId(Intake.Id), new CompartmentId(Guid.NewGuid()))], default));

    /// <summary>The answer of the reporter's side: <c>{"size":S,"receipts":[…]}</c>.</summary>
    public async Task<byte[]> RecordsAsync(long from, int most = FetchedRecords.Most)
    {
        var receipts = new List<string>();
        for (var index = from; index < Intake.Size && receipts.Count < most; index++) receipts.Add((await Intake.WriteReceiptAsync(index, ReceiptForm.Content, default)).Text);
        return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { size = Intake.Size, receipts });
    }

    /// <summary>Takes over all that is there, as the exchange does, without a network.</summary>
    public async Task FetchAsync()
    {
        while (await Deposits.NextAsync(default) is var next && next < Intake.Size)
        {
            var (answer, issued) = (await RecordsAsync(next), await Services.GetRequiredService<Books>().IssuedAsync(default));
            var (records, fault) = FetchedRecords.Read(answer, next, 0, Intake.VerifierKey, new HashSet<long>(), issued);
            Assert.Null(fault);
            await Deposits.KeepAsync(records!.Deposits, records.Proofs, default);
        }
    }

    public static string Text(OpenedReport? report) => report is null ? "" : string.Join('|', report.Deposits.Select(d => d.Content.Answers[0].Text));

    /// <summary>How often some bytes stand in the files of the node.</summary>
    public int Count(string text)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))];
        return Directory.EnumerateFiles(Host.DataFolder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").Sum(file => Read(file) is var bytes ? forms.Count(form => bytes.AsSpan().IndexOf(form) >= 0) : 0);
    }

    static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Intake.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
