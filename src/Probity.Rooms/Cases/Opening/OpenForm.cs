using Probity.Shared;

namespace Probity.Cases.Opening;

/// <summary>The form that opens a case; <paramref name="CaseId"/> is given before it is sent, so that sending it twice opens one case.</summary>
public sealed record OpenForm(Guid CaseId)
{
    /// <summary>The units in which the reader opens cases.</summary>
    public IReadOnlyList<Choice> Units { get; init; } = [];

    /// <summary>The offences.</summary>
    public IReadOnlyList<Choice> Offences { get; init; } = [];

    /// <summary>What somebody can be to a case.</summary>
    public IReadOnlyList<Choice> Roles { get; init; } = [];

    /// <summary>The staff, for a party who is one of them.</summary>
    public IReadOnlyList<Choice> Staff { get; init; } = [];

    /// <summary>For how many people there is room.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal: the role.</summary>
    public string? TurnToRole { get; init; }

    /// <summary>The names of those to turn to.</summary>
    public string? TurnToNames { get; init; }

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}
