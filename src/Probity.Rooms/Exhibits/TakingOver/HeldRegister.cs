using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;

namespace Probity.Exhibits.TakingOver;

/// <summary>A line of a register held against the record.</summary>
/// <param name="Stated">What it states.</param>
/// <param name="Case">The case that it is of, or joins; null where there is none.</param>
/// <param name="Location">The place where it lies; null where there is none.</param>
/// <param name="IsPassedOver">Whether it was taken over before and is left out.</param>
/// <param name="Notes">All that there is to say of it.</param>
internal sealed record HeldLine(StatedLine Stated, Guid? Case, Guid? Location, bool IsPassedOver, IReadOnlyList<LineNote> Notes)
{
    public bool IsWrong => Notes.Any(n => n.IsWrong);

    /// <summary>The line as it is recorded; only of one that is not wrong.</summary>
    /// <param name="noSeal">What is written where the register names no seal.</param>
    /// <param name="opens">The case that is opened: what joins it keeps the number that the register has.</param>
    public StatedExhibit ToExhibit(string noSeal, Guid opens) => new(
        Stated.Line, Stated.Number, Stated.Kind!.Value, Stated.Substance, Stated.Description,
        [.. Stated.Seals.Select((seal, i) => new SealedPackage(i + 1, seal.Length > 0 ? seal : noSeal))], Location!.Value)
    {
        CaseNumber = Case == opens ? Stated.Case : null, SeizedOn = Stated.SeizedOn, Mass = Stated.Mass, Quantity = Stated.Quantity, Country = Stated.Country, Region = Stated.Region,
        City = Stated.City, Place = Stated.Place, Transport = Stated.Transport, Note = Stated.Note,
    };
}

/// <summary>A register held against the record: what is wrong with each line, and what would be taken over. Pure.</summary>
internal sealed record HeldRegister(StatedRegister Read, IReadOnlyList<HeldLine> Lines)
{
    public int Wrong => Lines.Count(l => l.IsWrong);

    public int PassedOver => Lines.Count(l => l.IsPassedOver && !l.IsWrong);

    /// <summary>Lines that can be taken over and of which something is to be known.</summary>
    public int Warned => Lines.Count(l => !l.IsWrong && !l.IsPassedOver && l.Notes.Count > 0);

    public int Good => Lines.Count - Wrong - Warned - PassedOver;

    public IEnumerable<HeldLine> TakenOver => Lines.Where(l => !l.IsWrong && !l.IsPassedOver);

    /// <param name="read">What the file states.</param>
    /// <param name="facts">What the record says.</param>
    /// <param name="choices">How it is to be read.</param>
    /// <param name="opens">The id of the case that may be opened.</param>
    public static HeldRegister Of(StatedRegister read, PresentingFacts facts, RegisterChoices choices, Guid opens)
    {
        var places = facts.Store.Locations.Values.Where(l => l.Unit == facts.Unit).ToDictionary(l => PlainName.Of(l.Name), l => l.Id);
        return new HeldRegister(read, [.. read.Lines.Select(line => Hold(line, facts, choices, opens, places))]);
    }

    static HeldLine Hold(StatedLine line, PresentingFacts facts, RegisterChoices choices, Guid opens, Dictionary<string, Guid> places)
    {
        if (line.IsTotal) return new HeldLine(line, null, null, true, line.Notes);
        var notes = new List<LineNote>();
        var known = line.Number.Length > 0 ? facts.Known.GetValueOrDefault(ReadRegister.KeyOf(line.Number)) : null;
        if (known is not null)
        {
            string[] words = [line.Number, known.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), known.At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)];
            // What is left out need not be right.
            if (choices.PassesOver) return new HeldLine(line, null, null, true, [new LineNote("number-passed", RegisterColumn.Number, false, words)]);
            notes.Add(new LineNote("number-known", RegisterColumn.Number, true, words));
        }

        notes.AddRange(OnRecord(line, facts));
        notes.AddRange(line.Notes);
        return new HeldLine(line, CaseOf(line, facts, choices, opens, notes), LocationOf(line, facts, choices, places, notes), false, notes);
    }

    /// <summary>What a line names of an exhibit: its number and its seals.</summary>
    public static IEnumerable<Guid> MarksOf(StatedLine line) =>
        line.Seals.Where(s => s.Length > 0).Select(MarkRow.OfSeal).Concat(line.Number.Length > 0 ? [MarkRow.OfNumber(line.Number)] : []);

    // One that has the number and a seal is the same thing, and on the record once. One of the two may be chance, or a mistake: the second person sees that it was said.
    // Of another unit's no more is told than that there is one.
    static IEnumerable<LineNote> OnRecord(StatedLine line, PresentingFacts facts)
    {
        foreach (var known in facts.OnRecord)
        {
            var number = line.Number.Length > 0 && known.Marks.Contains(MarkRow.OfNumber(line.Number)) && ReadRegister.KeyOf(known.Number) == ReadRegister.KeyOf(line.Number);
            var seal = line.Seals.FirstOrDefault(s => s.Length > 0 && known.Marks.Contains(MarkRow.OfSeal(s)));
            if (number && seal is not null) yield return new LineNote("exhibit-same", RegisterColumn.Number, true, line.Number, seal);
            else if (number) yield return new LineNote("exhibit-number", RegisterColumn.Number, false, line.Number);
            else if (seal is not null) yield return known.Unit == facts.Unit ? new LineNote("exhibit-seal", RegisterColumn.Seals, false, seal, known.Number) : new LineNote("exhibit-seal-elsewhere", RegisterColumn.Seals, false, seal);
        }
    }

    static Guid? CaseOf(StatedLine line, PresentingFacts facts, RegisterChoices choices, Guid opens, List<LineNote> notes)
    {
        // A case that the presenter may not see is none, as far as they may know.
        var standing = line.Case is null ? null : facts.Cases.GetValueOrDefault(line.Case);
        if (standing is { Case: { Exists: true, Erased: false }, Sees: true, Bar: null } && standing.Unit == facts.Unit)
        {
            if (!standing.Case.Closed) return standing.Case.Id;
            notes.Add(new LineNote("case-closed", RegisterColumn.Case, true, line.Case!));
            return null;
        }

        if (choices.OpensCase)
        {
            if (line.Case is not null) notes.Add(new LineNote("case-joins", RegisterColumn.Case, false, line.Case));
            return opens;
        }

        notes.Add(line.Case is null ? new LineNote("case-missing", RegisterColumn.Case, true) : new LineNote("case-unknown", RegisterColumn.Case, true, line.Case));
        return null;
    }

    static Guid? LocationOf(StatedLine line, PresentingFacts facts, RegisterChoices choices, Dictionary<string, Guid> places, List<LineNote> notes)
    {
        if (line.Storage is null && choices.Location is { } chosen && places.ContainsValue(chosen)) return chosen;
        if (line.Storage is { } written && places.TryGetValue(PlainName.Of(written), out var place)) return place;
        notes.Add(line.Storage is null
            ? new LineNote("storage-missing", RegisterColumn.Storage, true)
            : new LineNote("storage-unknown", RegisterColumn.Storage, true, line.Storage, string.Join(", ", facts.Store.Locations.Values.Where(l => l.Unit == facts.Unit).Select(l => l.Name).Order(StringComparer.CurrentCulture))));
        return null;
    }
}
