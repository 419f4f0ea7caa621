using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.StoreScene;

namespace Probity.Tests.Exhibits;

/// <summary>The form of a seizure: what it is filled in with, and that it tells everything that is wrong at once.</summary>
public sealed class SeizureFormTests
{
    static readonly (string, string)[] Good =
    [
        ("kind", "drug"), ("substance", "cocaine-hcl"), ("description", "Two packages."), ("seals", "S-1\nS-2"), ("place", "airport"), ("transport", "airplane"), ("country", "CPV"),
        ("day-day", ""), ("day-month", ""), ("day-year", ""), ("hour", ""),
    ];

    [Fact]
    public async Task Now_and_the_country_of_the_unit_are_filled_in_and_the_zone_stands_beside_the_hour()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        var form = $"/cases/{await OpenCaseAsync(host, officer)}/seizures/new";
        var page = await officer.TextAsync(form);
        Assert.Equal(("2", "3", "2026", "09:00"), (Value(page, "day-day"), Value(page, "day-month"), Value(page, "day-year"), Value(page, "hour")));
        Assert.Matches("id=\"hour-zone\">.*UTC</div>", page);
        Assert.Contains("aria-describedby=\"hour-zone\"", page, StringComparison.Ordinal);
        // The unit has seized nothing yet: nothing is guessed.
        Assert.Matches("id=\"country\"[^>]*><option value selected", page);

        var sent = await SendAsync(officer, form, page, null, [.. Good.Where(f => f.Item1 is not ("day-day" or "day-month" or "day-year" or "hour")), ("day-day", "2"), ("day-month", "3"), ("day-year", "2026"), ("hour", "08:45"), ("key", Value(page, "key"))]);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 45, 0, TimeSpan.Zero), Assert.Single(await host.RecordAsync(), r => r.Event is SeizureRecorded).Occurred);
        await host.CaughtUpAsync("exhibits");
        Assert.Contains("<option value=\"CPV\" selected", await officer.TextAsync(form), StringComparison.Ordinal);
        // By its name, with the code.
        Assert.Contains("Cabo Verde (CPV)", WebUtility.HtmlDecode(await officer.TextAsync(sent.Location!.Split('?')[0] + "?lang=pt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_recorded_once_and_one_with_other_content_is_told_to_begin_anew()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        var form = $"/cases/{await OpenCaseAsync(host, officer)}/seizures/new";
        var page = await officer.TextAsync(form);
        (string, string)[] sent = [.. Good, ("key", Value(page, "key"))];
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(officer, form, page, null, sent)).Status);
        var other = await SendAsync(officer, form, page, null, [.. sent.Where(f => f.Item1 != "description"), ("description", "Forty packages.")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Contains("recorded already, with other content", other.Text, StringComparison.Ordinal);
        Assert.Single(await host.RecordAsync(), r => r.Event is SeizureRecorded);

        var api = $"/api/exhibits{form[..^4]}";
        object Body(string what) => new { key = Guid.Parse(Value(page, "key")), of = new { country = "CPV", place = "airport", transport = "airplane" }, items = new[] { new { kind = "device", description = what, packages = Array.Empty<object>() } } };
        var answer = await officer.PostJsonAsync(api, Body("A telephone."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("\"code\":\"exhibits.recorded-otherwise\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_each_beside_its_field()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        var form = $"/cases/{await OpenCaseAsync(host, officer)}/seizures/new";
        var page = await officer.TextAsync(form);
        var key = Value(page, "key");
        await RefusedAsync(["kind", "description", "place", "transport", "country"], []);
        await RefusedAsync(
            ["substance", "description", "seals", "amount", "place", "transport", "country", "day", "hour", "port", "container", "arrested"],
            ("kind", "drug"), ("amount", "many"), ("country", "Cabo Verde"), ("day-day", "31"), ("day-month", "2"), ("day-year", "2026"), ("hour", "noon"), ("port", "x"), ("container", "y"), ("arrested", "z"));
        await RefusedAsync(["day"], [.. Good.Where(f => !f.Item1.StartsWith("day", StringComparison.Ordinal) && f.Item1 != "hour"), ("day-day", "3"), ("day-month", "3"), ("day-year", "2026"), ("hour", "8:00")]);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is SeizureRecorded);

        async Task RefusedAsync(string[] fields, params (string, string)[] typed)
        {
            var (status, text, _) = await SendAsync(officer, form, page, null, [.. typed, ("key", key)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Equal(fields, Regex.Matches(Regex.Match(text, "pb-error-summary\".*?</div>", RegexOptions.Singleline).Value, "href=\"#([a-z]+)\"").Select(m => m.Groups[1].Value));
            Assert.All(fields, field => Assert.Contains($"id=\"{field}-error\"", text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("CPV", "Cabo Verde (CPV)"), InlineData("XXA", "XXA")]
    public void A_country_is_called_by_its_name(string code, string name)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("pt");
        try
        {
            Assert.Equal(name, CountryCodes.NameOf(code));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    static string Value(string page, string name)
    {
        var tag = Regex.Match(page, $"<input[^>]*name=\"{name}\"[^>]*>").Value;
        return Regex.Match(tag, "value=\"([^\"]*)\"").Groups[1].Value;
    }

    static async Task<Guid> OpenCaseAsync(StaffHost host, Access.Browser officer)
    {
        var opened = await officer.PostJsonAsync("/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Two packages in a suitcase." });
        var id = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        return id;
    }
}
