using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits.Labelling;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.StoreScene;

namespace Probity.Tests.Exhibits;

/// <summary>A count through HTTP: nobody who counts is told what should be there before both have signed.</summary>
public sealed class CountPagesTests
{
    [Fact]
    public async Task Who_counts_is_told_nothing_of_what_should_be_there_until_both_have_signed()
    {
        await using var host = await StaffHost.StartAsync();
        var (open, whole) = await PlayAsync(host);
        var codes = host.Services.GetRequiredService<ExhibitCode>();
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Vault 1").Id;
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var overseer = await host.SignedInAsync(Role.Overseer);
        var numbers = new[] { open, whole }.Select(async id => (await new Probity.Shared.Record.RecordSession(host.Log).FoldAsync<Probity.Exhibits.Exhibit>(new(id))).Number).Select(t => t.Result).ToList();
        string[] secrets = [.. numbers, open.ToString(), whole.ToString(), codes.Of(open), ExhibitCode.Shown(codes.Of(open)), "S-1", "S-2"];
        void Blind(string page)
        {
            // Chance may spell anything in the token of a form.
            page = System.Text.RegularExpressions.Regex.Replace(page, "name=\"__RequestVerificationToken\" value=\"[^\"]*\"", "");
            foreach (var secret in secrets) Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        }

        var form = $"/store/places/{vault}/count";
        Blind(await integrity.TextAsync("/store"));
        var page = await integrity.TextAsync(form);
        Blind(page);
        // However much lies there, the page is the same.
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(page, "type=\"hidden\" name=\"key\""));
        var (key, begun) = (Hidden(page, "key"), Hidden(page, "begun"));
        (string, string)[] rest = [("key", key), ("begun", begun), ("second", StaffHost.Of(Role.Overseer).ToString())];
        // What was refused is no more telling than what was not.
        foreach (var lines in (string[])["0000-0000", $"{codes.Of(whole)} S-1", "nothing"])
        {
            var refused = await SendAsync(integrity, form, page, null, [.. rest, ("labels", lines)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("href=\"#labels\"", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(numbers[0], refused.Text, StringComparison.Ordinal);
        }

        var sent = await SendAsync(integrity, form, page, null, [.. rest, ("labels", $"{ExhibitCode.Shown(codes.Of(whole))}:1 S-1\n{codes.OnLabel(whole, 2)};S-9\n")]);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        foreach (var reader in (Access.Browser[])[integrity, overseer])
        {
            var waiting = WebUtility.HtmlDecode(await reader.TextAsync(sent.Location! + "?lang=en"));
            Assert.Contains($"{numbers[1]} ({ExhibitCode.Shown(codes.Of(whole))}), package 1: seal S-1, package 2: seal S-9", waiting, StringComparison.Ordinal);
            Assert.Contains("shown once both have signed", waiting, StringComparison.Ordinal);
            Blind(waiting.Replace(numbers[1], "", StringComparison.Ordinal).Replace(ExhibitCode.Shown(codes.Of(whole)), "", StringComparison.Ordinal).Replace("S-1", "", StringComparison.Ordinal));
            foreach (var secret in (string[])["Missing", "Should be there"]) Assert.DoesNotContain(secret, waiting, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(overseer, sent.Location!, await overseer.TextAsync(sent.Location!), null)).Status);
        var signed = WebUtility.HtmlDecode(await integrity.TextAsync(sent.Location!));
        foreach (var said in (string[])["Missing", $"<li>{numbers[0]}</li>", $"{numbers[1]}, package 2: S-2 by the record, S-9 was read", "Should be there"]) Assert.Contains(said, signed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_says_when_a_place_was_counted_or_nothing_to_who_may_not_count_it()
    {
        await using var host = await StaffHost.StartAsync();
        await PlayAsync(host);
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Vault 1").Id;
        using var custodian = await host.SignedInAsync(Role.Custodian);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.DoesNotContain("Never", await custodian.TextAsync("/store"), StringComparison.Ordinal);
        Assert.Contains("Never", await integrity.TextAsync("/store"), StringComparison.Ordinal);
        // Who keeps it is told how much lies there; who may count it is not.
        Assert.Matches(">2</td>", await custodian.TextAsync("/store"));
        Assert.DoesNotMatch(">2</td>", await integrity.TextAsync("/store"));
        Assert.Contains("you are not told how much should be there", await integrity.TextAsync("/store"), StringComparison.Ordinal);
        var page = await integrity.TextAsync($"/store/places/{vault}/count");
        var sent = await SendAsync(integrity, $"/store/places/{vault}/count", page, null, ("key", Hidden(page, "key")), ("begun", Hidden(page, "begun")), ("second", StaffHost.Of(Role.Overseer).ToString()), ("labels", ""), ("empty", "yes"));
        Assert.DoesNotContain("2 Mar 2026</td>", await custodian.TextAsync("/store"), StringComparison.Ordinal);
        using var overseer = await host.SignedInAsync(Role.Overseer);
        await SendAsync(overseer, sent.Location!, await overseer.TextAsync(sent.Location!), null);
        var counted = (await StoreAsync(host)).Locations[vault].CountedAt!.Value;
        Assert.Contains(counted.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture), await custodian.TextAsync("/store"), StringComparison.Ordinal);
    }

    static string Hidden(string page, string name) => System.Text.RegularExpressions.Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value.Replace("&#x2B;", "+", StringComparison.Ordinal);
}
