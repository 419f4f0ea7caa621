using System.Globalization;
using System.Text;
using CsCheck;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Tests.Receipts;

/// <summary>What people type when they come back: every kind of error alone, and anything at all.</summary>
public class ReadingTests
{
    static readonly Gen<(WordList List, int[] Indexes)> Codes = ReceiptCodeTests.Codes;

    static readonly string[] Separators = [" ", "  ", ",", ", ", "-", " - ", "\n", "\r\n", "\t", ";", ".", "/", " \u2013 ", "\u00a0"];

    static readonly Gen<string> Separator = Gen.Int[0, Separators.Length - 1].Select(place => Separators[place]);

    // Text that is not quite text, and words that are near to many others.
    static readonly string[] Telling =
        ["\ud800", "\udc00", "\ufffe", "\uffff", "\u0301", "\ufdfa", "\U0001f600", "\U0003fffe", "\u200d", "aba", "ama", "casa", "abacus", "acaso", "maria", "marca"];

    [Fact]
    public void Case_accents_and_separators_do_not_matter() => Gen.Select(Codes, Separator, Gen.Int[0, 3], Gen.Int[0, 3]).Sample((drawn, separator, spelling, numbering) =>
    {
        var words = Words(drawn).Select((word, place) => (numbering switch { 1 => $"{place + 1}. ", 2 => $"{place + 1})", 3 => $"{place + 1}", _ => "" }) + spelling switch
        {
            0 => word,
            1 => word.ToUpperInvariant(),
            2 => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word).Normalize(NormalizationForm.FormD),
            _ => WordList.Fold(word),
        });
        return IsFirst(drawn, ReceiptCode.Read($" {string.Join(separator, words)}{separator}"), repairs: 0);
    });

    [Fact]
    public void Accents_where_none_belong_are_read_over() => Codes.Sample(drawn =>
        IsFirst(drawn, ReceiptCode.Read(string.Join(' ', Words(drawn)).Replace('a', 'à').Replace('n', 'ñ').Replace('c', 'ç').Replace("i", "i\u0301")), repairs: 0));

    [Fact]
    public void A_wrong_letter_is_repaired() => OneError((word, place, letter) => word[..place] + letter + word[(place + 1)..]);

    [Fact]
    public void A_missing_letter_is_repaired() => OneError((word, place, _) => word.Remove(place, 1));

    [Fact]
    public void A_doubled_letter_is_repaired() => OneError((word, place, _) => word.Insert(place, word[place].ToString()));

    [Fact]
    public void A_letter_too_many_is_repaired() => OneError((word, place, letter) => word.Insert(place, letter.ToString()));

    [Fact]
    public void Swapped_letters_are_repaired() => OneError((word, place, _) => Swap(word, Math.Min(place, word.Length - 2)));

    [Fact]
    public void A_figure_or_a_foreign_letter_within_a_word_is_repaired() =>
        OneError((word, place, letter) => Replace(word, Math.Clamp(place, 1, word.Length - 2), letter % 2 == 0 ? '0' : '\u0430'));

    // Two errors, one in each half, so that neither touches what the other did.
    [Fact]
    public void Two_errors_in_a_word_of_six_letters_or_more_are_repaired() =>
        Gen.Select(Codes.Where(drawn => Words(drawn).Any(word => word.Length >= 6)), Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Char['a', 'z']).Sample(
            (drawn, first, second, shift, letter) =>
            {
                var words = Words(drawn).Select(WordList.Fold).ToArray();
                var which = Array.FindIndex(words, word => word.Length >= 6);
                var word = words[which];
                words[which] = Err(word[..3], first, shift, letter) + Err(word[3..], second, shift, letter);
                // A word of the list is only taken for a slip of another one at one error; and "saring" has more than 64 words near it.
                return drawn.List.Find(words[which]) >= 0 || drawn.List.Near(words[which]).Count > 64 || Holds(drawn, ReceiptCode.Read(string.Join(' ', words)), repairs: 2);
            });

    [Fact]
    public void One_error_in_each_of_three_words_is_repaired() => Gen.Select(Codes, Gen.Int[0, 3], Gen.Char['a', 'z']).Sample((drawn, kind, letter) =>
    {
        var words = Words(drawn).Select(WordList.Fold).ToArray();
        foreach (var place in (int[])[0, 3, 7])
            words[place] = Err(words[place], kind, 1, letter);
        // Where many words are one letter away from each, 64 readings may not be enough for all of their combinations.
        var combinations = (int[])[0, 3, 7];
        return combinations.Aggregate(1, (count, place) => count * drawn.List.Near(words[place]).Count) > 20
            || Holds(drawn, ReceiptCode.Read(string.Join(' ', words)), repairs: 3);
    });

    [Fact]
    public void A_missing_space_and_a_space_too_many_are_repaired() => Gen.Select(Codes, Gen.Int[0, 6], Gen.Int[1, 2]).Sample((drawn, place, cut) =>
    {
        var words = Words(drawn).ToList();
        var joined = string.Join(' ', (string[])[.. words[..place], words[place] + words[place + 1], .. words[(place + 2)..]]);
        var split = string.Join(' ', (string[])[.. words[..place], words[place].Insert(cut, " "), .. words[(place + 1)..]]);
        return Holds(drawn, ReceiptCode.Read(joined), repairs: 1) && Holds(drawn, ReceiptCode.Read(split), repairs: 1);
    });

    [Fact]
    public void Words_of_two_lists_are_read_in_both_languages()
    {
        var both = WordList.For("es").Words.Where(word => WordList.For("pt").Find(WordList.Fold(word)) >= 0).Take(ReceiptCode.Length).ToList();
        var read = ReceiptCode.Read(string.Join(' ', both));
        Assert.Equal(["es", "pt"], read.Take(2).Select(code => code.Language));
        Assert.All(read.Take(2), code => Assert.Equal(0, code.Repairs));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abacus abacus abacus abacus abacus abacus abacus")]
    [InlineData("abacus abacus abacus abacus abacus abacus abacus abacus abacus")]
    [InlineData("abacus abacus abacus abacus abacus abacus abacus abadía")]
    [InlineData("abacus abacus abacus abacus abacus abacus abacus xqxqxq")]
    [InlineData("abacus abacus abacus abacus abacus abacus abacus abacus a")]
    public void What_is_no_code_reads_as_nothing(string? typed) => Assert.Empty(ReceiptCode.Read(typed));

    [Fact]
    public void Over_400_characters_nothing_is_read()
    {
        var code = string.Join(' ', Enumerable.Repeat("abacus", ReceiptCode.Length));
        Assert.NotEmpty(ReceiptCode.Read(code.PadRight(400)));
        Assert.Empty(ReceiptCode.Read(code.PadRight(401)));
    }

    [Fact]
    public void Over_12_tokens_nothing_is_read()
    {
        var halves = string.Concat(Enumerable.Repeat("aba cus ", 4));
        var whole = string.Concat(Enumerable.Repeat("abacus ", 3));
        Assert.Equal(4, ReceiptCode.Read(halves + whole + "abacus")[0].Repairs);
        Assert.Empty(ReceiptCode.Read(halves + whole + "aba cus"));
    }

    [Fact]
    public void Of_more_than_64_readings_the_best_64_are_given()
    {
        var (english, portuguese) = (WordList.For("en"), WordList.For("pt"));
        var crowded = portuguese.Words.Where(word => english.Find(WordList.Fold(word)) >= 0).MaxBy(word => portuguese.Near(word).Count)!;
        Assert.True(ReceiptCode.Length * (portuguese.Near(crowded).Count - 1) >= 64);
        var read = ReceiptCode.Read(string.Join(' ', Enumerable.Repeat(crowded, ReceiptCode.Length)));
        Assert.Equal(64, read.Count);
        Assert.Equal([0, 0, 1], read.Take(3).Select(code => code.Repairs));
    }

    [Fact]
    public void Any_text_gives_at_most_64_readings_in_order()
    {
        var anything = Gen.Int[0, 0xffff].Select(unit => ((char)unit).ToString());
        var pieces = Gen.OneOf(anything, Separator, Gen.Char['a', 'z'].Array[1, 8].Select(letters => new string(letters)),
            Gen.Int[0, Telling.Length - 1].Select(place => Telling[place]));
        Gen.OneOf(pieces.Array[0, 60].Select(string.Concat), pieces.Array[8, 12].Select(parts => string.Join(' ', parts)), Gen.Byte.Array[0, 400].Select(Encoding.Latin1.GetString))
            .Sample(typed =>
            {
                var read = ReceiptCode.Read(typed);
                return read.Count <= 64 && read.Select(code => code.Repairs).SequenceEqual(read.Select(code => code.Repairs).Order())
                    && read.Select(code => (code.Language, code.ToString())).Distinct().Count() == read.Count;
            }, iter: 20_000);
    }

    static void OneError(Func<string, int, char, string> err) => Gen.Select(Codes, Gen.Int[0, ReceiptCode.Length - 1], Gen.Int[0, 8], Gen.Char['a', 'z']).Sample(
        (drawn, which, place, letter) =>
        {
            var words = Words(drawn).Select(WordList.Fold).ToArray();
            words[which] = err(words[which], place % words[which].Length, letter);
            var read = ReceiptCode.Read(string.Join(' ', words));
            var others = drawn.List.Words.Count(word => TypingErrors.Between(WordList.Fold(word), words[which]) <= 1);
            return others > 1 ? Holds(drawn, read, repairs: 1) : IsFirst(drawn, read, repairs: 1);
        }, iter: 1000);

    static string Err(string word, int kind, int place, char letter) => kind switch
    {
        0 => Replace(word, place, letter),
        1 => word.Remove(place, 1),
        2 => word.Insert(place, letter.ToString()),
        _ => Swap(word, place),
    };

    static string Replace(string word, int place, char letter) => word[..place] + letter + word[(place + 1)..];

    static string Swap(string word, int place) => word[..place] + word[place + 1] + word[place] + word[(place + 2)..];

    static IEnumerable<string> Words((WordList List, int[] Indexes) drawn) => drawn.Indexes.Select(index => drawn.List.Words[index]);

    // The letter that was put in may be the one that stood there, so fewer repairs are as good.
    static bool Holds((WordList List, int[] Indexes) drawn, IReadOnlyList<ReceiptCode> read, int repairs) =>
        read.Any(code => code.Repairs <= repairs && Is(drawn, code));

    // A reading in another language may be as good only where all words are of both.
    static bool IsFirst((WordList List, int[] Indexes) drawn, IReadOnlyList<ReceiptCode> read, int repairs) =>
        read.FirstOrDefault(code => code.Language == drawn.List.Language) is { } first && first.Repairs <= repairs && Is(drawn, first);

    static bool Is((WordList List, int[] Indexes) drawn, ReceiptCode code) => code.Language == drawn.List.Language && code.Words.SequenceEqual(Words(drawn));
}
