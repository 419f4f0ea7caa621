using System.Globalization;

namespace Probity.Lens.Reports;

/// <summary>
/// What people are called in one report, or in several that are to agree: P-001, P-002 in the order in which the report comes to speak of them, which says
/// nothing of who they are; or their names, where that is asked for.
/// </summary>
/// <param name="names">Their names, by number.</param>
/// <param name="named">Whether they go by them.</param>
public sealed class ShownPeople(IReadOnlyList<string> names, bool named)
{
    readonly Dictionary<int, string> _numbers = [];

    /// <summary>What a person is called, by their number in the log's resources.</summary>
    public string Of(int person)
    {
        if (named) return names[person];
        lock (_numbers)
        {
            if (!_numbers.TryGetValue(person, out var shown)) _numbers[person] = shown = string.Create(CultureInfo.InvariantCulture, $"P-{_numbers.Count + 1:000}");
            return shown;
        }
    }
}
