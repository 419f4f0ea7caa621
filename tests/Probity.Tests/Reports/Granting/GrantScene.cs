using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Granting;

/// <summary>People in their browsers, and the program beside the server.</summary>
internal static class GrantScene
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The secretariat keeps identities.</summary>
    public static async Task NameCustodianAsync(this ReportScene scene, Guid person)
    {
        var keys = scene.Services.GetRequiredService<ChangeKeys>();
        Assert.IsType<Outcome.Done>(await keys.HandleAsync(StaffHost.Of(Role.Overseer), new ChangeKeys.Name(person), Ct));
        Assert.IsType<Outcome.Done>(await keys.HandleAsync(StaffHost.Of(Role.Integrity), new ChangeKeys.Agree(person), Ct));
        await scene.GiveKeyAsync(person, StaffHost.Of(Role.Overseer));
    }

    /// <summary>Somebody signed in whose key is unlocked.</summary>
    public static async Task<Tests.Access.Browser> UnlockedAsync(this ReportScene scene, Guid person)
    {
        var browser = await scene.Host.SignedInAsync(person);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync(ShowKey.Address + "/unlock", await browser.TextAsync(ShowKey.Address), new() { ["open"] = ReportScene.Passphrase })).StatusCode);
        return browser;
    }

    /// <summary>Sends a form of a page; answers the status, and what was refused.</summary>
    public static async Task<(HttpStatusCode Status, string Said)> SendAsync(this Tests.Access.Browser who, string page, string what, params (string Field, string Value)[] fields)
    {
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed["key"] = Guid.NewGuid().ToString("D");
        var answer = await who.PostAsync(what, await who.TextAsync(page), typed);
        return (answer.StatusCode, WebUtility.HtmlDecode(Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "(?s)error-summary.*?</ul>").Value));
    }

    public static async Task DoneAsync(this Tests.Access.Browser who, string page, string what, params (string Field, string Value)[] fields)
    {
        var (status, said) = await who.SendAsync(page, what, fields);
        Assert.True(status == HttpStatusCode.SeeOther, $"{what}: {status} {said}");
    }

    public static async Task RefusedAsync(this Tests.Access.Browser who, string text, string page, string what, params (string Field, string Value)[] fields)
    {
        var (status, said) = await who.SendAsync(page, what, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(text, said, StringComparison.Ordinal);
    }

    /// <summary>Sends a file.</summary>
    public static async Task<HttpStatusCode> UploadAsync(this Tests.Access.Browser who, string page, string address, byte[] file)
    {
        using var content = new MultipartFormDataContent();
        content.Add(new StringContent(Regex.Match(await who.TextAsync(page), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value), "__RequestVerificationToken");
        content.Add(new ByteArrayContent(file), "file", "answer.json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content };
        return (await who.SendAsync(request)).StatusCode;
    }

    /// <summary>The private key of somebody, as whoever has the files of the node and the passphrase gets it.</summary>
    public static async Task<SealingKey> PrivateKeyAsync(this ReportScene scene, Guid person) =>
        PassphraseLock.Open((await scene.Services.GetRequiredService<LockedKeys>().ReadAsync(person, Ct))[^1], ReportScene.Passphrase)!;

    /// <summary>Runs the program.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, await output, await error);
    }
}
