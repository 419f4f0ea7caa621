namespace Probity.Intake.Writing;

/// <summary>A question of a questionnaire; its words are the texts <c>Q.key</c> and <c>Q.key.Hint</c>.</summary>
/// <param name="Key">Its key, which goes with the answer.</param>
/// <param name="IsLong">Whether an answer takes several lines.</param>
/// <param name="IsRequired">Whether there is no report without an answer.</param>
internal sealed record Question(string Key, bool IsLong = false, bool IsRequired = false);

/// <summary>What is asked about a kind of allegation. Few questions: somebody who is afraid answers few.</summary>
/// <param name="Number">Its place in addresses: they tell nothing.</param>
/// <param name="Key">Its key; its words are the texts <c>Kind.key</c> and <c>Kind.key.Hint</c>.</param>
/// <param name="Questions">What is asked, in order.</param>
internal sealed record Questionnaire(int Number, string Key, IReadOnlyList<Question> Questions)
{
    /// <summary>The most characters of one answer.</summary>
    public const int LongestAnswer = 20_000;

    static readonly Question What = new("what", IsLong: true, IsRequired: true);
    static readonly Question[] Common = [new("when"), new("where"), new("who", IsLong: true), new("know", IsLong: true)];

    /// <summary>All there are.</summary>
    public static IReadOnlyList<Questionnaire> All { get; } =
    [
        new(1, "bribery", [What, new("worth"), .. Common]),
        new(2, "leak", [What, new("leaked"), .. Common]),
        new(3, "exhibits", [What, new("exhibit"), .. Common]),
        new(4, "infiltration", [What, new("group"), .. Common]),
        new(5, "threat", [What, new("danger", IsLong: true), .. Common]),
        new(6, "retaliation", [What, new("since"), .. Common]),
        new(7, "other", [What, .. Common]),
    ];

    /// <summary>The questionnaire of a number; null where there is none.</summary>
    public static Questionnaire? Of(int number) => All.FirstOrDefault(known => known.Number == number);
}
