using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Interdiction.Viewing;

/// <summary>All that a target's page shows.</summary>
/// <param name="Path">The page's address.</param>
/// <param name="Number">The target's number.</param>
/// <param name="Version">The version that forms are made from.</param>
/// <param name="Kind">What it is, and its reference.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Tone">The colour of that.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Timeline">What happened.</param>
public sealed record TargetSheet(
    string Path, string Number, long Version, string Kind, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<TimelineItem> Timeline)
{
    /// <summary>What is open: a second person, a signature, a signature that is late.</summary>
    public IReadOnlyList<(string Text, Tone Tone)> Marks { get; init; } = [];

    /// <summary>What waits, in a sentence.</summary>
    public string? Waiting { get; init; }

    /// <summary>What keeps the reader from deciding, as a text's key: something that they declared, or what they have to see to first.</summary>
    public string? KeptOut { get; init; }

    /// <summary>Whether the reader may select it.</summary>
    public bool MaySelect { get; init; }

    /// <summary>Whether the reader may let it pass.</summary>
    public bool MayPass { get; init; }

    /// <summary>Whether the reader may record an examination.</summary>
    public bool MayInspect { get; init; }

    /// <summary>Whether it was examined already: a further examination is then not the first thing to offer.</summary>
    public bool Examined { get; init; }

    /// <summary>Whether the reader may release it.</summary>
    public bool MayRelease { get; init; }

    /// <summary>Whether the reader is the second person.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>Whether the reader may sign for the second person.</summary>
    public bool MayCountersign { get; init; }

    /// <summary>Which decision of the reader would go against the risk, said in a sentence; null where it would not.</summary>
    public string? Against { get; init; }

    /// <summary>Whether it waits for a second person in any case.</summary>
    public bool NeverAlone { get; init; }

    /// <summary>The reader asked already and may go ahead alone.</summary>
    public bool Asked { get; init; }

    /// <summary>Who may sign for the second person.</summary>
    public IReadOnlyList<Choice> StandIns { get; init; } = [];

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}
