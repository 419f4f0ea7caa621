using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Tests.Shared;

/// <summary>What is typed where a person is asked is one person, or one sentence says why not.</summary>
public sealed class PersonChoicesTests
{
    static readonly Choice Ana = Person(1, "Ana Ruíz – Officer, Port"), Other = Person(2, "Ana Ruíz – Officer, Airport"), Ben = Person(3, "Benício da Costa – Custodian, Port"),
        Twin = Person(4, "Ana Lima – Officer, Port"), SameTwin = Person(5, "Ana Lima – Officer, Port"), Bare = Person(6, "Zoë");

    static readonly IReadOnlyList<Choice> All = [Ana, Other, Ben, Twin, SameTwin, Bare];

    static Choice Person(int number, string text) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)number]).ToString("D"), text);

    [Theory]
    [InlineData("Ana Ruíz – Officer, Port", 1), InlineData(" ana ruiz - officer, port ", 1), InlineData("ana ruiz airport", 2), InlineData("Benicio da Costa", 3), InlineData("custodian", 3), InlineData("ZOE", 6)]
    [InlineData("Ana Lima – Officer, Port · 000004", 4), InlineData("ana lima 000005", 5)]
    public void One_person_is_found_by_what_people_type(string typed, int number)
    {
        var (form, wrong) = PersonChoices.Resolve(Form("to", typed), ("to", All));
        Assert.Empty(wrong);
        Assert.Equal(Person(number, "").Value, form["to"]);
    }

    [Fact]
    public void An_accent_tells_two_people_apart()
    {
        Choice plain = Person(7, "Wilma Ficticio – Judge, Court"), accented = Person(8, "Wilma Fictício – Judge, Court");
        foreach (var meant in (Choice[])[plain, accented])
        {
            var (form, wrong) = PersonChoices.Resolve(Form("to", meant.Text.Split(" – ")[0]), ("to", [plain, accented]));
            Assert.Empty(wrong);
            Assert.Equal(meant.Value, form["to"]);
        }
    }

    [Theory]
    [InlineData("Ana Ruiz", "“Ana Ruiz” may be: Ana Ruíz – Officer, Port; Ana Ruíz – Officer, Airport. Write more of it, as the list has it.")]
    [InlineData("Ana Lima", "“Ana Lima” may be: Ana Lima – Officer, Port · 000004; Ana Lima – Officer, Port · 000005. Write more of it, as the list has it.")]
    [InlineData("Costa Rica", "“Costa Rica” is nobody who can be chosen here. Write a name as the list has it.")]
    [InlineData("An", "“An” is nobody who can be chosen here. Write a name as the list has it.")]
    [InlineData("–", "“–” is nobody who can be chosen here. Write a name as the list has it.")]
    public void Nobody_and_several_are_told_in_one_sentence(string typed, string said)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        try
        {
            var (form, wrong) = PersonChoices.Resolve(Form("to", typed), ("to", All));
            Assert.Equal(new FieldError("to", said), Assert.Single(wrong));
            Assert.Equal(typed, form["to"]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Ids_other_values_of_the_list_and_empty_fields_are_left_as_they_are()
    {
        var stranger = Guid.NewGuid().ToString("D");
        foreach (var typed in new[] { stranger, "", Ana.Value, "redraw" })
        {
            var (form, wrong) = PersonChoices.Resolve(Form("to", typed), ("to", [.. All, new Choice("redraw", "Draw anew")]));
            Assert.Empty(wrong);
            Assert.Equal(typed, form["to"]);
            Assert.Equal(typed == "redraw", PersonChoices.AreTyped(Form("to", typed), "to"));
        }

        Assert.Equal("redraw", PersonChoices.Resolve(Form("to", "draw anew"), ("to", [.. All, new Choice("redraw", "Draw anew")])).Typed["to"]);
        Assert.Equal((Ben.Text, "Ann", null), (PersonChoices.Shown(Ben.Value, All), PersonChoices.Shown("Ann", All), PersonChoices.Shown(null, All)));
    }

    [Fact]
    public void Of_three_hundred_each_is_found_by_the_words_that_the_list_has()
    {
        IReadOnlyList<Choice> many = [.. Enumerable.Range(1, 300).Select(i => Person(i, $"Officer {i % 100} Silva – Officer, Unit {i % 7 % 2}"))];
        Assert.Equal(300, PersonChoices.Distinct(many).Select(p => p.Text).Distinct().Count());
        Assert.Contains("300", Assert.Single(PersonChoices.Resolve(Form("to", "silva"), ("to", many)).Wrong).Message, StringComparison.Ordinal);
        Assert.All(PersonChoices.Distinct(many), p => Assert.Equal(p.Value, PersonChoices.Resolve(Form("to", p.Text), ("to", many)).Typed["to"]));
    }

    static FormCollection Form(string field, string value) => new(new Dictionary<string, StringValues> { [field] = value });
}
