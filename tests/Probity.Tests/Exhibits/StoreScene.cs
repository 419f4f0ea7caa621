using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.TakingOver;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Exhibits.TakingOver;

namespace Probity.Tests.Exhibits;

/// <summary>A store with two places and a balance, and what its custodian has from a register: of the first exhibit's packages, the register names no seal.</summary>
internal static class StoreScene
{
    public static readonly byte[] Png = Pictures.Png(1);

    public static async Task<(Guid Open, Guid Sealed)> PlayAsync(StaffHost host)
    {
        using var commander = await host.SignedInAsync(Role.Commander);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        await DoneAsync(commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        await DoneAsync(commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Room 2", @class = "room", most = "1000", dualLock = false, camera = true, alarm = false });
        await DoneAsync(commander, "/api/exhibits/balances", new { unit = StaffHost.Unit, serial = "BAL-1", capacity = "30000", uncertainty = "0.5", calibrationDue = "2026-03-20", certificate = "CAL-7" });
        var content = Convert.ToBase64String(Registers.Csv("A-1,,2019-04-30,heroin,Brown powder,1.5,kg,,Vault 1", "A-2,,2018-01-02,cannabis resin,Blocks,12,kg,S-1;S-2,Vault 1"));
        var presented = await DoneAsync(custodian, "/api/exhibits/registers", new { key = Guid.NewGuid(), check = false, unit = StaffHost.Unit, name = "register.csv", content, opensCase = true, passesOver = false });
        var register = presented.GetProperty("register").GetGuid();
        await DoneAsync(integrity, $"/api/exhibits/registers/{register}/countersignature", new { agrees = true });
        await host.CaughtUpAsync("exhibits");
        return (CountersignRegister.IdOf(register, 2), CountersignRegister.IdOf(register, 3));
    }

    public static async Task<Store> StoreAsync(StaffHost host) => await new RecordSession(host.Log).FoldAsync<Store>(Store.Stream);

    /// <summary>Sends a page's form, with fields that may stand in it more than once and perhaps a photograph.</summary>
    public static async Task<(HttpStatusCode Status, string Text, string? Location)> SendAsync(
        Access.Browser browser, string address, string page, byte[]? photo, params (string Name, string Value)[] fields)
    {
        List<(string Name, string Value)> all = [("__RequestVerificationToken", Hidden(page, "__RequestVerificationToken")!), .. fields];
        if (Hidden(page, ExhibitForms.ActField) is { } act) all.Add((ExhibitForms.ActField, act));
        using HttpContent content = photo is null ? new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Name, f.Value))) : Multipart(all, photo);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content };
        var answer = await browser.SendAsync(request);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), answer.Headers.Location?.OriginalString);
    }

    static MultipartFormDataContent Multipart(List<(string Name, string Value)> fields, byte[] photo)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        var file = new ByteArrayContent(photo);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file, "photo", "seal.png");
        return form;
    }

    static string? Hidden(string page, string name) =>
        Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"") is { Success: true } found ? found.Groups[1].Value : null;

    public static async Task<JsonElement> DoneAsync(Access.Browser browser, string path, object body)
    {
        var answer = await browser.PostJsonAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
