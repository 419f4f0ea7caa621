using System.Net;
using System.Text;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>A store's register is taken over through the pages alone, with script and without.</summary>
[Collection("Third browser")]
public sealed class RegisterJourneys(Browser browser)
{
    const string Header = "Número de evidencia;Expediente;Fecha de incautación;Sustancia;Descripción;Peso (kg);Precintos;Bóveda;Ciudad;Lugar\n";

    static readonly string[] Lines =
    [
        "E-1;;30/04/2019;Clorhidrato de cocaína;Polvo blanco en 4 paquetes;4,125;P-1|P-2|P-3|P-4;Bóveda inventada;Ciudad inventada;Aeropuerto",
        "E-2;12/2018;02/11/2018;Marihuana;Fardo;12,5;P-9;Bóveda inventada;;Terminal de carga",
        "E-3;;15/01/2020;Heroína;Bolsa;0,812;;Bóveda inventada;;", "E-4;;03/04/2020;Cocaína;Maleta de doble fondo;1.250;P-12;Bóveda inventada;;Aeropuerto",
    ];

    [Theory]
    [InlineData(1280, true, "en"), InlineData(390, false, "es")]
    public async Task A_register_is_looked_at_corrected_presented_and_countersigned(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        using (var commander = await host.SignedInAsync(Role.Commander))
            Assert.Equal(HttpStatusCode.OK, (await commander.PostJsonAsync("/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Bóveda inventada", @class = "vault", dualLock = true, camera = true, alarm = true })).StatusCode);

        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync("/exhibits");
        await page.Locator("a[href='/exhibits/registers']").ClickAsync();
        await visit.LookAsync($"register-0-none-{width}");
        await page.Locator("a[href='/exhibits/registers/new']").ClickAsync();
        await visit.LookAsync($"register-1-start-{width}");
        await SendAsync(page, "look", null);
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#register']").CountAsync());

        // Four lines, all with something: a case that is not there, a day and a weight that may be two.
        var size = host.Log.Size;
        await SendAsync(page, "look", Header + string.Join('\n', Lines));
        Assert.Equal(0, await page.Locator("button[value=present]").CountAsync());
        await visit.LookAsync($"register-2-wrong-{width}");

        // A title above, a column that nobody knows, and a sum: the line and the column are named, and what asks stands before all that is wrong.
        await SendAsync(page, "look", "Registro inventado\n" + Header.Replace("Lugar\n", "Lugar;Jefe de turno\n", StringComparison.Ordinal) + string.Join('\n', Lines.Select(l => l + ";x")) + "\nTOTAL;;;;;20;;;;;\n");
        Assert.Contains("Jefe de turno", await page.Locator("#unknown-columns").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator("#columns").EvaluateAsync<bool>("c => c.open && (c.compareDocumentPosition(document.querySelector('main table')) & Node.DOCUMENT_POSITION_FOLLOWING) > 0"));
        await visit.LookAsync($"register-2-unknown-{width}");
        var list = await page.RunAndWaitForDownloadAsync(() => SendAsync(page, "list", Header + string.Join('\n', Lines), wait: false));
        Assert.Equal("register-lines.csv", list.SuggestedFilename);

        // What is unclear is said once for the file; sent again it can be presented.
        await OpenAsync(page);
        await page.SelectOptionAsync("#days", "dayFirst");
        await page.SelectOptionAsync("#decimals", "comma");
        await page.CheckAsync("[name=for][value=opens]");
        await SendAsync(page, "look", Header + string.Join('\n', Lines));
        await visit.LookAsync($"register-3-ready-{width}");
        Assert.Equal(size, host.Log.Size);

        // Another file than the one that was looked at is not presented.
        await SendAsync(page, "present", Header + string.Join('\n', Lines) + "\n" + Lines[0].Replace("E-1", "E-5", StringComparison.Ordinal));
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#register']").CountAsync());
        await SendAsync(page, "look", Header + string.Join('\n', Lines));
        await SendAsync(page, "present", Header + string.Join('\n', Lines));
        var address = new Uri(page.Url).AbsolutePath;
        Assert.StartsWith("/exhibits/registers/", address, StringComparison.Ordinal);
        await visit.LookAsync($"register-4-presented-{width}");
        Assert.DoesNotContain((await host.RecordAsync()).Select(r => r.Event), e => e is ExhibitTakenOver);

        // The integrity officer finds it among the next steps, compares it and signs.
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator($"a[href='{address}']").First.ClickAsync();
        await page.CheckAsync("[name=answer][value=no]");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#reasons']").CountAsync());
        await page.CheckAsync("[name=answer][value=yes]");
        await visit.LookAsync($"register-5-sign-{width}");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.LookAsync($"register-6-taken-{width}");
        var taken = (await host.RecordAsync()).Where(r => r.Event is ExhibitTakenOver).ToList();
        Assert.Equal(["4125", "12500", "812", "1250000"], taken.Select(r => ((ExhibitTakenOver)r.Event!).Stated.Mass!.Value.Value.ToString("0", System.Globalization.CultureInfo.InvariantCulture)));

        await host.CaughtUpAsync("exhibits");
        await visit.LookAtAsync($"/exhibits/{taken[0].Stream.Value}/story", $"register-7-story-{width}");
        await visit.SignInAsync(host, Role.Custodian);
        await visit.LookAtAsync($"/exhibits/{taken[1].Stream.Value}", $"register-8-exhibit-{width}");
        await visit.LookAtAsync("/exhibits", $"register-9-list-{width}");
        await visit.LookAtAsync("/exhibits/registers", $"register-10-registers-{width}");
    }

    static async Task SendAsync(IPage page, string what, string? file, bool wait = true)
    {
        if (file is not null) await page.SetInputFilesAsync("#register", new FilePayload { Name = "evidencias <2019>.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        var button = page.Locator($"button[name=do][value={what}]");
        if (wait) await page.RunAndWaitForResponseAsync(() => button.ClickAsync(), r => r.Request.Method == "POST");
        else await button.ClickAsync();
        if (wait) await page.WaitForLoadStateAsync();
    }

    static async Task OpenAsync(IPage page)
    {
        var details = page.Locator("main form details").First;
        if (await details.GetAttributeAsync("open") is null) await details.Locator("summary").ClickAsync();
    }
}
