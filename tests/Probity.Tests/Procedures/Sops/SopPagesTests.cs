using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Procedures;
using Probity.Procedures.Beginning;
using Probity.Procedures.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Procedures.Sops;

/// <summary>Procedures through the pages of the real server: drafted, drawn, uploaded, reviewed, approved, put in force, compared.</summary>
public sealed partial class SopPagesTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static readonly string Path = $"/procedures/sops/{HouseProcedures.CasesSop:D}";
    const string Why = "The exhibits are photographed before they are stored.";

    [Fact]
    public async Task Three_people_take_a_version_from_draft_into_force()
    {
        await using var host = await StaffHost.StartAsync();
        var (author, reviewer, approver) = (await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var draft = await DraftAsync(author);
        Assert.Equal($"{Path}/2/drawing", draft);
        await SeeAsync(author, draft, HttpStatusCode.OK, "script-src 'self'");

        // What cannot be read leaves the draft as it is, and says why; what was typed beside it stays.
        var refused = await PostAsync(author, draft, new() { ["drawing"] = "<definitions/>", ["note"] = Why + " Changed." }, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("href=\"#drawing\"", refused, StringComparison.Ordinal);
        Assert.Contains("namespace", refused, StringComparison.Ordinal);
        Assert.Contains("Changed.", refused, StringComparison.Ordinal);
        await PostAsync(author, draft, new() { ["drawing"] = SopAccessTests.Drawn.Bpmn, ["note"] = Why }, HttpStatusCode.SeeOther);
        Assert.Contains("Exhibits photographed", await author.TextAsync(Path + "/2"), StringComparison.Ordinal);
        await PostAsync(author, Path + "/2", new(), HttpStatusCode.SeeOther, "submit");
        Assert.Equal(HttpStatusCode.SeeOther, (await author.GetAsync(draft)).StatusCode);

        Assert.Contains(Path + "/2", await reviewer.TextAsync("/"), StringComparison.Ordinal);
        await PostAsync(approver, Path + "/2", new() { ["note"] = "" }, HttpStatusCode.UnprocessableEntity, "approve");
        await PostAsync(reviewer, Path + "/2", new() { ["reasons"] = "The laboratory is missing." }, HttpStatusCode.SeeOther, "return");
        Assert.Contains("The laboratory is missing.", await author.TextAsync(Path + "/2"), StringComparison.Ordinal);
        await PostAsync(author, Path + "/2", new(), HttpStatusCode.SeeOther, "submit");
        await PostAsync(reviewer, Path + "/2", new() { ["findings"] = "" }, HttpStatusCode.UnprocessableEntity, "review");
        await PostAsync(reviewer, Path + "/2", new() { ["findings"] = "A picture shows what is stored." }, HttpStatusCode.SeeOther, "review");
        // The author commands, and commanders approve: not what they wrote themselves.
        await PostAsync(author, Path + "/2", new(), HttpStatusCode.UnprocessableEntity, "approve");
        Assert.Contains(Path + "/2", await approver.TextAsync("/"), StringComparison.Ordinal);
        await PostAsync(approver, Path + "/2", new() { ["note"] = "As discussed." }, HttpStatusCode.SeeOther, "approve");
        var officer = await host.SignedInAsync(Role.Officer);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(Path + "/2")).StatusCode);
        await PostAsync(approver, Path + "/2", new() { ["from-day"] = "31", ["from-month"] = "2", ["from-year"] = "2026" }, HttpStatusCode.UnprocessableEntity, "publish");
        await PostAsync(approver, Path + "/2", new() { ["from-day"] = "5", ["from-month"] = "3", ["from-year"] = "2026" }, HttpStatusCode.SeeOther, "publish");
        Assert.Contains("comes in force on 5 March 2026", await officer.TextAsync(Path + "/2?lang=en"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromDays(4);
        officer = await host.SignedInAsync(Role.Officer);
        var page = await officer.TextAsync(Path + "?lang=en");
        Assert.Contains("Version 2 is in force", page, StringComparison.Ordinal);
        Assert.Contains("No longer in force", page, StringComparison.Ordinal);

        var changes = await officer.TextAsync(Path + "/changes?from=1&to=2&lang=en");
        Assert.Contains("&#x2B;&#xA0;new", changes, StringComparison.Ordinal);
        Assert.Contains("Exhibits weighed", changes, StringComparison.Ordinal);
        foreach (var picture in (string[])["/2/picture.svg", "/changes/before.svg?from=1&to=2", "/changes/after.svg?from=1&to=2"])
            await SeeAsync(officer, Path + picture, HttpStatusCode.OK, "default-src 'none'; style-src 'self'; img-src");
        Assert.Equal(SopAccessTests.Drawn.Bpmn, await officer.TextAsync(Path + "/2/procedure.bpmn"));
    }

    [Fact]
    public async Task A_file_that_was_drawn_elsewhere_takes_the_drawings_place()
    {
        await using var host = await StaffHost.StartAsync();
        var author = await host.SignedInAsync(Role.Integrity);
        var draft = await DraftAsync(author);
        Assert.Contains("href=\"#file\"", await UploadAsync(author, draft, null, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("not well-formed", await UploadAsync(author, draft, "<definitions"u8.ToArray(), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await UploadAsync(author, draft, new byte[SopDrawings.MaxBytes + 1], HttpStatusCode.UnprocessableEntity);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is DraftChanged);
        await UploadAsync(author, draft, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(BlankDrawing.With("Pruebas fotografiadas"))], HttpStatusCode.SeeOther);
        Assert.Contains("Pruebas fotografiadas", await author.TextAsync(Path + "/2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_slower_keeps_what_was_drawn_and_changes_nothing()
    {
        await using var host = await StaffHost.StartAsync();
        var (one, other) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Commander));
        var draft = await DraftAsync(one);
        var page = await other.TextAsync(draft);
        await PostAsync(one, draft, new() { ["drawing"] = SopAccessTests.Drawn.Bpmn, ["note"] = Why }, HttpStatusCode.SeeOther);
        var answer = await other.PostAsync(draft, page, Fields(page, new() { ["drawing"] = BlankDrawing.With("Slower"), ["note"] = Why }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Slower", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Single(await host.RecordAsync(), r => r.Event is DraftChanged);
    }

    [Fact]
    public async Task A_unit_begins_procedures_of_its_own()
    {
        await using var host = await StaffHost.StartAsync();
        var author = await host.SignedInAsync(Role.Commander);
        await PostAsync(author, "/procedures/sops", new() { ["title"] = "", ["note"] = Why }, HttpStatusCode.UnprocessableEntity);
        await PostAsync(author, "/procedures/sops", new() { ["title"] = "Keys of the store", ["note"] = Why }, HttpStatusCode.SeeOther);
        Assert.Contains("Keys of the store", await author.TextAsync("/procedures/sops"), StringComparison.Ordinal);
        Assert.DoesNotContain("Keys of the store", await (await host.SignedInAsync(Role.Officer)).TextAsync("/procedures/sops"), StringComparison.Ordinal);
        await PostAsync(await host.SignedInAsync(Role.Integrity), "/procedures/sops", new() { ["title"] = "Boats", ["note"] = Why }, HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Others_learn_nothing_of_them()
    {
        await using var host = await StaffHost.StartAsync();
        foreach (var post in (Role[])[Role.Administrator, Role.Monitor, Role.Secretariat])
        {
            var other = await host.SignedInAsync(post);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/procedures/sops")).StatusCode);
            foreach (var page in (string[])["", "/1", "/1/picture.svg", "/1/procedure.bpmn", "/1/drawing", "/changes?from=1&to=1"])
                Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Path + page)).StatusCode);
            Assert.DoesNotContain("/procedures/sops", await other.TextAsync("/"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_the_page_of_the_drawing_runs_script()
    {
        await using var host = await StaffHost.StartAsync();
        var author = await host.SignedInAsync(Role.Commander);
        var draft = await DraftAsync(author);
        foreach (var page in (string[])["/procedures/sops", Path, Path + "/1", Path + "/2", "/procedures/case-handling"])
        {
            var answer = await author.GetAsync(page);
            Assert.DoesNotContain("script-src", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        var policy = (await author.GetAsync(draft)).Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", policy, StringComparison.Ordinal);
        var text = await author.TextAsync(draft);
        Assert.All(Script().Matches(text), m => Assert.Equal("", m.Groups[1].Value.Trim()));
        Assert.Equal(2, Script().Count(text));
        foreach (Match asset in Asset().Matches(text + await author.TextAsync(Asset().Matches(text).Select(m => m.Value).First(a => a.EndsWith("bpmn-js.css", StringComparison.Ordinal)))))
            await SeeAsync(author, asset.Value, HttpStatusCode.OK, "");
    }

    [GeneratedRegex("<script[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"/assets/[0-9a-f]{16}/[\w.-]+")]
    private static partial Regex Asset();

    [GeneratedRegex("name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex Version();

    internal static async Task<string> DraftAsync(Browser author)
    {
        var page = await author.TextAsync(Path);
        var answer = await author.PostAsync(Path, page, Fields(page, new() { ["base"] = "1", ["note"] = Why }));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    static Dictionary<string, string> Fields(string page, Dictionary<string, string> fields)
    {
        if (Version().Match(page) is { Success: true } version) fields["version"] = version.Groups[1].Value;
        return fields;
    }

    internal static async Task<string> PostAsync(Browser browser, string path, Dictionary<string, string> fields, HttpStatusCode expected, string? what = null)
    {
        var page = await browser.TextAsync(path);
        var answer = await browser.PostAsync(what is null ? path : $"{path}/{what}", page.Contains("__RequestVerificationToken", StringComparison.Ordinal) ? page : await browser.TextAsync("/"), Fields(page, fields));
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{path} {what}: {(int)answer.StatusCode} {text}");
        return text;
    }

    static async Task<string> UploadAsync(Browser browser, string draft, byte[]? file, HttpStatusCode expected)
    {
        var page = await browser.TextAsync(draft);
        using var form = new MultipartFormDataContent();
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        foreach (var (name, value) in Fields(page, new() { ["__RequestVerificationToken"] = token, ["note"] = Why })) form.Add(new StringContent(value), name);
        if (file is not null)
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            form.Add(content, "file", "sop.bpmn");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(draft.Replace("/drawing", "/file", StringComparison.Ordinal), UriKind.Relative)) { Content = form };
        var answer = await browser.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        return text;
    }

    static async Task SeeAsync(Browser browser, string path, HttpStatusCode expected, string policy)
    {
        var answer = await browser.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains(policy, answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Ct));
    }
}
