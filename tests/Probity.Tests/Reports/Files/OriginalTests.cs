using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Files;
using Probity.Reports.Handling;
using Probity.Sealing;

namespace Probity.Tests.Reports.Files;

/// <summary>Who decides about an original, without any store.</summary>
public sealed class OriginalTests
{
    static readonly Guid s_file = HandlingHouse.Id("the file");

    static HandlingHouse WithFile()
    {
        var house = new HandlingHouse();
        house.Sealed.Send(HandlingHouse.ReportId, HandlingHouse.Received, "A picture.", files: new ContentFile(s_file, "gate.jpg", 10, "key"));
        return house;
    }

    static string Ask(HandlingHouse house, string who, Guid? file = null, string? words = HandlingHouse.Words, Guid? act = null) => house.Do(who, ReportAction.AskOriginal, (f, id) =>
        ReleaseOriginal.Decide(new ReleaseOriginal.Ask(HandlingHouse.ReportId, id, file ?? s_file, words), StaffText.Seal(f.Opened, id, words), f), act);

    static string Agree(HandlingHouse house, string who, Guid asked) => house.Do(who, ReportAction.AgreeOriginal, (f, id) => ReleaseOriginal.Decide(new ReleaseOriginal.Agree(HandlingHouse.ReportId, id, asked), f));

    static string Give(HandlingHouse house, string who, Guid asked) => house.Do(who, ReportAction.GiveOriginal, (f, id) => ReleaseOriginal.Decide(new ReleaseOriginal.Give(HandlingHouse.ReportId, id, asked), f));

    [Fact]
    public void One_asks_another_agrees_and_whoever_asked_gets_it_once()
    {
        using var house = WithFile();
        var (first, other) = (HandlingHouse.Id("first"), HandlingHouse.Id("other"));
        Assert.Equal((StaffText.Missing, StaffText.TooShort, ReleaseOriginal.NoFile), (Ask(house, "ines", words: " "), Ask(house, "ines", words: "Why."), Ask(house, "ines", HandlingHouse.Id("no file"))));
        Assert.Equal((Bars.Role, nameof(OriginalAsked), ReleaseOriginal.AskedAlready), (Agree(house, "ivo", first), Ask(house, "ines", act: first), Ask(house, "ines")));
        Assert.Equal((Bars.Role, ReleaseOriginal.NotOpen, Bars.Role), (Agree(house, "ines", first), Give(house, "ines", first), Give(house, "ivo", first)));

        // Two who ask agree to each other's, and neither to their own, though each may agree to something.
        Assert.Equal(nameof(OriginalAsked), Ask(house, "olga", act: other));
        Assert.Equal((ReleaseOriginal.OwnAsking, ReleaseOriginal.OwnAsking), (Agree(house, "ines", first), Agree(house, "olga", other)));
        Assert.Equal((nameof(OriginalAgreed), ReleaseOriginal.NotAsked), (Agree(house, "olga", first), Agree(house, "ivo", first)));
        Assert.Equal((ReleaseOriginal.NotAsked, nameof(OriginalGiven), ReleaseOriginal.NotOpen), (Give(house, "olga", first), Give(house, "ines", first), Give(house, "ines", first)));
        Assert.Equal(nameof(OriginalAsked), Ask(house, "ines"));
    }

    [Fact]
    public void A_day_after_the_agreement_it_is_over()
    {
        using var house = WithFile();
        var asked = HandlingHouse.Id("asked");
        Ask(house, "oscar", act: asked);
        house.Day(30);
        Agree(house, "ines", asked);
        house.Now += AskedOriginal.Open - TimeSpan.FromSeconds(1);
        Assert.True(house.Report.Originals.Single().IsOpen(house.Now));
        Assert.Equal(ReleaseOriginal.AskedAlready, Ask(house, "oscar"));
        house.Now += TimeSpan.FromSeconds(1);
        Assert.Equal((ReleaseOriginal.NotOpen, nameof(OriginalAsked)), (Give(house, "oscar", asked), Ask(house, "oscar")));
    }

    [Theory]
    [InlineData(nameof(ReportAction.AskOriginal), "ines,ivo,oscar,olga"), InlineData(nameof(ReportAction.AgreeOriginal), "ivo,oscar,olga"), InlineData(nameof(ReportAction.GiveOriginal), "ines")]
    public void Integrity_and_overseers_whose_key_opens_it_and_nobody_else(string action, string who)
    {
        using var house = WithFile();
        Ask(house, "ines");
        string[] all = ["ines", "ivo", "oscar", "olga", "root", "chief", "sara"];
        Assert.Equal(who.Split(','), all.Where(p => ReportAccess.Refuses(Enum.Parse<ReportAction>(action), house.As(p)) is null));
        house.Aside("ivo");
        Assert.NotNull(ReportAccess.Refuses(ReportAction.AgreeOriginal, house.As("ivo")));
    }
}
