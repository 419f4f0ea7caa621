using System.CommandLine;
using System.Globalization;
using Probity.Exhibits.TakingOver;
using Probity.Lens;
using Probity.Shared;

namespace Probity.Cli.Verbs;

/// <summary>
/// <c>probity import register FILE --check</c>: what the file of a register states, line by line, before it is presented. It is presented by a custodian
/// who is signed in, on the page: a verb is nobody, and nobody presents nothing.
/// </summary>
internal static class ImportVerb
{
    const int Told = 50;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The register: CSV in UTF-8, or XLSX; up to 5 MB and 4,500 lines." };
        var check = new Option<bool>("--check") { Description = "Say what is wrong, and write nothing." };
        var sheet = new Option<string?>("--sheet") { Description = "A workbook's sheet.", HelpName = "NAME" };
        var days = new Option<string?>("--days") { Description = "In dates such as 03/04/2019: day-first or month-first (default: tell).", HelpName = "ORDER" };
        var decimals = new Option<string?>("--decimals") { Description = "In numbers such as 1.234: what stands before decimals, comma or point (default: tell).", HelpName = "SIGN" };
        var unit = new Option<string?>("--unit") { Description = "The unit of numbers without one: g, kg or mg (default: tell).", HelpName = "UNIT" };
        var language = new Option<string>("--lang") { Description = "The language of what is said: en, es or pt.", HelpName = "LANGUAGE", DefaultValueFactory = _ => "en" };
        var list = new Option<string?>("--list") { Description = "Write all that is said as CSV for a spreadsheet program.", HelpName = "FILE" };
        var json = new Option<string?>("--json") { Description = "Write it as JSON to a file, or to standard output for '-'.", HelpName = "FILE|-" };
        var register = new Command("register", "Looks at a register of exhibits that was kept before this record. Exit code 1: a line is wrong.") { file, check, sheet, days, decimals, unit, language, list, json };
        register.SetAction((call, cancel) => Task.Run(() => Run(
            call.GetValue(file)!, call.GetValue(check), new RegisterChoices
            {
                Sheet = call.GetValue(sheet), Days = Choose(call.GetValue(days), "--days", ("day-first", DayOrder.DayFirst), ("month-first", DayOrder.MonthFirst)),
                Decimals = Choose(call.GetValue(decimals), "--decimals", ("comma", DecimalSign.Comma), ("point", DecimalSign.Point)),
                Unit = Choose(call.GetValue(unit), "--unit", ("g", "g"), ("kg", "kg"), ("mg", "mg")),
            }, call.GetValue(language)!, call.GetValue(list), call.GetValue(json), cancel), cancel));
        return new Command("import", "Looks at what is to be taken over from elsewhere.") { register };
    }

    static int Run(string file, bool check, RegisterChoices choices, string language, string? list, string? json, CancellationToken cancel)
    {
        if (!check) throw new BadInputException("A register is presented by a custodian who is signed in, at /exhibits/registers/new, and countersigned by somebody else; with --check it is only looked at.");
        if (Languages.All.All(l => l.Code != language)) throw new BadInputException($"--lang takes {string.Join(", ", Languages.All.Select(l => l.Code))}.");
        WholeFile.Check(list, file);
        WholeFile.Check(json, file);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        var read = Read(file, choices, cancel);
        if (list is not null) WholeFile.Write(list, to => to.Write(RegisterWords.List(read.Lines.Select(l => (l, l.Notes)))));
        var answer = CheckedRegister.Of(read);
        if (json is not null) JsonOutput.Write(json, answer);
        if (json != "-") Print(Console.Out, file, read, answer);
        return answer.Wrong > 0 || read.Broken is not null || read.IsTooLong || answer.Lines == 0 ? ExitCodes.Found : ExitCodes.Fine;
    }

    static StatedRegister Read(string file, RegisterChoices choices, CancellationToken cancel)
    {
        if (Directory.Exists(file)) throw new BadInputException($"{file}: a folder, not a register; name one file.");
        if (!File.Exists(file)) throw new BadInputException($"{file}: no such file; check the path.");
        using var stream = File.OpenRead(file);
        if (stream.Length > ReadRegister.MaxBytes) throw new BadInputException($"{file}: more than {ReadRegister.MaxBytes >> 20} MB; split it.");
        return ReadRegister.Read(stream, file, choices, DateOnly.FromDateTime(DateTime.UtcNow), cancel);
    }

    static void Print(TextWriter to, string file, StatedRegister read, CheckedRegister answer)
    {
        to.WriteLine($"{PlainText.OneLine(file)}: {Said.Count(answer.Lines, "line")}: {answer.Good} fine, {answer.Warned} to know something of, {answer.Wrong} wrong.");
        to.WriteLine($"  Line {read.HeaderLine} names the columns.");
        if (answer.UnknownColumns.Count > 0) to.WriteLine($"  Not known, and left out: {string.Join(", ", answer.UnknownColumns.Select(PlainText.OneLine))}. On the page one says what they hold.");
        foreach (var said in answer.Said.OrderByDescending(s => s.Wrong).Take(Told))
            to.WriteLine($"  {(said.Wrong ? "WRONG" : "     ")}  line {said.Line}: {PlainText.OneLine(said.Text)}");
        if (answer.Said.Count > Told) to.WriteLine($"  … and {answer.Said.Count - Told} more: --list FILE has all.");
        if (read.Broken is { } broken) to.WriteLine($"  WRONG  {PlainText.OneLine(broken)}");
        if (read.IsTooLong) to.WriteLine($"  WRONG  more than {ReadRegister.MaxLines} lines; split the file.");
        to.WriteLine("Cases, places of the store and numbers that were taken over before are looked at when it is presented.");
    }

    static T? Choose<T>(string? given, string option, params (string Word, T Value)[] known) =>
        given is null ? default : Array.Find(known, k => k.Word == given) is { Word: not null } found ? found.Value
        : throw new BadInputException($"{option} takes {string.Join(" or ", known.Select(k => k.Word))}.");

    /// <summary>Something about a line.</summary>
    internal sealed record LineSaid(int Line, string Number, string? Column, string Code, bool Wrong, string Text);

    /// <summary>What a register states by itself.</summary>
    internal sealed record CheckedRegister(int Lines, int Good, int Warned, int Wrong, string? Broken, bool TooLong, int HeaderLine, IReadOnlyList<string> UnknownColumns, IReadOnlyList<LineSaid> Said)
    {
        public static CheckedRegister Of(StatedRegister read)
        {
            var wrong = read.Lines.Count(l => l.IsWrong);
            var good = read.Lines.Count(l => l.Notes.Count == 0);
            return new(read.Lines.Count, good, read.Lines.Count - good - wrong, wrong, read.Broken, read.IsTooLong, read.HeaderLine, read.Unknown,
                [.. read.Lines.SelectMany(l => l.Notes.Select(n => new LineSaid(
                    l.Line, l.Number, n.Column is { } column ? RegisterTemplate.Key(column) : null, n.Code, n.IsWrong, RegisterWords.Of(n))))]);
        }
    }
}
