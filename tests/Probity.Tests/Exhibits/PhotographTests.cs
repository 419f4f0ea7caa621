using System.Net;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Photographing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.ExhibitHouse;
using static Probity.Tests.Exhibits.StoreScene;

namespace Probity.Tests.Exhibits;

/// <summary>A photograph stands in for a second pair of eyes: it has to be one, and to be of this thing and of no other.</summary>
public sealed class PhotographTests
{
    static Task<Outcome?> KeepAsync(ExhibitHouse house, Guid exhibit, byte[] bytes, Guid? id = null) =>
        house.Get<KeepPhoto>().HandleAsync(house.Handler, new KeepPhoto.Command(exhibit, id ?? Guid.CreateVersion7(), bytes, null), Cancel);

    public static TheoryData<string> Again => [.. s_again.Keys];

    static readonly Dictionary<string, (byte[] First, byte[] Second)> s_again = new()
    {
        ["the same bytes"] = (Pictures.Png(1), Pictures.Png(1)),
        ["the same with another note"] = (Pictures.Jpeg(1), Pictures.Jpeg(1, note: "taken on another day")),
        ["the same with more behind it"] = (Pictures.Jpeg(1), [.. Pictures.Jpeg(1), 0]),
    };

    [Theory]
    [MemberData(nameof(Again))]
    public async Task A_picture_stands_for_one_exhibit_and_is_refused_for_every_other(string how)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (one, other) = (await house.SeizeAsync(), await house.SeizeAsync(seals: ["T-1", "T-2"]));
        var (first, second) = s_again[how];
        Done(await KeepAsync(house, one, first));
        var before = house.Cases.Log.Size;
        Refused(KeepPhoto.Used, await KeepAsync(house, other, second));
        Refused(KeepPhoto.Used, await KeepAsync(house, one, second));
        // Two refusals and nothing else.
        Assert.Equal(before + 2, house.Cases.Log.Size);
        Assert.Empty((await house.ExhibitAsync(other)).Photos);
        Done(await KeepAsync(house, other, Pictures.Png(2)));
    }

    [Fact]
    public async Task Sent_again_it_is_kept_once_and_its_id_is_no_others()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var id = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++) Done(await KeepAsync(house, exhibit, Pictures.Png(1), id));
        Refused(KeepPhoto.Used, await KeepAsync(house, exhibit, Pictures.Png(2), id));
        Assert.Single((await house.ExhibitAsync(exhibit)).Photos);
    }

    [Fact]
    public async Task Of_many_who_send_the_same_picture_at_once_one_keeps_it()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibits = new List<Guid>();
        for (var i = 0; i < 8; i++) exhibits.Add(await house.SeizeAsync(seals: [$"A-{i}"]));
        var outcomes = await Task.WhenAll(exhibits.Select(e => Task.Run(() => KeepAsync(house, e, Pictures.Png(1)))));
        Assert.Single(outcomes, o => o is Outcome.Done);
        Assert.All(outcomes.Where(o => o is not Outcome.Done), o => Refused(KeepPhoto.Used, o));
    }

    [Fact]
    public async Task One_weighing_one_picture_of_a_size_on_which_something_can_be_read()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        Refused(KeepPhoto.TooSmall, await KeepAsync(house, exhibit, Pictures.Png(1, width: 319)));
        Refused(KeepPhoto.TooSmall, await KeepAsync(house, exhibit, Pictures.Jpeg(1, height: 319)));
        Refused(KeepPhoto.NotAPhoto, await KeepAsync(house, exhibit, [0xFF, 0xD8, 0xFF, 0xE0, .. "a photograph"u8]));
        var photo = await house.PhotographAsync(exhibit, house.Handler);
        var alone = new SecondPerson(null, "Nobody else is on duty at this hour.", photo);
        Done(await house.WeighAsync(exhibit, house.Handler, 10m, alone));
        Refused(SecondPerson.PhotoMissing, await house.WeighAsync(exhibit, house.Handler, 10m, alone, package: 2));
    }

    [Fact]
    public async Task A_form_that_was_refused_has_kept_its_picture_and_takes_it_again_and_another_form_does_not()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, other) = await PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var balance = (await StoreAsync(host)).Balances.Keys.Single().ToString();
        async Task<(HttpStatusCode Status, string Text, string? Location)> WeighAsync(Guid of, string page, string mass) => await SendAsync(
            custodian, $"/exhibits/{of}/weigh", page, Png, ("mass", mass), ("package", "1"), ("kind", "grossSealed"), ("balance", balance), ("alone", "Nobody else is in the store at night."));

        // Above what the balance can weigh: refused, and the picture is kept. A new form may use it, since it stands for nothing.
        var refused = await WeighAsync(exhibit, await custodian.TextAsync($"/exhibits/{exhibit}/weigh"), "99999");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var page = await custodian.TextAsync($"/exhibits/{exhibit}/weigh");
        for (var i = 0; i < 2; i++) Assert.Equal($"/exhibits/{exhibit}?done=weighed", (await WeighAsync(exhibit, page, "1500")).Location);
        var weighed = await new RecordSession(host.Log).FoldAsync<Exhibit>(new(exhibit));
        Assert.Equal(Assert.Single(weighed.Photos).Id, Assert.Single(weighed.Readings).Photo);

        foreach (var of in (Guid[])[exhibit, other])
        {
            var again = await WeighAsync(of, await custodian.TextAsync($"/exhibits/{of}/weigh"), "1500");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
            Assert.Contains("href=\"#photo\"", again.Text, StringComparison.Ordinal);
            Assert.Contains("This picture is on the record already.", again.Text, StringComparison.Ordinal);
        }

        Assert.Single(await host.RecordAsync(), r => r.Event is ExhibitWeighed);
    }
}
