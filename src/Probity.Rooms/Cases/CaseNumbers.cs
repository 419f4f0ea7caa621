using System.Globalization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>From a case's public number to the case, on the record itself: a unit's numbers of a year are one stream.</summary>
internal sealed class CaseNumbers(TransparencyLog log)
{
    /// <summary>The longest number that is read: a unit's code, a year, and a place.</summary>
    public const int MaxLength = 40;

    /// <summary>The stream in which a unit gives the numbers of a year.</summary>
    public static StreamId StreamOf(Guid unit, int year) =>
        new(Streams.Derive(unit, string.Create(CultureInfo.InvariantCulture, $"case numbers {year}")));

    /// <summary>A number as it is kept: without blanks at its ends, in capitals.</summary>
    public static string Tidy(string typed) => typed.Trim().ToUpperInvariant();

    /// <summary>
    /// The case of a number; where there is none, an id that no case has, so that whoever asks goes the same way either way.
    /// </summary>
    public async ValueTask<Guid> FindAsync(string typed, Register register, CancellationToken cancel)
    {
        var number = Tidy(typed);
        var nothing = Streams.Derive(log.Id, "no case " + (number.Length <= MaxLength ? number : ""));
        if (number.Length > MaxLength || number.Split('-') is not [.. var code, { Length: 4 } year, { Length: >= 4 and <= 9 } place]) return nothing;
        if (!int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var inYear)
            || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at < 1) return nothing;
        var unit = register.Units.Values.FirstOrDefault(u => string.Equals(u.Code, string.Join('-', code), StringComparison.OrdinalIgnoreCase));
        if (unit is null) return nothing;
        var entries = await log.ReadStreamAsync(StreamOf(unit.Id, inYear), at - 1, 1, cancel);
        return entries.Count > 0 && EventTypes.Read(entries[0]).Event is NumberTaken taken ? taken.Case : nothing;
    }
}
