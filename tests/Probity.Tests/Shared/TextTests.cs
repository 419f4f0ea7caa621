using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Probity.Tests.Shared;

/// <summary>Every text exists in every language, every text asked for exists, and none lies unused.</summary>
public sealed partial class TextTests
{
    static readonly string Rooms = Path.GetFullPath(Path.Combine(Here(), "../../../src/Probity.Rooms"));

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    public static TheoryData<string> Sets() => [.. Files("*.resx").Where(file => !Translation().IsMatch(file)).Select(file => Path.GetRelativePath(Rooms, file))];

    static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Rooms, pattern, SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Rooms, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    static Dictionary<string, string> Read(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\.[a-z]{2}\.resx$")]
    private static partial Regex Translation();

    [GeneratedRegex(@"\{(\d+)")]
    private static partial Regex Hole();

    // IStringLocalizer<CasesText> Text   or   TextKey of AddNavigation<CasesText>(…)
    [GeneratedRegex(@"IStringLocalizer<(\w+)>\s+(\w+)")]
    private static partial Regex Localizer();

    [Theory]
    [MemberData(nameof(Sets))]
    public void Each_language_says_the_same(string set)
    {
        var neutral = Read(Path.Combine(Rooms, set));
        Assert.NotEmpty(neutral);
        foreach (var language in (string[])["es", "pt"])
        {
            var translated = Read(Path.Combine(Rooms, Path.ChangeExtension(set, $".{language}.resx")));
            Assert.Equal(neutral.Keys.Order(StringComparer.Ordinal), translated.Keys.Order(StringComparer.Ordinal));
            foreach (var (key, value) in neutral)
            {
                Assert.False(string.IsNullOrWhiteSpace(value), key);
                Assert.False(string.IsNullOrWhiteSpace(translated[key]), $"{key} in {language}");
                Assert.True(Holes(value).SetEquals(Holes(translated[key])), $"{key} in {language} has other placeholders");
            }
        }
        static HashSet<string> Holes(string value) => [.. Hole().Matches(value).Select(match => match.Groups[1].Value)];
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Counted_texts_have_both_forms(string set)
    {
        var keys = Read(Path.Combine(Rooms, set)).Keys.ToHashSet();
        Assert.All(keys.Where(key => key.EndsWith(".one", StringComparison.Ordinal)), key => Assert.Contains(key[..^4] + ".other", keys));
        Assert.All(keys.Where(key => key.EndsWith(".other", StringComparison.Ordinal)), key => Assert.Contains(key[..^6] + ".one", keys));
    }

    // The compiler of resources keeps one of two names that differ in capitals only, and the page then shows the other one's name.
    [Theory]
    [MemberData(nameof(Sets))]
    public void Names_differ_by_more_than_capitals(string set) =>
        Assert.Empty(Read(Path.Combine(Rooms, set)).Keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));

    [Theory]
    [MemberData(nameof(Sets))]
    public void Each_text_is_used_and_each_text_used_exists(string set)
    {
        var name = Path.GetFileNameWithoutExtension(set);
        var keys = Read(Path.Combine(Rooms, set)).Keys.ToHashSet();
        var used = new HashSet<string>();
        foreach (var file in Files("*.razor").Concat(Files("*.cs")))
        {
            var source = File.ReadAllText(file);
            foreach (var localizer in Localizer().Matches(source).Where(match => match.Groups[1].Value == name).Select(match => match.Groups[2].Value).Distinct())
            {
                foreach (var pattern in AskedOf(localizer, source))
                {
                    var found = keys.Where(key => pattern.IsMatch(key)).ToList();
                    Assert.True(found.Count > 0, $"{Path.GetFileName(file)} asks {name} for {pattern}, which does not exist");
                    used.UnionWith(found);
                }
            }
            foreach (Match match in Regex.Matches(source, $@"AddNavigation<{name}>\((?:[^;]*?""){{4}}[^""]*?""([^""]+)"""))
            {
                Assert.Contains(match.Groups[1].Value, keys);
                used.Add(match.Groups[1].Value);
            }
        }
        used.UnionWith(NamedInSource(keys));
        // The words of cases are asked for by codes and by the names of enumerations.
        if (name == nameof(Probity.Cases.CasesText)) used.UnionWith(Cases.CasesTextTests.Keys());
        Assert.Empty(keys.Except(used).Order(StringComparer.Ordinal));
    }

    // The page of a case says what each reader opened, by the code that the reading was filed under.
    [Fact]
    public void Each_reading_that_a_case_shows_has_words()
    {
        var keys = Read(Path.Combine(Rooms, "Cases/CasesPages.resx")).Keys.ToHashSet();
        var filed = Files("*.razor").Concat(Files("*.cs")).SelectMany(File.ReadLines).Where(line => Regex.IsMatch(line, @"Open(Case)?Async\(|FileReadAsync\(|\bWhat\b"))
            .SelectMany(line => Regex.Matches(line, @"""((?:cases|exhibits|procedures|exports)\.[a-z-]+)""").Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.True(filed.Count > 20, $"{filed.Count} found");
        Assert.Empty(filed.Where(code => !keys.Contains($"Read.{code}")).Order(StringComparer.Ordinal));
    }

    // Codes (of refusals, offences, events) are keys too: a key is used where the source names it whole, or its beginning
    // before a value: "offence." + code, $"stage.{stage}".
    static IEnumerable<string> NamedInSource(IReadOnlySet<string> keys)
    {
        var source = string.Concat(Files("*.razor").Concat(Files("*.cs")).Select(File.ReadAllText));
        return keys.Where(key => source.Contains($"\"{key}\"", StringComparison.Ordinal) || Beginnings(key).Any(start =>
            source.Contains($"\"{start}\" +", StringComparison.Ordinal) || source.Contains($"$\"{start}{{", StringComparison.Ordinal)));
    }

    static IEnumerable<string> Beginnings(string key) =>
        key.Select((c, at) => (c, at)).Where(p => p.c == '.').Select(p => key[..(p.at + 1)]);

    // Text["Key"], Text[$"Row.{key}"], Text.Count("Ago.Days", n): what is in braces may be anything.
    static IEnumerable<Regex> AskedOf(string localizer, string source)
    {
        foreach (Match match in Regex.Matches(source, $@"\b{localizer}\[(\$?)""([^""]+)"""))
            yield return Pattern(match.Groups[1].Value, match.Groups[2].Value, "");
        foreach (Match match in Regex.Matches(source, $@"\b{localizer}\.Count\((\$?)""([^""]+)"""))
            yield return Pattern(match.Groups[1].Value, match.Groups[2].Value, @"\.(one|other)");
        static Regex Pattern(string dollar, string key, string end) =>
            new($"^{(dollar.Length == 0 ? Regex.Escape(key) : string.Join(".+", Regex.Split(key, @"\{[^}]*\}").Select(Regex.Escape)))}{end}$");
    }

    // One notion, one word (docs/terms.md): these were not chosen. What a word means besides stays allowed: a decision without effect, a penal process.
    static readonly (string Language, Regex Refused)[] NotChosen =
    [
        ("es", new(@"\bindicios?\b|(?<!sin )\befectos?\b|\bpesadas?\b|\bvistas?\b|\bprocesos?\b(?! penal)|\b(asum\w+)\b", RegexOptions.IgnoreCase)),
        ("pt", new(@"\bevidências?\b|\bvestígios?\b|\bobjec?tos? apreendidos?\b|(?<!\b(foram|ser|não|ou) )\bpesadas?\b|\bvistas?\b|\bprocessos?\b(?! (penal|penais|disciplinar))|\b(assum\w+)\b", RegexOptions.IgnoreCase)),
    ];

    // A thing in the store is an evidencia; prueba is what proves something in court, or the verb.
    static readonly Regex ProofForThing = new(@"\bpruebas\b|\b(una|la|esta|cada|otra|su|de) prueba\b", RegexOptions.IgnoreCase);

    [Theory]
    [MemberData(nameof(Sets))]
    public void One_notion_has_one_word(string set)
    {
        foreach (var (language, refused) in NotChosen)
            Assert.All(Read(Path.Combine(Rooms, Path.ChangeExtension(set, $".{language}.resx"))), text => Assert.False(refused.IsMatch(text.Value), $"{text.Key} in {language}: {text.Value}"));
        if (Path.GetFileNameWithoutExtension(set) is "ExhibitsText" or "ExportsText")
            Assert.All(Read(Path.Combine(Rooms, Path.ChangeExtension(set, ".es.resx"))), text => Assert.False(ProofForThing.IsMatch(text.Value), $"{text.Key}: {text.Value}"));
    }

    [Theory]
    [InlineData("es", "Señalar una vista", true), InlineData("es", "Señalar una audiencia", false)]
    [InlineData("es", "La pesada quedó registrada", true), InlineData("es", "El pesaje quedó registrado", false)]
    [InlineData("es", "Los indicios del caso", true), InlineData("es", "El efecto incautado", true), InlineData("es", "Sorteo sin efecto", false)]
    [InlineData("es", "El proceso está cerrado", true), InlineData("es", "El proceso penal terminó", false), InlineData("es", "Asumir un registro", true)]
    [InlineData("pt", "Assinar a pesada", true), InlineData("pt", "Ainda não pesada", false), InlineData("pt", "O vestígio do caso", true), InlineData("pt", "Um objeto apreendido", true)]
    [InlineData("pt", "O processo está encerrado", true), InlineData("pt", "O processo penal terminou", false), InlineData("pt", "Assumir um registo", true), InlineData("pt", "Uma vista marcada", true)]
    public void A_word_that_was_not_chosen_is_refused_and_what_it_means_besides_is_not(string language, string text, bool isRefused) =>
        Assert.Equal(isRefused, NotChosen.Single(n => n.Language == language).Refused.IsMatch(text));

    [Fact]
    public void There_are_texts() => Assert.Contains(Path.Combine("Shared", "SharedText.resx"), Sets().Select(row => row.Data));

    [Theory]
    [InlineData("en", 0, "other")]
    [InlineData("en", 1, "one")]
    [InlineData("en", 2, "other")]
    [InlineData("es", 0, "other")]
    [InlineData("es", 1, "one")]
    [InlineData("pt", 0, "one")]
    [InlineData("pt", 1, "one")]
    [InlineData("pt-BR", 0, "one")]
    [InlineData("pt", 2, "other")]
    public void Plurals_follow_the_language(string language, long count, string category) =>
        Assert.Equal(category, Probity.Shared.Plural.Category(count, CultureInfo.GetCultureInfo(language)));
}
