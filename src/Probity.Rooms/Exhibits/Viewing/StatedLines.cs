using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Viewing;

/// <summary>What a register states of an exhibit, in words that never make it look as if it had been recorded when it happened.</summary>
internal static class StatedLines
{
    /// <param name="origin">Where it was taken over from.</param>
    /// <param name="seesCase">Whether the reader sees its case: where it was found belongs to that.</param>
    /// <param name="when">How days are written.</param>
    public static IEnumerable<SummaryItem> Of(RegisterOrigin origin, bool seesCase, When when)
    {
        var stated = origin.Stated;
        yield return new(ExhibitsText.Of("takeover.source"), ExhibitWords.Say("takeover.source-of", stated.Number, stated.Line, origin.Taken.Sha256[..12]));
        yield return new(ExhibitsText.Of("takeover.stated-day"), stated.SeizedOn is { } day ? when.Day(day) : ExhibitsText.Of("takeover.unknown"));
        if (stated.Mass is { } mass) yield return new(ExhibitsText.Of("takeover.stated-mass"), ExhibitWords.Of(mass));
        if (!seesCase) yield break;
        if (stated.CaseNumber is { } number) yield return new(ExhibitsText.Of("takeover.stated-case"), number);
        var place = string.Join(", ", new[] { stated.Place is { } where ? ExhibitWords.Of(where) : null, stated.City, stated.Region, stated.Country is { } country ? CountryCodes.NameOf(country) : null, stated.Note }.Where(t => t is not null));
        if (place.Length > 0) yield return new(ExhibitsText.Of("takeover.stated-place"), place);
        if (stated.Transport is { } transport) yield return new(ExhibitsText.Of("takeover.stated-transport"), ExhibitWords.Of(transport));
    }

    /// <summary>How much it is, as stated; a dash where the register does not say.</summary>
    public static string AmountOf(StatedExhibit stated) => AmountOf(stated.Mass, stated.Quantity);

    public static string AmountOf(Grams? mass, Quantity? quantity) => mass is { } grams ? ExhibitWords.Of(grams)
        : quantity is { } counted ? $"{Figures.Short(counted.Amount, 4)} {counted.Unit}" : "–";
}
