using CsCheck;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Cases.Searching;
using Probity.Cases.ViewingDocket;
using Probity.Cases.Working;
using Probity.Tests.Access;
using Probity.Tests.Cases.Pages;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>A search finds what the reader may see and holds the words, and is not moved by anything else.</summary>
public sealed class SearchTests
{
    static readonly string[] Vocabulary = ["cocaína", "Açúcar", "PEIXE", "niño", "straße", "contêiner", "køl", "Łódź", "o", "123"];
    static readonly string[] Asked = ["COCAINA", "acucar", "peixe", "NINO", "strasse", "conteiner", "kol", "lodz", "O", "123"];
    static readonly string[] People = ["chief", "ana", "ben", "carla", "keeper", "port chief", "pedro", "paula", "pia", "ines", "oscar", "igor", "vera", "root"];

    sealed record Drawn(int Opener, int[] Words, int Party, bool Staff, int Named, int Wall, int Glass);

    static readonly Gen<Drawn> GenCase = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 9].Array[1, 4], Gen.Int[0, 13], Gen.Bool, Gen.Int[0, 27], Gen.Int[0, 27], Gen.Int[0, 27],
        (opener, words, party, staff, named, wall, glass) => new Drawn(opener, words, party, staff, named, wall, glass));

    [Theory]
    [InlineData("Açúcar", "ACUCAR"), InlineData("  niño-araña ", "NINO ARANA"), InlineData("Straße 12a", "STRASSE 12A"), InlineData("ﬁsh", "FISH")]
    [InlineData("!?", ""), InlineData("\uD800x", "X"), InlineData("ŁÓDŹ", "LODZ"), InlineData("l'eau", "L EAU")]
    public void Words_are_compared_without_accents_and_capitals(string text, string folded) => Assert.Equal(folded, string.Join(' ', SearchWords.Fold(text)));

    [Fact]
    public void A_mark_tells_nothing_without_the_key() =>
        Assert.NotEqual(new SearchWords(new byte[32]).MarksOf("peixe"), new SearchWords([.. Enumerable.Repeat((byte)1, 32)]).MarksOf("peixe"));

    [Fact]
    public async Task What_is_found_is_what_the_guard_lets_through_and_holds_the_words()
    {
        var (found, hidden) = (0, 0);
        await GenCase.Array[8, 12].SampleAsync(async drawn =>
        {
            await using var house = await CreateAsync();
            foreach (var one in drawn) await OpenAsync(house, one);
            await using var views = await DocketViews.OverAsync(house);
            var register = await house.Get<IRegister>().ReadAsync(Cancel);
            var cases = new List<Case>();
            foreach (var id in await views.IdsAsync()) cases.Add(await house.CaseAsync(id));
            foreach (var name in People)
            {
                var actor = Actor.From(register, Staff.Id(name), house.Time.Now);
                foreach (var words in Asked.Append("peixe acucar"))
                {
                    var holding = cases.Where(c => words.Split(' ').All(w => TextOf(c).Contains(w.ToUpperInvariant()))).ToList();
                    var allowed = holding.Where(c => CaseAccess.Refuses(CaseAction.View, actor, c, register, house.Time.Now) is null).Select(c => c.Id).ToList();
                    var answer = await views.Docket.ReadAsync(actor.Person, new DocketQuery { Words = words }, Cancel);
                    Assert.Equal(allowed.Order(), answer.Cases.Select(c => c.Id).Order());
                    Assert.Equal(allowed.Count, answer.Total);
                    (found, hidden) = (found + allowed.Count, hidden + holding.Count - allowed.Count);
                }
            }
        }, iter: 3, threads: 1);
        Assert.InRange(found, 50, int.MaxValue);
        Assert.InRange(hidden, 50, int.MaxValue);
    }

    static HashSet<string> TextOf(Case c) => [.. c.Parties.Select(p => p.Name).Prepend(c.Summary).SelectMany(SearchWords.Fold)];

    static async Task OpenAsync(CaseHouse house, Drawn drawn)
    {
        var id = Guid.CreateVersion7();
        var party = People[drawn.Party];
        Party[] parties = drawn.Staff && drawn.Opener != drawn.Party ? [new(PartyRole.Subject, $"{party} Łódź", Staff.Id(party))] : [new(PartyRole.Witness, "køl", null)];
        var opener = Staff.Id(new[] { "ana", "chief", "ines", "ben" }[drawn.Opener]);
        await house.Get<OpenCase>().HandleAsync(
            opener, new(id, Staff.Id("narcotics"), "060121", string.Join(", ", drawn.Words.Select(w => Vocabulary[w])), parties), null, Cancel);
        if (!(await house.CaseAsync(id)).Exists) return;
        await house.ReactAsync();
        var number = (await house.CaseAsync(id)).Number;
        if (drawn.Named < People.Length) await house.Get<GiveAccess>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id(People[drawn.Named]), Reason), null, Cancel);
        if (drawn.Wall < People.Length) await house.DeclareAsync(People[drawn.Wall], number);
        if (drawn.Glass < People.Length) await house.Get<BreakGlass>().HandleAsync(Staff.Id(People[drawn.Glass]), new(number, Reason), Cancel);
    }

    [Fact]
    public async Task Days_and_numbers_narrow_down_too()
    {
        await using var house = await CreateAsync();
        await house.OpenAsync();
        house.Time.Now += TimeSpan.FromDays(3);
        await house.OpenAsync();
        await using var views = await DocketViews.OverAsync(house);
        async Task<int> CountAsync(DocketQuery query) => (await views.Docket.ReadAsync(Staff.Id("ines"), query, Cancel)).Total;
        Assert.Equal(2, await CountAsync(new()));
        Assert.Equal(1, await CountAsync(new() { From = new DateOnly(2026, 3, 3) }));
        Assert.Equal(1, await CountAsync(new() { To = new DateOnly(2026, 3, 2) }));
        Assert.Equal(2, await CountAsync(new() { From = new DateOnly(2026, 3, 2), To = new DateOnly(2026, 3, 5), Words = "CONTAINER floor" }));
        Assert.Equal(0, await CountAsync(new() { Words = "contain" }));
        Assert.Equal(0, await CountAsync(new() { Words = "%" }));
    }

    // The officer has no part in what the integrity officer opens in another unit.
    [Fact]
    public async Task A_hit_that_one_may_not_see_leaves_the_page_as_it_is()
    {
        await using var host = await StaffHost.StartAsync();
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var officer = await host.SignedInAsync(Role.Officer);
        var pages = new List<string>();
        foreach (var summary in new[] { "Sacks of salt.", "Sacks of zanzibar cloves.", "Zanzibar again." })
        {
            await OpenAsync(integrity, summary);
            await host.CaughtUpAsync(DocketView.ViewName);
            pages.Add(WithoutTokens(await officer.TextAsync("/cases?words=zanzibar")));
            pages.Add(WithoutTokens(await officer.TextAsync("/cases?words=zanzibar&number=F-2026")));
            Assert.Equal(await CountAsync(officer, "sacks"), await CountAsync(officer, "nothing"));
        }

        Assert.Equal(pages[0], pages[2]);
        Assert.Equal(pages[0], pages[4]);
        Assert.Equal(pages[1], pages[5]);
        Assert.Contains("zanzibar", pages[0], StringComparison.Ordinal);
        Assert.Contains("/cases/", (await integrity.TextAsync("/cases?words=ZANZÍBAR")).Split("<tbody")[1], StringComparison.Ordinal);
    }

    static async Task OpenAsync(Browser browser, string summary)
    {
        var page = await browser.TextAsync("/cases/new");
        var answer = await browser.PostAsync("/cases/new", page, new()
        {
            ["case"] = System.Text.RegularExpressions.Regex.Match(page, "name=\"case\" value=\"([^\"]+)\"").Groups[1].Value, ["rows"] = "1",
            ["unit"] = StaffHost.OtherUnit.ToString("D"), ["offence"] = "060121", ["summary"] = summary,
        });
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
    }

    static async Task<string> CountAsync(Browser browser, string words) =>
        await (await browser.GetAsync("/api/cases?words=" + words)).Content.ReadAsStringAsync();

    static string WithoutTokens(string page) => System.Text.RegularExpressions.Regex.Replace(page, "name=\"__RequestVerificationToken\" value=\"[^\"]+\"", "");
}
