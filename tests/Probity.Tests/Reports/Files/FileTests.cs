using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Probity.Access.Contract;
using Probity.Intake.Tests.Stripping;
using Probity.Reports.Contract;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Tests.Reports.Files;

/// <summary>Files that were sent along, through the pages of the real server and the process that cleans.</summary>
public sealed class FileTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<byte[]> BytesAsync(HttpResponseMessage answer) => await answer.Content.ReadAsByteArrayAsync(Ct);

    [Fact]
    public async Task A_copy_shows_the_same_and_tells_nothing_of_its_author_and_the_clear_file_lies_nowhere()
    {
        var (began, needle) = (DateTime.UtcNow, $"needle {Guid.NewGuid():N}");
        await using var scene = await FileScene.StartAsync(
            null, new MustNotSee([], [], ["Palmares Integrity 0"]), ("IMG_0815 Pedro.jpg", PictureSamples.Jpeg()), ("plan.png", PictureSamples.Png()), ("list.docx", OfficeSamples.Docx()),
            ("<b>notes</b>.txt", Encoding.UTF8.GetBytes($"Notes\n<script>alert(1)</script>\n{needle}\n{new string('á', 150_000)}")));
        var who = await scene.UnlockedAsync(FileScene.Integrity);
        Assert.Contains($"href=\"{scene.PageOf(1)}\"", await who.TextAsync($"/reports/{scene.Report:D}"), StringComparison.Ordinal);
        foreach (var (number, type, name) in new[] { (1, "image/jpeg", "copy-1.jpg"), (2, "image/png", "copy-2.png"), (3, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "copy-3.docx"), (4, "text/plain", "copy-4.txt") })
        {
            var page = await who.GetAsync(scene.PageOf(number));
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.EndsWith("; media-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
            var answer = await who.GetAsync(scene.CopyOf(number));
            Assert.Equal((HttpStatusCode.OK, type, "attachment", name), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
            Assert.Equal(("nosniff", "sandbox; default-src 'none'"), (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Content-Security-Policy").Single()));
            Assert.Empty(Canaries.In(await BytesAsync(answer)));
        }

        // What it shows is there, and what was taken is said in words, with the name as text.
        var jpeg = await who.TextAsync(scene.PageOf(1));
        foreach (var shown in new[] { $"<img src=\"{scene.CopyOf(1)}\"", "device, time and place", "File 1" }) Assert.Contains(shown, jpeg, StringComparison.Ordinal);
        Assert.DoesNotContain("Pedro.jpg", jpeg, StringComparison.Ordinal);
        Assert.Contains("names of authors", await who.TextAsync(scene.PageOf(3)), StringComparison.Ordinal);
        var text = await who.TextAsync(scene.PageOf(4));
        foreach (var shown in new[] { "&lt;script&gt;alert(1)", needle, "Only the beginning" }) Assert.Contains(shown, text, StringComparison.Ordinal);
        using (var part = new HttpRequestMessage(HttpMethod.Get, scene.CopyOf(4)) { Headers = { Range = new RangeHeaderValue(70_000, 70_009) } })
        {
            var answer = await who.SendAsync(part);
            Assert.Equal((HttpStatusCode.PartialContent, 10), (answer.StatusCode, (await BytesAsync(answer)).Length));
        }

        // Looked at many times in one session, it is on the record once, with ids alone.
        var seen = (await scene.Host.RecordAsync()).Where(r => r.Event is FileViewed).ToList();
        Assert.Equal(scene.Files, seen.Select(r => ((FileViewed)r.Event!).File));
        Assert.All(seen, r => Assert.Equal(FileScene.Integrity, r.Actor.Value));

        foreach (var place in Places(scene, began)) Assert.False(Holds(place, needle), place);
        // The search finds what is there.
        var planted = Path.Combine(scene.Host.DataFolder, "planted");
        await File.WriteAllTextAsync(planted, needle, Ct);
        Assert.Contains(Places(scene, began), place => Holds(place, needle));

        // To whoever it is kept from it is as if there were none; where the key is locked, every address asks for it.
        var (kept, locked) = (await scene.UnlockedAsync(FileScene.Second), await scene.Host.SignedInAsync(FileScene.Integrity));
        foreach (var (other, answer) in new[] { (kept, HttpStatusCode.NotFound), (locked, HttpStatusCode.Forbidden) })
        {
            foreach (var address in new[] { scene.CopyOf(1), scene.PageOf(1), $"/reports/{Guid.NewGuid():D}/files/{Guid.NewGuid():D}" }) Assert.Equal(answer, (await other.GetAsync(address)).StatusCode);
            foreach (var what in new[] { "ask", "agree", "original" }) Assert.Equal(answer, (await scene.PostAsync(other, 1, what, ("ask-words", "For the court."))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await who.GetAsync($"/reports/{scene.Report:D}/files/{Guid.NewGuid():D}")).StatusCode);
        foreach (var role in new[] { Role.Officer, Role.Administrator }) Assert.Equal(HttpStatusCode.Forbidden, (await (await scene.Host.SignedInAsync(role)).GetAsync(scene.CopyOf(1))).StatusCode);
        await who.PostAsync(ShowKeyLock, await who.TextAsync("/reports/key"), []);
        Assert.Equal(HttpStatusCode.Forbidden, (await who.GetAsync(scene.CopyOf(1))).StatusCode);
    }

    const string ShowKeyLock = "/reports/key/lock";

    // The data folder, what is new in the folder for temporary files, and what this process holds open without a name.
    static IEnumerable<string> Places(FileScene scene, DateTime began)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var temporary = Directory.EnumerateFiles(Path.GetTempPath(), "*", all).Where(f => File.GetLastWriteTimeUtc(f) >= began.AddSeconds(-1));
        var open = OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Where(f => TargetOf(f).Contains(scene.Host.Folder, StringComparison.Ordinal)) : [];
        return Directory.EnumerateFiles(scene.Host.DataFolder, "*", SearchOption.AllDirectories).Concat(temporary).Concat(open);
    }

    static string TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return "";
        }
    }

    static bool Holds(string file, string text)
    {
        try
        {
            // A pipe has no length, and whoever opens one waits.
            if (new FileInfo(file).Length == 0) return false;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > 64 << 20) return false;
            var bytes = new byte[stream.Length];
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) >= 0 && bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Another test's, gone meanwhile; or the lock of the node, which holds nothing.
            return false;
        }
    }

    [Fact]
    public async Task The_original_takes_two_people_and_is_given_once_within_a_day()
    {
        var file = PictureSamples.Jpeg();
        await using var scene = await FileScene.StartAsync(null, null, ("<b>gate.jpg", file));
        var (asker, second, overseer) = (await scene.UnlockedAsync(FileScene.Integrity), await scene.UnlockedAsync(FileScene.Second), await scene.UnlockedAsync(FileScene.Overseer));
        var page = await asker.TextAsync(scene.PageOf(1));
        Assert.Contains("can harm the machine that opens it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Download the original", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scene.PostAsync(asker, 1, "ask", ("ask-words", "Why."))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await scene.PostAsync(asker, 1, "ask", ("ask-words", "The court asks for the Xylofagos file itself."))).StatusCode);
        var asked = (await EventsAsync<OriginalAsked>(scene)).Single();
        Assert.Contains("is asked for as it was sent", await second.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("is asked for as it was sent", await asker.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Original asked for", await second.TextAsync($"/reports/{scene.Report:D}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Xylofagos", Encoding.UTF8.GetString(EventTypes.Serialize(asked)), StringComparison.Ordinal);

        // Neither alone nor before the other has agreed.
        Assert.NotEqual(HttpStatusCode.OK, (await DownloadAsync(scene, asker, asked)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scene.PostAsync(asker, 1, "agree", ("asked", asked.Id.ToString("D")))).StatusCode);
        Assert.Empty(await EventsAsync<OriginalAgreed>(scene));
        Assert.Contains("Xylofagos", await overseer.TextAsync(scene.PageOf(1)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await scene.PostAsync(overseer, 1, "agree", ("asked", asked.Id.ToString("D")))).StatusCode);

        // From then on the name that it had says no more than the file does.
        Assert.DoesNotContain("gate.jpg", page, StringComparison.Ordinal);
        Assert.Contains("Sent as <bdi>&lt;b&gt;gate.jpg", await asker.TextAsync(scene.PageOf(1)), StringComparison.Ordinal);
        Assert.Contains("is there for you as it was sent", await asker.TextAsync("/"), StringComparison.Ordinal);

        // Whoever agreed gets none, nor a session whose key is locked.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DownloadAsync(scene, overseer, asked)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await DownloadAsync(scene, await scene.Host.SignedInAsync(FileScene.Integrity), asked)).StatusCode);
        Assert.Empty(await EventsAsync<OriginalGiven>(scene));
        var given = await DownloadAsync(scene, asker, asked);
        Assert.Equal((HttpStatusCode.OK, "application/octet-stream", "original-1.bin"), (given.StatusCode, given.Content.Headers.ContentType!.MediaType, given.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal(file, await BytesAsync(given));
        Assert.Equal(asked.Id, (await EventsAsync<OriginalGiven>(scene)).Single().Asked);
        var again = await DownloadAsync(scene, asker, asked);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("downloaded once", await again.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        // Asked again, agreed to, and left for more than a day.
        Assert.Equal(HttpStatusCode.SeeOther, (await scene.PostAsync(asker, 1, "ask", ("ask-words", "It was lost on the way."))).StatusCode);
        asked = (await EventsAsync<OriginalAsked>(scene)).Last();
        Assert.Equal(HttpStatusCode.SeeOther, (await scene.PostAsync(second, 1, "agree", ("asked", asked.Id.ToString("D")))).StatusCode);
        scene.Host.Clock.Now += TimeSpan.FromHours(24);
        asker = await scene.UnlockedAsync(FileScene.Integrity);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DownloadAsync(scene, asker, asked)).StatusCode);
        Assert.Single(await EventsAsync<OriginalGiven>(scene));
    }

    static Task<HttpResponseMessage> DownloadAsync(FileScene scene, Tests.Access.Browser who, OriginalAsked asked) => scene.PostAsync(who, 1, "original", ("asked", asked.Id.ToString("D")));

    static async Task<List<T>> EventsAsync<T>(FileScene scene) where T : IEvent => [.. (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<T>()];

    [Fact]
    public async Task What_cannot_be_cleaned_is_refused_with_the_reason_and_what_to_do()
    {
        await using var scene = await FileScene.StartAsync(
            null, null, ("tool.exe", [.. "MZ"u8, .. new byte[500]]), ("cut.jpg", PictureSamples.Jpeg()[..300]), ("gate.jpg", PictureSamples.Jpeg()), ("lost.jpg", PictureSamples.Jpeg()));
        var who = await scene.UnlockedAsync(FileScene.Integrity);
        var changed = await File.ReadAllBytesAsync(scene.PathOf(scene.Files[2]), Ct);
        changed[200] ^= 1;
        await File.WriteAllBytesAsync(scene.PathOf(scene.Files[2]), changed, Ct);
        File.Delete(scene.PathOf(scene.Files[3]));
        foreach (var (number, why, then) in new[]
        {
            (1, "this kind of file cannot be cleaned", "ask for the original"), (2, "breaks the rules of its kind", "ask for the original"), (3, "is not what was sent any more", "a backup"), (4, "has not been fetched", "Come back later"),
        })
        {
            var answer = await who.GetAsync(scene.CopyOf(number));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            var said = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Contains(why, said, StringComparison.Ordinal);
            Assert.Contains(then, said, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await who.GetAsync(scene.PageOf(4))).StatusCode);
        Assert.Empty(await EventsAsync<FileViewed>(scene));

        // Of one that is damaged no download is used up.
        Assert.Equal(HttpStatusCode.SeeOther, (await scene.PostAsync(who, 3, "ask", ("ask-words", "For the court."))).StatusCode);
        var asked = (await EventsAsync<OriginalAsked>(scene)).Single().Id.ToString("D");
        Assert.Equal(HttpStatusCode.SeeOther, (await scene.PostAsync(await scene.UnlockedAsync(FileScene.Overseer), 3, "agree", ("asked", asked))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scene.PostAsync(who, 3, "original", ("asked", asked))).StatusCode);
        Assert.Empty(await EventsAsync<OriginalGiven>(scene));
    }

    [Fact]
    public async Task Where_the_process_that_cleans_fails_or_lies_there_is_no_answer_and_never_the_original()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The scripts are a shell's.");
        var script = Path.Combine(Directory.CreateTempSubdirectory("probity-liar-").FullName, "script");
        await using var scene = await FileScene.StartAsync(FileScene.Script($"exec /bin/sh {script}"), null, ("gate.jpg", PictureSamples.Jpeg()));
        var who = await scene.UnlockedAsync(FileScene.Integrity);
        // Each in the place of the program that cleans: it ends at once, is killed, gives the file as it came without a word, or says that it cleaned it but not that it was shut in, or names a kind of its own.
        foreach (var does in new[]
        {
            "exit 0", "kill -9 $$", "cat", "cat; kill -9 $$",
            "cat; echo '{\"kind\":\"jpeg\",\"taken\":[],\"refusal\":null,\"missing\":[\"seccomp\"]}' >&2",
            "cat; echo '{\"kind\":\"html\",\"taken\":[],\"refusal\":null,\"missing\":[]}' >&2",
        })
        {
            await File.WriteAllTextAsync(script, does, Ct);
            var answer = await who.GetAsync(scene.CopyOf(1));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Empty(Canaries.In(await BytesAsync(answer)));
            Assert.Contains("id=\"no-copy\"", await who.TextAsync(scene.PageOf(1)), StringComparison.Ordinal);
        }

        Assert.Empty(await EventsAsync<FileViewed>(scene));
        Directory.Delete(Path.GetDirectoryName(script)!, recursive: true);
    }

    [Fact]
    public async Task Two_copies_are_made_at_a_time_and_whoever_asks_for_a_third_is_told_when_to_come_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The scripts are a shell's.");
        var begun = Directory.CreateTempSubdirectory("probity-begun-").FullName;
        await using var scene = await FileScene.StartAsync(FileScene.Script($"touch {begun}/$$; exec sleep 60"), null, ("1.jpg", PictureSamples.Jpeg()), ("2.jpg", PictureSamples.Jpeg()), ("3.jpg", PictureSamples.Jpeg()));
        var who = await scene.UnlockedAsync(FileScene.Integrity);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = who.Jar }) { BaseAddress = scene.Host.Address };
        Task<HttpResponseMessage>[] waiting = [client.GetAsync(new Uri(scene.CopyOf(1), UriKind.Relative), gone.Token), client.GetAsync(new Uri(scene.CopyOf(2), UriKind.Relative), gone.Token)];
        for (var turn = 0; turn < 200 && Directory.GetFiles(begun).Length < 2; turn++) await Task.Delay(50, Ct);
        var third = await who.GetAsync(scene.CopyOf(3));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(20)), (third.StatusCode, third.Headers.RetryAfter!.Delta!.Value));
        Assert.Contains("Other files are being cleaned", await third.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await gone.CancelAsync();
        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Directory.Delete(begun, recursive: true);
    }
}
