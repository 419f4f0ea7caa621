using System.Net;
using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Reports.Files;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Storage;
using Probity.Stripping;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Files;

/// <summary>A report with files, sealed as the reporter's side seals them, at a server whose integrity officers and overseer have keys.</summary>
internal sealed class FileScene : IAsyncDisposable
{
    readonly List<Guid> _files = [];

    FileScene(ReportScene scene) => Scene = scene;

    public static readonly Guid Integrity = StaffHost.Of(Role.Integrity), Second = StaffHost.Other(0), Overseer = StaffHost.Of(Role.Overseer);

    public ReportScene Scene { get; }
    public StaffHost Host => Scene.Host;
    public Guid Report { get; private set; }
    public IReadOnlyList<Guid> Files => _files;
    public string FilesFolder => NodeFolder.At(Host.DataFolder).ReportFilesFolder;

    /// <summary>Something else in the place of the program that cleans.</summary>
    public static StripperProcess Script(string script) => new("/bin/sh", ["-c", script]);

    public static async Task<FileScene> StartAsync(StripperProcess? stripper, MustNotSee? without, params (string Name, byte[] Bytes)[] files)
    {
        var scene = new FileScene(await ReportScene.StartAsync(stripper, (Role.Integrity, StaffHost.Agency)));
        await scene.Scene.GiveKeysAsync();
        await scene.Scene.GiveKeyAsync(Second, Overseer);
        await scene.SendAsync(without, files);
        return scene;
    }

    async Task SendAsync(MustNotSee? without, (string Name, byte[] Bytes)[] files)
    {
        var book = await Scene.BookAsync();
        Directory.CreateDirectory(FilesFolder);
        var (said, kept) = (new List<ContentFile>(), new List<DepositFile>());
        foreach (var (name, bytes) in files)
        {
            var (id, key, box) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(SecretBox.KeySize), new MemoryStream());
            await SealedFile.SealAsync(new MemoryStream(bytes), box, key, long.MaxValue, null, default);
            await File.WriteAllBytesAsync(PathOf(id), box.ToArray());
            said.Add(new ContentFile(id, name, bytes.Length, Convert.ToBase64String(key)));
            kept.Add(new DepositFile(id, box.Length, SHA256.HashData(box.ToArray())));
            _files.Add(id);
        }

        (Report, var routing) = (Guid.NewGuid(), Routing.Of(book, without ?? MustNotSee.Nobody));
        using var source = new SourceKeys(RandomNumberGenerator.GetBytes(32));
        await Scene.RecordAsync(Deposit.Seal(
            Report, source, book, routing,
            new DepositContent(true, "bribery", "en", ReportChannel.Pages, [new("what", "Somebody is paid.")], without ?? MustNotSee.Nobody, routing.People(book), said, new Inflow(0, 0)), new DepositIdentity("", ""), kept));
        await Scene.FetchAsync();
    }

    public string PathOf(Guid file) => Path.Combine(FilesFolder, file.ToString("N"));

    public string CopyOf(int number) => ShowFile.CopyOf(Report, _files[number - 1]);

    public string PageOf(int number) => ShowFile.AddressOf(Report, _files[number - 1]);

    /// <summary>Somebody signed in whose key is unlocked.</summary>
    public async Task<Access.Browser> UnlockedAsync(Guid person)
    {
        var who = await Host.SignedInAsync(person);
        Assert.Equal(HttpStatusCode.SeeOther, (await who.PostAsync(ShowKey.Address + "/unlock", await who.TextAsync(ShowKey.Address), new() { ["open"] = ReportScene.Passphrase })).StatusCode);
        return who;
    }

    /// <summary>Sends a form of the page of a file.</summary>
    public async Task<HttpResponseMessage> PostAsync(Access.Browser who, int number, string what, params (string Field, string Value)[] fields)
    {
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed["key"] = Guid.NewGuid().ToString("D");
        return await who.PostAsync($"{CopyOf(number)}/{what}", await who.TextAsync("/reports"), typed);
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
