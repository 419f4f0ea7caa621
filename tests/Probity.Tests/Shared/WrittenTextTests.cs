using Probity.Shared;

namespace Probity.Tests.Shared;

public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("João d'Ávila-Ñuñez"), InlineData("Ольга"), InlineData("Ольга / Olga"), InlineData("µg ≤ 10 g, 50 €"), InlineData("e\u0301tude")]
    [InlineData("\U0001F4E6 parcel"), InlineData("李雷"), InlineData("Ωμέγα 3"), InlineData("")]
    public void Text_that_reads_as_what_it_is_may_be_written(string text) => Assert.True(WrittenText.IsPlain(text, lines: false));

    [Theory]
    [InlineData("a\u200Bb"), InlineData("a\u200Fb"), InlineData("a\u202Eb"), InlineData("a\u2066b"), InlineData("\uFEFFa"), InlineData("a\u2028b")]
    [InlineData("\u2800"), InlineData("\u3164"), InlineData("\u061C"), InlineData("a\uFE0F"), InlineData("a\0"), InlineData("a\u0301\u0302\u0303")]
    [InlineData("\u041Elga"), InlineData("Alph\u03B1"), InlineData("a\uE000"), InlineData("a\nb"), InlineData("\U000E0041")]
    public void What_hides_or_passes_for_something_else_may_not(string text) => Assert.False(WrittenText.IsPlain(text, lines: false));

    // An attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_may_not() => Assert.False(WrittenText.IsPlain("a\uD800b", lines: false));

    [Fact]
    public void Lines_are_for_where_there_may_be_several() => Assert.True(WrittenText.IsPlain("a\r\n\tb", lines: true));

    [Theory]
    [InlineData("...", false), InlineData(" - ", false), InlineData("", false), InlineData(null, false), InlineData("x", true), InlineData("7", true)]
    public void Signs_alone_say_nothing(string? text, bool says) => Assert.Equal(says, WrittenText.SaysSomething(text));
}
