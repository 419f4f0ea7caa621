using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Probity.Intake.Writing;

namespace Probity.Intake.Tests.Serving;

/// <summary>Every text of the reporter's pages exists in every language, and every text that is asked for exists.</summary>
public sealed partial class TextTests
{
    static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Probity.Intake"));

    static string Here([CallerFilePath] string path = "") => path;

    static Dictionary<string, string> Read(string language) => XDocument.Load(Path.Combine(Folder, $"Pages/IntakeText{language}.resx")).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [Theory]
    [InlineData(".es")]
    [InlineData(".pt")]
    public void Each_language_says_the_same(string language)
    {
        var (english, other) = (Read(""), Read(language));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, text =>
        {
            Assert.Equal(Holes(text.Value), Holes(other[text.Key]));
            Assert.False(string.IsNullOrWhiteSpace(other[text.Key]), text.Key);
        });
    }

    [Fact]
    public void Every_text_that_is_asked_for_exists_and_none_lies_unused()
    {
        var source = string.Join('\n', Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !Path.GetRelativePath(Folder, file).Split('/').Any(part => part is "bin" or "obj")).Select(File.ReadAllText));
        var keys = Read("").Keys.ToHashSet();
        Assert.All(Asked().Matches(source).Select(match => match.Groups[1].Value), key => Assert.Contains(key, keys));
        string[] built =
        [
            .. Questionnaire.All.SelectMany(asked => (string[])[$"Kind.{asked.Key}", $"Kind.{asked.Key}.Hint"]),
            .. Questionnaire.All.SelectMany(asked => asked.Questions).SelectMany(question => (string[])[$"Q.{question.Key}", $"Q.{question.Key}.Hint"]),
            .. Enum.GetNames<Probity.Sealing.SourceStage>().Append("Taken").Select(stage => $"Stage.{stage}"),
            .. Enum.GetNames<Probity.Sealing.ReportChannel>().Where(channel => channel != "Pages").Select(channel => $"Channel.{channel}"),
            .. Enum.GetNames<Probity.Intake.Returning.ReadableBy>().Select(office => $"Code.ReadBy.{office}"),
            .. ((string[])["Gone", "Broken", "Ended", "Already"]).SelectMany(key => (string[])[$"{key}.Headline", $"{key}.What"]),
        ];
        Assert.All(built, key => Assert.Contains(key, keys));
        Assert.All(keys.Except(built), key => Assert.Contains($"\"{key}\"", source, StringComparison.Ordinal));
    }

    /// <summary>What a source relies on is not promised wider than it is held: whom a name keeps out, what waits when something is done to them, and what to leave out.</summary>
    [Theory]
    [InlineData("", "never open", "for those you kept out", "suspended clearance", "recorded in the service’s system", "your employer", "we ask", "may not be recognised")]
    [InlineData(".es", "nunca podrán", "usted excluyó", "suspensión de una habilitación", "se registra en el sistema del servicio", "su empleador", "preguntamos", "puede no reconocerse")]
    [InlineData(".pt", "nunca poderão", "foi excluído", "suspensão de uma habilitação", "ficar no sistema do serviço", "seu empregador", "perguntamos", "pode não ser reconhecido")]
    public void Nothing_is_promised_that_may_not_hold(string language, string never, string excluded, string suspended, string recorded, string employer, string ask, string unknown)
    {
        var texts = Read(language);
        Assert.All(texts, text => Assert.DoesNotContain(never, text.Value, StringComparison.OrdinalIgnoreCase));
        Assert.All(texts, text => Assert.DoesNotContain(excluded, text.Value, StringComparison.OrdinalIgnoreCase));
        Assert.All((string[])[suspended, recorded, employer], said => Assert.Contains(said, texts["Mine.Add.Harm"], StringComparison.Ordinal));
        Assert.All((string[])["Q.what.Hint", "Clerk.Hint", "About.Limits.3"], key => Assert.Contains(ask, texts[key], StringComparison.Ordinal));
        Assert.All((string[])["Form.Names.Hint", "Form.Names.All"], key => Assert.Contains(unknown, texts[key], StringComparison.Ordinal));
    }

    /// <summary>Words of the countries that use it: a computer is an ordenador in Spain alone, and what is said aloud is not said in words.</summary>
    [Fact]
    public void Words_are_those_that_are_used()
    {
        Assert.All(Read(".es"), text => Assert.DoesNotContain("ordenador", text.Value, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Diga-o de viva voz", Read(".pt")["Large.Voice"]);
    }

    /// <summary>Portuguese of the European and African norm, as in the rest of the house (docs/terms.md).</summary>
    [Fact]
    public void Portuguese_keeps_to_one_norm() => Assert.All(Read(".pt"), text => Assert.False(OtherNorm().IsMatch(text.Value), $"{text.Key}: {text.Value}"));

    static string Holes(string text) => string.Join(',', Hole().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal).Distinct());

    [GeneratedRegex(@"Text\[""([A-Za-z.0-9]+)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\b(registr\w+|usuári\w+|senhas?|aplicativos?|você|controles?|compartilh\w+|arquivos?|contato|órgãos?|detectar|treina\w+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OtherNorm();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Hole();
}
