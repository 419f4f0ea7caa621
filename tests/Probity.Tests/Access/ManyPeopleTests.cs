using System.Net;
using Probity.Access.Contract;

namespace Probity.Tests.Access;

/// <summary>Pages of an agency with more people and posts than are read through: what is shown is little, and whatever else is meant can be typed.</summary>
public sealed class ManyPeopleTests
{
    static Task<StaffHost> StartAsync() => StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.OtherUnit), 310)]);

    [Fact]
    public async Task A_unit_is_opened_with_what_is_above_and_below_it()
    {
        await using var host = await StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var top = await admin.TextAsync("/units");
        Assert.Contains("Airport unit", top, StringComparison.Ordinal);
        Assert.Contains("Show its 310 posts and units", top, StringComparison.Ordinal);
        Assert.DoesNotContain("Other post 7<", top.Split("post-list")[0], StringComparison.Ordinal);
        var opened = await admin.TextAsync("/units?unit=F");
        Assert.Contains("Other post 7<", opened.Split("post-list")[0], StringComparison.Ordinal);
        Assert.Contains("Agency", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("Port unit</h2>", opened, StringComparison.Ordinal);
        Assert.Contains("Show its 310 posts and units", await admin.TextAsync("/units?unit=nowhere&page=99"), StringComparison.Ordinal);

        // 300 titles are suggested; the post that another reports to is any whose title is typed.
        foreach (var (above, answer) in new[] { ("Port unit: Post Overseers", HttpStatusCode.UnprocessableEntity), ("Port unit: Post Officer", HttpStatusCode.SeeOther), ("", HttpStatusCode.SeeOther) })
        {
            var made = await admin.PostAsync("/posts", top, new() { ["unit"] = StaffHost.Unit.ToString("D"), ["title"] = $"Below {above}", ["role"] = nameof(Role.Officer), ["reportsTo"] = above });
            Assert.Equal(answer, made.StatusCode);
            if (answer == HttpStatusCode.UnprocessableEntity) Assert.Contains($"value=\"{above}\"", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("Below Port unit: Post Officer", await admin.TextAsync("/units?unit=P"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_is_not_suggested_is_typed()
    {
        await using var host = await StartAsync();
        var integrity = await host.SignedInAsync(Role.Integrity);
        var page = await integrity.TextAsync("/protection/duty");
        Assert.Contains("more can be chosen than are suggested", page, StringComparison.Ordinal);
        Assert.Equal(300, page.Split("<option").Length - 1);
        Assert.DoesNotContain("Palmares Officer 99 ", page, StringComparison.Ordinal);
        var (from, until) = (host.Clock.Now.AddHours(1).ToString("yyyy-MM-ddTHH:mm", null), host.Clock.Now.AddDays(3).ToString("yyyy-MM-ddTHH:mm", null));
        Dictionary<string, string> Turn(string who) => new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = who, ["number"] = "+507 555 0100", ["from"] = from, ["until"] = until };
        var nobody = await integrity.PostAsync("/protection/duty/turn", page, Turn("Palmares Officer 999"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Contains("is nobody who can be chosen here", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync("/protection/duty/turn", page, Turn("palmares officer 99"))).StatusCode);
        Assert.Contains("Palmares Officer 99", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/protection/duty"), StringComparison.Ordinal);
    }
}
