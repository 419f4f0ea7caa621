using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Lens;
using Probity.Lens.Logs;
using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>Reads the file of a register, line by line, into what it states and what is wrong with it. It knows nothing of the record.</summary>
internal sealed class ReadRegister
{
    /// <summary>Bytes of a file.</summary>
    public const int MaxBytes = 5 << 20;

    /// <summary>
    /// Lines of a file: an exhibit, and its place in its case's list, are an entry each, and an append takes 10,000 of them.
    /// </summary>
    public const int MaxLines = 4_500;

    /// <summary>Packages of all lines together.</summary>
    public const int MaxPackages = 50_000;

    const int LongestNumber = 40;
    const long Unpacked = 128L << 20;

    readonly RegisterChoices _choices;
    readonly DateOnly _today;
    readonly TableFile _table;
    readonly IReadOnlyDictionary<RegisterColumn, int> _held;
    readonly string? _unit;
    readonly Dictionary<string, int> _numbers = [];
    List<LineNote> _notes = [];
    int _packages;

    ReadRegister(TableFile table, RegisterChoices choices, DateOnly today)
    {
        (_table, _choices, _today) = (table, choices, today);
        _held = choices.Columns?.Where(c => c.Value >= 0 && c.Value < table.Columns.Count).ToDictionary() ?? RegisterColumns.Guess(table.Columns);
        _unit = choices.Unit ?? (_held.TryGetValue(RegisterColumn.Amount, out var amount) ? RegisterColumns.UnitIn(table.Columns[amount]) : null);
    }

    /// <summary>Reads a file, which stays open.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="choices">How it is to be read.</param>
    /// <param name="today">The day, in the agency's time: nothing was seized after it.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="BadInputException">It is no table.</exception>
    public static StatedRegister Read(Stream file, string name, RegisterChoices choices, DateOnly today, CancellationToken cancel)
    {
        using var table = TableFile.Open(file, name, RegisterColumns.IsName, choices.Sheet, Unpacked, cancel);
        return new ReadRegister(table, choices, today).Read(cancel);
    }

    StatedRegister Read(CancellationToken cancel)
    {
        var lines = new List<StatedLine>();
        var register = new StatedRegister(_table.Columns, _held, _table.Sheets, _table.Sheet, lines) { HeaderLine = (int)Math.Min(_table.HeaderLine, int.MaxValue) };
        try
        {
            while (_table.Read())
            {
                cancel.ThrowIfCancellationRequested();
                if (lines.Count == MaxLines) return register with { IsTooLong = true };
                lines.Add(ReadLine());
            }
        }
        catch (BadInputException fault)
        {
            return register with { Broken = fault.Message };
        }

        return register;
    }

    StatedLine ReadLine()
    {
        _notes = [];
        if (TotalIn() is { } total) return new StatedLine((int)Math.Min(_table.Line, int.MaxValue)) { IsTotal = true, Notes = [new LineNote("looks-total", null, false, total)] };
        if (_table.Form == LogForm.Csv && _table.Count != _table.Columns.Count && _table.Columns.Count < TableFile.MostColumns)
            Wrong("ragged", null, Words(_table.Count), Words(_table.Columns.Count));
        var line = new StatedLine((int)Math.Min(_table.Line, int.MaxValue));
        var (kind, substance, written) = What();
        var (mass, quantity) = Amount();
        var notes = new List<string>();
        var place = Coded(RegisterColumn.Place, StatedWords.ToPlace, notes);
        var transport = Coded(RegisterColumn.Transport, StatedWords.ToTransport, notes);
        line = line with
        {
            Number = Number(line.Line), Case = Text(RegisterColumn.Case, LongestNumber), SeizedOn = Day(), Kind = kind, Substance = substance, Description = Description(written),
            Mass = mass, Quantity = quantity, Seals = Seals(kind), Storage = Text(RegisterColumn.Storage, ExhibitTexts.MaxLine), Country = Country(),
            Region = Text(RegisterColumn.Region, ExhibitTexts.MaxLine), City = Text(RegisterColumn.City, ExhibitTexts.MaxLine), Place = place, Transport = transport,
            Note = notes.Count == 0 ? null : string.Join("; ", notes),
        };
        return line with { Notes = _notes };
    }

    /// <summary>
    /// What says that a line is a sum and no exhibit; null where nothing does. It has a word for it where an exhibit has its number, or no number at all, and neither
    /// a day nor a seal: what has one of these is a thing.
    /// </summary>
    string? TotalIn()
    {
        var said = Enumerable.Range(0, _table.Columns.Count).Select(at => _table[at]).FirstOrDefault(f => f.Kind == FieldKind.Text && RegisterColumns.IsTotal(f.Text));
        if (said.Kind != FieldKind.Text) return null;
        var number = Written(RegisterColumn.Number);
        return (number is null || RegisterColumns.IsTotal(number)) && Written(RegisterColumn.SeizedOn) is null && Written(RegisterColumn.Seals) is null ? said.Text : null;

        string? Written(RegisterColumn column) => _held.TryGetValue(column, out var at) && _table[at] is { Kind: not FieldKind.Empty, Text: var text } ? text : null;
    }

    string Number(int line)
    {
        if (Text(RegisterColumn.Number, LongestNumber) is not { } number)
        {
            Wrong("number-missing", RegisterColumn.Number);
            return "";
        }

        if (!_numbers.TryAdd(KeyOf(number), line)) Wrong("number-twice", RegisterColumn.Number, number, Words(_numbers[KeyOf(number)]));
        return number;
    }

    /// <summary>A number as two people would read it alike.</summary>
    public static string KeyOf(string number) => PlainName.Of(number).Replace(" ", "", StringComparison.Ordinal);

    DateOnly? Day()
    {
        if (Field(RegisterColumn.SeizedOn) is not { Kind: not FieldKind.Empty } field)
        {
            Note("date-missing", RegisterColumn.SeizedOn);
            return null;
        }

        var reading = StatedDay.Read(field.Text, _choices.Days, out var day, out var other);
        if (field.Kind == FieldKind.Number || reading == DayReading.Unclear) return Refuse("date-unclear", RegisterColumn.SeizedOn, field.Text);
        if (reading == DayReading.Either) return Refuse("date-either", RegisterColumn.SeizedOn, field.Text, Iso(day), Iso(other));
        if (day > _today) return Refuse("date-future", RegisterColumn.SeizedOn, Iso(day));
        return day.Year < 1900 ? Refuse("date-early", RegisterColumn.SeizedOn, Iso(day)) : day;
    }

    (ExhibitKind? Kind, string? Substance, string? Written) What()
    {
        var said = Text(RegisterColumn.Kind, ExhibitTexts.MaxLine);
        var written = Text(RegisterColumn.Substance, ExhibitTexts.MaxLine);
        ExhibitKind? kind = said is null ? null : StatedWords.ToKind(said);
        // A column of kinds often says the substance itself.
        if (said is not null && kind is null && written is null && StatedWords.ToSubstance(said) is not null) (said, written) = (null, said);
        // And a column of substances the kind of what is none.
        if (said is null && written is not null && StatedWords.ToSubstance(written) is null && StatedWords.ToKind(written) is { } other) (said, written, kind) = (written, null, other);
        if (said is not null && kind is null) Wrong("kind-unknown", RegisterColumn.Kind, said);
        var found = written is null ? null : StatedWords.ToSubstance(written);
        if (written is not null && found is null) Wrong("substance-unknown", RegisterColumn.Substance, written);
        if (found is { IsGeneral: true } general) Note("substance-general", RegisterColumn.Substance, written!, ExhibitsText.Of(Substances.TextKey(general.Code)));
        if (said is null && found is { } known) kind = known.Code.StartsWith("precursor-", StringComparison.Ordinal) ? ExhibitKind.Precursor : ExhibitKind.Drug;
        if (said is null && written is null) Wrong("kind-missing", RegisterColumn.Kind);
        var isSubstance = kind is ExhibitKind.Drug or ExhibitKind.Precursor;
        if (isSubstance && written is null) Wrong("substance-missing", RegisterColumn.Substance);
        if (kind is not null && !isSubstance && found is not null) Wrong("substance-none", RegisterColumn.Substance, written!, said!);
        return (kind, isSubstance ? found?.Code : null, written ?? said);
    }

    string Description(string? otherwise)
    {
        var text = Text(RegisterColumn.Description, ExhibitTexts.MaxDescription, lines: true) ?? otherwise;
        if (text is not null && WrittenText.SaysSomething(text)) return text;
        if (!_notes.Any(n => n.Column == RegisterColumn.Description)) Wrong("description-missing", RegisterColumn.Description);
        return "";
    }

    (Grams? Mass, Quantity? Quantity) Amount()
    {
        if (Field(RegisterColumn.Amount) is not { Kind: not FieldKind.Empty } field)
        {
            Note("amount-missing", RegisterColumn.Amount);
            return default;
        }

        var (number, own) = field.Kind == FieldKind.Number ? (field.Text, null) : StatedAmount.Split(field.Text);
        var reading = StatedAmount.Read(number, field.Kind == FieldKind.Number, _choices.Decimals, out var value, out var other);
        if (reading == AmountReading.Unclear || field.Kind == FieldKind.Date) return Unreadable("amount-unclear", field.Text);
        if (reading == AmountReading.Either) return Unreadable("amount-either", field.Text, Words(value), Words(other));
        if (reading == AmountReading.Grouped) Note("amount-read", RegisterColumn.Amount, field.Text, Words(value));
        if ((own ?? Text(RegisterColumn.Unit, ExhibitTexts.MaxLine) ?? _unit) is not { } unit) return Unreadable("unit-missing", field.Text);
        if (StatedAmount.InGrams(unit) is { } factor)
            return StatedAmount.ToGrams(value, factor) is { } grams ? (grams, null) : Unreadable("amount-fine", field.Text);
        return StatedAmount.CountedIn(unit) is { } counted ? (null, new Quantity(value, counted)) : Unreadable("unit-unknown", unit);

        (Grams?, Quantity?) Unreadable(string code, params string[] words)
        {
            Wrong(code, RegisterColumn.Amount, words);
            return default;
        }
    }

    string[] Seals(ExhibitKind? kind)
    {
        var written = Text(RegisterColumn.Seals, TableFile.LongestField, lines: true);
        string[] seals = written?.Split([';', '\n', '\r', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var count = seals.Length;
        if (Text(RegisterColumn.Packages, ExhibitTexts.MaxLine) is { } packages)
        {
            if (!int.TryParse(packages, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is 0 or > ExhibitTexts.MaxPackages)
            {
                Wrong("packages-unclear", RegisterColumn.Packages, packages, Words(ExhibitTexts.MaxPackages));
                return [];
            }

            if (seals.Length > 0 && count != seals.Length) Wrong("packages-differ", RegisterColumn.Packages, packages, Words(seals.Length));
        }

        if (seals.FirstOrDefault(s => s.Length > ExhibitTexts.MaxSeal || !WrittenText.SaysSomething(s)) is { } unfit) Wrong("seal-unclear", RegisterColumn.Seals, unfit);
        if (seals.GroupBy(ExhibitTexts.SealAsRead).FirstOrDefault(g => g.Count() > 1) is { } twice) Wrong("seal-twice", RegisterColumn.Seals, twice.First());
        // What can be poured is packed, whether or not the register says how.
        if (count == 0 && kind is ExhibitKind.Drug or ExhibitKind.Precursor) count = 1;
        if (seals.Length == 0 && count > 0) Note("seal-missing", RegisterColumn.Seals);
        if ((_packages += count) <= MaxPackages) return seals.Length > 0 ? seals : [.. Enumerable.Repeat("", count)];
        Wrong("packages-many", RegisterColumn.Packages, Words(MaxPackages));
        return [];
    }

    string? Country()
    {
        if (Text(RegisterColumn.Country, ExhibitTexts.MaxLine) is not { } written) return null;
        if (CountryCodes.Find(written) is { } code) return code;
        Wrong("country-unknown", RegisterColumn.Country, written);
        return null;
    }

    T? Coded<T>(RegisterColumn column, Func<string, T?> find, List<string> kept) where T : struct
    {
        if (Text(column, ExhibitTexts.MaxLine) is not { } written) return null;
        if (find(written) is { } known) return known;
        Note("word-kept", column, written);
        kept.Add(written);
        return null;
    }

    TableField? Field(RegisterColumn column)
    {
        if (!_held.TryGetValue(column, out var at)) return null;
        var field = _table[at];
        if (field.Kind is not (FieldKind.Damaged or FieldKind.TooLong)) return field;
        Wrong(field.Kind == FieldKind.Damaged ? "damaged" : "too-long", column, Words(TableFile.LongestField));
        return null;
    }

    string? Text(RegisterColumn column, int most, bool lines = false)
    {
        if (Field(column) is not { Kind: not FieldKind.Empty } field) return null;
        if (field.Text.Length > most) Wrong("too-long", column, Words(most));
        else if (!WrittenText.IsPlain(field.Text, lines)) Wrong("unseen", column);
        else return field.Text;
        return null;
    }

    DateOnly? Refuse(string code, RegisterColumn column, params string[] words)
    {
        Wrong(code, column, words);
        return null;
    }

    void Wrong(string code, RegisterColumn? column, params string[] words) => _notes.Add(new LineNote(code, column, true, words));

    void Note(string code, RegisterColumn column, params string[] words) => _notes.Add(new LineNote(code, column, false, words));

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Words(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
