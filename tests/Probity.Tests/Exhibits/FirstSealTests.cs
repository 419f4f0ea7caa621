using System.Net;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>A telephone that was seized as it was gets a package with its first seal, which every hand-over after that reads.</summary>
public sealed class FirstSealTests
{
    static readonly Guid Keeper = Staff.Id("keeper");

    static async Task<(ExhibitHouse House, Guid Exhibit)> TelephoneAsync()
    {
        var (house, seizure) = (await ExhibitHouse.CreateAsync(), Guid.CreateVersion7());
        Done(await house.Get<RecordSeizure>().HandleAsync(house.Handler, new(house.Case, seizure, Airport, [new(ExhibitKind.Device, null, "A telephone.", null, [])], null), Cancel));
        return (house, RecordSeizure.IdOf(seizure, 0));
    }

    static Task<Outcome?> SealAsync(ExhibitHouse house, Guid exhibit, int package, string seal, Guid? act = null) => house.Get<ResealPackage>().HandleAsync(
        house.Handler, new(exhibit, act ?? Guid.CreateVersion7(), package, seal, "It came without one.", new SecondPerson(Keeper, null, null), null), Cancel);

    [Fact]
    public async Task What_has_no_package_gets_one_with_its_first_seal()
    {
        var (house, exhibit) = await TelephoneAsync();
        await using var _ = house;
        var now = house.Cases.Time.Now;
        Refused(ExhibitTexts.PackageUnknown, await SealAsync(house, exhibit, 2, "D-1"));
        house.Cases.Time.Now = now.AddMinutes(5);
        var act = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++) Done(await SealAsync(house, exhibit, 1, "D-1", act));
        var telephone = await house.ExhibitAsync(exhibit);
        Assert.Equal([new SealedPackage(1, "D-1")], telephone.SealsAt(house.Cases.Time.Now));
        // It had none before, so that nobody has to have read one.
        Assert.Empty(telephone.SealsAt(now));
        Assert.Empty(Unsealed.Of(telephone, house.Cases.Time.Now));
        Assert.True(Unsealed.Is(Assert.Single(telephone.Reseals).OldSeal));
        Assert.Equal(Keeper, telephone.Acts[act].Witness);
        // From then on it is a package like any other.
        Done(await SealAsync(house, exhibit, 1, "D-2"));
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: new SealedPackage(1, "D-2"))));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: new SealedPackage(1, "D-X"))));
        Assert.Equal(DiscrepancyKind.Seal, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
    }

    [Fact]
    public async Task What_was_given_away_gets_no_first_seal_on_its_way()
    {
        var (house, exhibit) = await TelephoneAsync();
        await using var _ = house;
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper) with { Seals = [] }));
        Refused(HandOverExhibit.AlreadyGiven, await SealAsync(house, exhibit, 1, "D-1"));
    }

    [Fact]
    public async Task The_form_asks_for_a_seal_and_for_no_package()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, _) = await LaboratoryScene.SeizeAsync(host, 1);
        using var officer = await host.SignedInAsync(Role.Officer);
        Assert.True((await officer.PostJsonAsync($"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" }, items = new[] { new { kind = "device", description = "A telephone.", packages = Array.Empty<object>() } },
        })).IsSuccessStatusCode);
        var exhibit = (await host.RecordAsync()).Single(r => r.Event is ExhibitSeized { Kind: ExhibitKind.Device }).Stream.Value;
        var page = await officer.TextAsync($"/exhibits/{exhibit}/reseal?lang=en");
        Assert.Contains("It has no package and no seal yet.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<select class=\"pb-select\" id=\"package\"", page, StringComparison.Ordinal);
        Assert.Contains($"/exhibits/{exhibit}/reseal", await officer.TextAsync($"/exhibits/{exhibit}?lang=en"), StringComparison.Ordinal);
        var sealedIt = await officer.PostJsonAsync($"/api/exhibits/{exhibit}/reseals", new { act = Guid.NewGuid(), package = 1, newSeal = "D-1", reason = "It came without one.", witness = StaffHost.Of(Role.Custodian) });
        Assert.Equal(HttpStatusCode.OK, sealedIt.StatusCode);
        Assert.Contains("D-1", await officer.TextAsync($"/exhibits/{exhibit}?lang=en"), StringComparison.Ordinal);
        Assert.Contains("<select", await officer.TextAsync($"/exhibits/{exhibit}/reseal?lang=en"), StringComparison.Ordinal);
    }
}
