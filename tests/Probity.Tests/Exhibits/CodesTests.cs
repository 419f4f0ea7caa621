using System.Globalization;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Seizing;

namespace Probity.Tests.Exhibits;

public sealed class CodesTests
{
    [Theory]
    [InlineData("CPV", true), InlineData("XVC", true), InlineData("cpv", false), InlineData("CV", false), InlineData("QQQ", false), InlineData("", false), InlineData(null, false)]
    public void Countries(string? code, bool known) => Assert.Equal(known, CountryCodes.IsOne(code));

    [Theory]
    [InlineData("en", "BRA", "Brazil"), InlineData("es", "PAN", "Panamá"), InlineData("pt", "CPV", "Cabo Verde"), InlineData("pt", "GNB", "Guiné-Bissau"), InlineData("es", "GHA", "Ghana"), InlineData("es", "NLD", "Países Bajos"), InlineData("pt", "DEU", "Alemanha")]
    public void Every_country_has_a_name_in_each_language(string language, string code, string name)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var all = CountryCodes.ByName();
            Assert.True(all.Count > 200 && all.All(c => c.Name.Length > 1));
            Assert.Equal(name, all.Single(c => c.Code == code).Name);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("CSQU3054383", true), InlineData("CSQU3054384", false), InlineData("csqu3054383", false), InlineData("CSQX3054383", false), InlineData("CSQU305438", false)]
    public void Containers(string number, bool valid) => Assert.Equal(valid, TransportCodes.IsContainer(number));

    [Theory]
    [InlineData("CVRAI", true), InlineData("PAONX", true), InlineData("CVRA1", false), InlineData("CVRA", false)]
    public void Places(string code, bool valid) => Assert.Equal(valid, TransportCodes.IsLocode(code));

    [Fact]
    public void A_label_is_read_as_people_type_it()
    {
        var exhibit = Guid.CreateVersion7();
        var codes = new ExhibitCode([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var code = codes.Of(exhibit);
        foreach (var typed in (string[])[code, code.ToLowerInvariant(), ExhibitCode.Shown(code), codes.OnLabel(exhibit, null), code.Replace('0', 'o').Replace('1', 'l')])
            Assert.Equal((code, null), ExhibitCode.Read(typed));
        Assert.Equal((code, 12), ExhibitCode.Read(codes.OnLabel(exhibit, 12)));
        Assert.All((string?[])[null, "", "PB1:", code + "0", code[..7], code[..7] + "U", code + ":x", new string('0', 41)], wrong => Assert.Null(ExhibitCode.Read(wrong)));
        // Without the node's key nobody can tell it from an id that they have.
        Assert.NotEqual(code, new ExhibitCode(new byte[32]).Of(exhibit));
    }
}
