using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Procedures.Checking;

/// <summary>A signed-in person's way through the pages of a check, over HTTP.</summary>
internal sealed class CheckVisit(Browser browser) : IDisposable
{
    /// <summary>The address of the check that was begun last.</summary>
    public string At { get; private set; } = "";

    public static async Task<CheckVisit> OfAsync(StaffHost host, Role role) => new(await host.SignedInAsync(role));

    public Task<HttpResponseMessage> GetAsync(string path) => browser.GetAsync(path);

    public Task<string> TextAsync(string path) => browser.TextAsync(path);

    /// <summary>Sends files and fields to a page, with the token of a page that has a form.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string field, string name, byte[] bytes, string? from = "/check")
    {
        using var form = new MultipartFormDataContent();
        if (from is not null) form.Add(new StringContent(Token(await browser.TextAsync(from))), "__RequestVerificationToken");
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, field, name);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form };
        return await browser.SendAsync(request);
    }

    /// <summary>Sends a body as it is.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };
        return await browser.SendAsync(request);
    }

    /// <summary>Sends the fields of a page's form.</summary>
    public async Task<HttpResponseMessage> FillAsync(string path, Dictionary<string, string> fields, string from = "/check") =>
        await browser.PostAsync(path, await browser.TextAsync(from), fields);

    /// <summary>Uploads a register; the check's address is then <see cref="At"/>.</summary>
    public async Task<HttpResponseMessage> UploadAsync(byte[]? register = null, string name = "casos.csv")
    {
        var answer = await SendAsync("/check", "register", name, register ?? Registers.Csv);
        if (answer.StatusCode == HttpStatusCode.SeeOther) At = answer.Headers.Location!.ToString()[..^"/columns".Length];
        return answer;
    }

    /// <summary>Goes the way up to the page before the work, with the drawing.</summary>
    public async Task ToOrderAsync()
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await UploadAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ColumnsAsync()).StatusCode);
        var answer = await SendAsync(At + "/procedure/file", "file", "sop.bpmn", Registers.Bpmn);
        Assert.Equal(At + "/order", answer.Headers.Location?.ToString());
    }

    public Task<HttpResponseMessage> ColumnsAsync(string form = "d/M/yyyy H:mm") => FillAsync(
        At + "/columns", new() { ["case"] = "Nº caso", ["activity"] = "Paso", ["time"] = "Fecha", ["form"] = form, ["person"] = "Agente", ["role"] = "Cargo" });

    /// <summary>Orders the work and waits until the page shows no progress any more; gives that page.</summary>
    public async Task<string> FoundAsync(byte[]? rules = null)
    {
        var answer = rules is null ? await FillAsync(At + "/order", []) : await SendAsync(At + "/order", "rules", "rules.yaml", rules);
        Assert.Equal(At + "/result", answer.Headers.Location?.ToString());
        for (var asked = 0; asked < 200; asked++)
        {
            var page = await GetAsync(At + "/result");
            if (!page.Headers.Contains("Refresh")) return await page.Content.ReadAsStringAsync();
            await Task.Delay(50);
        }

        throw new TimeoutException("The check did not end.");
    }

    public void Dispose() => browser.Dispose();

    static string Token(string page) => Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
}
