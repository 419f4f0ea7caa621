using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>Reports that came in at a server over the record of a reporter's side, and people whose keys they are sealed for.</summary>
internal sealed class UnlockedReports : IDisposable
{
    const string Passphrase = "harbour violet trumpet ash candle";

    readonly StaffHost _host;
    readonly HashSet<Guid> _unlocked = [];
    readonly HashSet<Guid> _reports = [];
    readonly string _folder = Directory.CreateTempSubdirectory("probity-intake-").FullName;
    TransparencyLog _intake = null!;

    UnlockedReports(StaffHost host) => _host = host;

    /// <summary>The integrity officer, another one, the overseer, and another one.</summary>
    public static readonly Guid Integrity = StaffHost.Of(Role.Integrity), SecondIntegrity = StaffHost.Other(0), Overseer = StaffHost.Of(Role.Overseer), SecondOverseer = StaffHost.Other(1);

    public static Task<StaffHost> StartAsync() => StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency), (Role.Overseer, StaffHost.Agency)]);

    public SealedReports Sealed { get; private set; } = null!;

    /// <summary>Gives the four of them keys, and the server a reporter's side.</summary>
    public static async Task<UnlockedReports> OfAsync(StaffHost host)
    {
        var reports = new UnlockedReports(host);
        reports._intake = await NodeFolder.CreateAsync(Path.Combine(reports._folder, "data"), "probity.example/intake", host.Clock, new LogOptions { Durability = Durability.OnlyWhenClosed }, default);
        var (keys, locked) = (host.Services.GetRequiredService<ChangeKeys>(), host.Services.GetRequiredService<LockedKeys>());
        var made = new Dictionary<Guid, SealingKey>();
        foreach (var person in (Guid[])[Integrity, SecondIntegrity, Overseer, SecondOverseer])
        {
            var key = made[person] = SealingKey.Generate();
            await locked.AddAsync(person, PassphraseLock.Lock(key, Passphrase), default);
            Assert.IsType<Outcome.Done>(await keys.HandleAsync(person, new ChangeKeys.Make($"{key.Public}"), default));
            Assert.IsType<Outcome.Done>(await keys.HandleAsync(person == Overseer || person == SecondOverseer ? Integrity : Overseer, new ChangeKeys.Confirm(person, $"{key.Public}"), default));
        }

        reports.Sealed = new SealedReports(await ReportScene.BookOfAllAsync(host), made);
        return reports;
    }

    /// <summary>From their next sign-in on, these people unlock their key.</summary>
    public void Unlock(params Guid[] people) => _unlocked.UnionWith(people);

    /// <summary>Somebody signs in, and unlocks their key if they are among those who do.</summary>
    public async Task<Tests.Access.Browser> SignedInAsync(Guid person)
    {
        var client = await _host.SignedInAsync(person);
        if (_unlocked.Contains(person)) await UnlockAsync(client);
        return client;
    }

    /// <summary>Unlocks the key of whoever is signed in.</summary>
    public static async Task UnlockAsync(Tests.Access.Browser client) => Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await client.PostAsync("/reports/key/unlock", await client.TextAsync("/reports/key"), new() { ["open"] = Passphrase })).StatusCode);

    /// <summary>The same in a browser.</summary>
    public static async Task UnlockAsync(Microsoft.Playwright.IPage page)
    {
        await page.GotoAsync("/reports/key");
        await page.FillAsync("#open", Passphrase);
        await page.Locator("form[action$='/unlock'] button").ClickAsync();
    }

    /// <summary>A report comes in, or its source adds to it, today.</summary>
    public async Task<Guid> SendAsync(string name, string text = "Somebody at the gate is paid for each container.", int alike = 0, string kind = "bribery", MustNotSee? kept = null, params Guid[] without)
    {
        var report = Cases.Staff.Id(name);
        var day = DateOnly.FromDateTime(_host.Clock.Now.UtcDateTime);
        var deposit = Sealed.Send(report, day, text, without, alike, kind, ReportChannel.Pages, kept, _reports.Contains(report) ? [] : [new ContentFile(Guid.NewGuid(), "gate.jpg", 250_000, "key")]);
        _reports.Add(report);
        var entry = new NewEntry(new StreamId(Guid.NewGuid()), FetchedRecords.DepositType, deposit.Encode(), new ActorId(_intake.Id), new CompartmentId(report));
        var index = Assert.IsType<AppendResult.Appended>(await _intake.AppendAsync([], [entry], default)).FirstIndex;
        var receipt = (await _intake.WriteReceiptAsync(index, ReceiptForm.Content, default)).Text;
        await _host.Services.GetRequiredService<IDeposits>().KeepAsync([new KeptDeposit(index, day, report, deposit.Id, System.Text.Encoding.UTF8.GetBytes(receipt))], [], default);
        return report;
    }

    public void Dispose()
    {
        Sealed.Dispose();
        _intake.DisposeAsync().AsTask().Wait();
        Directory.Delete(_folder, recursive: true);
    }
}
