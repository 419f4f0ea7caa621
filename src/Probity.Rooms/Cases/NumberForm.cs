using Microsoft.AspNetCore.Http;
using Probity.Shared;

namespace Probity.Cases;

/// <summary>A form about the case of a number that somebody types: what was typed and what was refused.</summary>
public sealed record NumberForm
{
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);

    internal static NumberForm From(IFormCollection typed) =>
        new() { Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) };
}
