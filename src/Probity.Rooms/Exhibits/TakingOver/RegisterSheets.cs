using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>A line of a register as a page shows it.</summary>
/// <param name="Line">Its number in the file.</param>
/// <param name="Number">The exhibit's in the register.</param>
/// <param name="What">What it is.</param>
/// <param name="Amount">How much.</param>
/// <param name="Day">When it was seized, as stated.</param>
/// <param name="Case">The case's number.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Notes">What there is to say, each with whether it is wrong.</param>
public sealed record RegisterLine(int Line, string Number, string What, string Amount, string Day, string Case, string Place, IReadOnlyList<(string Text, bool IsWrong)> Notes);

/// <summary>How much of something a register states.</summary>
public sealed record RegisterSum(string What, int Count, string Mass, double Share);

/// <summary>What a file states, before anything of it is recorded.</summary>
/// <param name="Sha256">The file's sum.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Good">Lines of which nothing is to say.</param>
/// <param name="Warned">Lines of which something is to be known.</param>
/// <param name="Wrong">Lines with something wrong.</param>
/// <param name="PassedOver">Lines that were taken over before.</param>
/// <param name="Problems">The first lines of which something is to say.</param>
/// <param name="Understood">The first lines, as they were understood.</param>
/// <param name="Sums">What it states in all.</param>
/// <param name="Columns">The columns to choose from.</param>
/// <param name="Sheets">The sheets to choose from, where there are several.</param>
/// <param name="HeaderLine">The line that names the columns.</param>
/// <param name="Unknown">The columns of which it is not said what they hold.</param>
public sealed record RegisterPreview(
    string Sha256, long Bytes, int Good, int Warned, int Wrong, int PassedOver, IReadOnlyList<RegisterLine> Problems, IReadOnlyList<RegisterLine> Understood,
    IReadOnlyList<RegisterSum> Sums, IReadOnlyList<Choice> Columns, IReadOnlyList<Choice> Sheets, int HeaderLine, IReadOnlyList<string> Unknown)
{
    /// <summary>All lines.</summary>
    public int Lines => Good + Warned + Wrong + PassedOver;

    /// <summary>Whether it can be presented as it is.</summary>
    public bool IsReady => Wrong == 0 && Good + Warned > 0;
}

/// <summary>The form on which a register is presented.</summary>
public sealed record PresentSheet(Guid Key, IReadOnlyList<Choice> Units, IReadOnlyList<Choice> Places)
{
    /// <summary>What was chosen, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What the file states; null before one was sent.</summary>
    public RegisterPreview? Preview { get; init; }

    /// <summary>What was chosen in a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>A register in the list.</summary>
public sealed record RegisterRow(Guid Id, string File, string Unit, string By, DateTimeOffset At, int Lines, string Stage, Tone Tone);

/// <summary>A register that was presented, with what waits for whoever looks at it.</summary>
public sealed record RegisterSheet(
    Guid Id, string File, string Stage, Tone Tone, IReadOnlyList<Probity.Shared.Kit.SummaryItem> Facts, IReadOnlyList<RegisterSum> Sums, IReadOnlyList<RegisterLine> Lines,
    IReadOnlyList<(string Href, string Text)> Exhibits, int Total, bool MayAnswer, string? WhyNot, string? Done)
{
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}
