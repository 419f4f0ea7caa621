using System.Text;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Procedures.Tables;
using Probity.Lens.Rules;
using Probity.Lens.Tests.Logs;
using Probity.Lens.Tests.Logs.Sheets;
using static Probity.Lens.Tests.Procedures.Tables.Tables;

namespace Probity.Lens.Tests.Procedures.Tables;

/// <summary>From a table to what is found in a log.</summary>
public class TableCheckTests
{
    static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Probity.slnx"))) folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "procedure-tables.md"));
    }

    static List<string> Found(PetriNet net, RuleFile? rules, string csv)
    {
        var log = LogFiles.Read(csv, new LogReaderOptions { EventAttributes = rules?.EventAttributes ?? [] });
        var stop = TestContext.Current.CancellationToken;
        var deviations = ConformanceCheck.Run(log, net, cancellation: stop).GroupDeviations(log).Select(g => $"{g.Kind} {g.Activity}: {string.Join(' ', g.Examples)}");
        var violations = rules is null ? [] : RuleCheck.Run(log, rules, cancellation: stop).Rules.Where(r => r.Violations.Count > 0)
            .Select(r => $"{r.Rule.Id}: {string.Join(' ', r.Violations.Select(v => log.Cases[v.Case]))}");
        return [.. deviations.Concat(violations)];
    }

    [Fact]
    public void The_example_of_the_document_finds_what_the_document_says()
    {
        var blocks = Document().Split("```csv\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]).ToList();
        var table = Read(blocks[0], new ProcedureTableOptions { RoleAttribute = "role" });
        Assert.Equal(
            ["Unexpected Store: 2", "evidence: Seize: 2", "who: Weigh: 2", "within: Weigh: 2", "second person: Weigh: 2", "within: Lab test: 2"],
            Found(table.Net, table.RulesWith(), blocks[1]));
        foreach (var id in new[] { "evidence: Seize", "within: Weigh", "who: Weigh", "second person: Weigh", "within: Lab test" })
            Assert.Contains($"`{id}`", Document());
    }

    [Fact]
    public void One_record_of_a_step_for_two_is_a_step_missed()
    {
        var table = Read("step,second person\na,\nb,yes\n");
        Assert.Equal(["Skipped b: 1"], Found(table.Net, table.RulesWith(), "case,activity,time,resource\n1,a,2026-01-01,x\n1,b,2026-01-02,y\n2,a,2026-01-01,x\n2,b,2026-01-02,y\n2,b,2026-01-03,z\n"));
    }

    [Fact]
    public void A_second_person_in_a_column_is_there_and_another_one()
    {
        var table = Read("step,second person\na,\nb,sim\n", new ProcedureTableOptions { SecondPersonAttribute = "witness" });
        Assert.Equal(["second person: b: 2 3"], Found(table.Net, table.RulesWith(),
            "case,activity,time,resource,witness\n1,a,2026-01-01,x,\n1,b,2026-01-02,y,x\n2,a,2026-01-01,x,\n2,b,2026-01-02,y,y\n3,a,2026-01-01,x,\n3,b,2026-01-02,y,\n"));
    }

    [Fact]
    public void A_time_limit_asks_for_a_step_that_has_not_come_only_where_it_has_to()
    {
        // c is due after b; d need not come; e comes after two, the later of which counts.
        var table = Read("step,after,within,optional\na,,,\nb,a,,\nc,b,2 days,\nd,b,1 day,yes\ne,\"a, c\",3 days,\n");
        const string Log = "case,activity,time\n1,a,2026-01-01\n1,b,2026-01-10\n1,c,2026-01-12\n1,e,2026-01-15\n2,a,2026-01-01\n2,b,2026-01-01\n3,a,2026-01-01\n3,b,2026-01-02\n3,d,2026-01-04\n3,c,2026-01-04\n3,e,2026-01-08\n";
        Assert.Equal(["Skipped c: 2", "Skipped e: 2", "within: c: 2", "within: d: 3", "within: e: 3"], Found(table.Net, table.RulesWith(), Log).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_choice_has_the_time_limit_of_the_one_that_was_done()
    {
        var table = Read("step,after,within,instead of\na,,,\nb,a,1 day,\nc,,3 days,b\nd,b,1 day,\n");
        Assert.Equal(["within: b: 2", "within: d: 1"], Found(table.Net, table.RulesWith(),
            "case,activity,time\n1,a,2026-01-01\n1,c,2026-01-04\n1,d,2026-01-06\n2,a,2026-01-01\n2,b,2026-01-03\n2,d,2026-01-04\n3,a,2026-01-01\n3,b,2026-01-02\n3,d,2026-01-03\n"));
    }

    [Fact]
    public void Rules_stand_beside_those_of_a_file_and_ids_are_not_shared()
    {
        var table = Read("step,evidence\na,photo\n");
        static RuleFile File(string id) => RuleFile.Parse(Encoding.UTF8.GetBytes($"rules:\n- {{id: '{id}', kind: init, activation: a}}\n"), "rules.yaml");
        Assert.Equal(["first", "evidence: a"], table.RulesWith(File("first"))!.Rules.Select(r => r.Id));
        Assert.Equal("steps: line 2: a second rule 'evidence: a', in the procedure or in the rule file; give each an id of its own.", Refusal(() => table.RulesWith(File("evidence: a"))));
        Assert.Null(Read("step\na\n").RulesWith());
    }

    [Fact]
    public void Strange_names_are_the_same_in_net_and_rules()
    {
        var name = "We\"igh {a}: 'b' \\ #1 – é€😀 " + new string('x', 90);
        var rows = new[] { new ProcedureRow("first"), new ProcedureRow(name, Who: "A \"b\": c", Within: "1 d", SecondPerson: "yes", Evidence: "the photo; K:x") };
        var rules = ProcedureTable.Of(rows, "typed", new ProcedureTableOptions { RoleAttribute = "org:role" }).RulesWith()!;
        Assert.All(rules.Rules, rule => Assert.Contains(name, rule.Activation.Concat(rule.Target)));
        Assert.Equal(["A \"b\": c"], rules.Rules[0].Values);
        Assert.Equal(["org:role", "the photo", "K:x"], rules.EventAttributes);
        Assert.All(rules.Rules, rule => Assert.True(rule.Id.Length <= 100 && rule.Sentence!.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_alike_in_their_first_part_have_ids_of_their_own()
    {
        var rows = Enumerable.Range(0, 3).Select(i => new ProcedureRow(new string('x', 100) + i, Evidence: "e")).ToList();
        Assert.Equal(3, ProcedureTable.Of(rows, "typed").RulesWith()!.Rules.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public void Typed_rows_name_row_and_column() => Assert.Equal(
        "typed: row 3, column 'after': there is no step 'z'. The steps are: a, b.",
        Refusal(() => ProcedureTable.Of([new ProcedureRow("a"), new ProcedureRow(" "), new ProcedureRow("b", After: "z")], "typed")));

    [Fact]
    public void A_workbook_is_read_and_its_rows_are_named()
    {
        var book = Workbooks.Book([("Notes", "", Workbooks.Inline(["Read me"]), ""), ("Steps", "", Workbooks.Inline(["Our procedure"], ["Paso", "Tras"], ["a", ""], ["b", "a"]), "")]);
        Assert.Equal(["a b"], Language.Of(Read(book).Net, 3));
        Assert.Equal("table", ProcedureReader.Read(new MemoryStream(book), "steps").Kind);
        var bad = Workbooks.Book([("Steps", "", Workbooks.Inline(["step", "after"], ["a", "z"]), "")]);
        Assert.Equal("steps: sheet Steps, row 2, column 'after': there is no step 'z'. The steps are: a.", Refusal(() => Read(bad)));
        Assert.Contains("no sheet is named 'x'", Refusal(() => Read(bad, new ProcedureTableOptions { Sheet = "x" })));
        Assert.Contains("CSV, which has no sheets", Refusal(() => Read("step\na\n", new ProcedureTableOptions { Sheet = "x" })));
    }

    [Fact]
    public void Options_of_tables_are_refused_for_other_procedures() => Assert.Contains(
        "no procedure table", Refusal(() => ProcedureReader.Read(new MemoryStream("<pnml/>"u8.ToArray()), "x", new ProcedureTableOptions { RoleAttribute = "role" })));

    [Theory]
    [InlineData("en", "“b” does not say what it comes after, and is taken to follow the row above: “a”.")]
    [InlineData("es", "“b” no dice después de qué va, y se entiende que sigue a la fila anterior: “a”.")]
    [InlineData("pt", "“b” não diz depois de que vem, e entende-se que segue a linha anterior: “a”.")]
    public void Notes_tell_how_it_was_read(string language, string expected) =>
        Assert.Equal([expected], Read("step,after\na,\nb,\nc,b\n", new ProcedureTableOptions { Language = language }).Notes);

    [Fact]
    public void Notes_tell_of_evidence() =>
        Assert.Contains("The record of “a” holds: photo, bag.", Read("step,evidence\na,\"photo, bag\"\nb,\n").Notes);

    [Fact]
    public void Notes_tell_of_choices_and_what_is_not_checked()
    {
        var notes = Read("step,who,after,second person,optional,instead of,remark\na,x,,,,,\nb,,a,,,,\nc,,,,,b,\nd,,c,yes,,,\ne,,a,,yes,,\n").Notes;
        Assert.Equal(
            [
                "Not read, as a procedure table has no such columns: remark.", "All of these are done, in any order: “b”, “e”.", "Just one of these is done: “b”, “c”.", "Done only where “c” is: “d”.",
                "May be left out: “e”.", "Who does a step is not checked: say which column of the log holds the role (--role).",
                "To be recorded twice, by two different people: “d”. Where the log names the second person in a column, say which (--second).",
            ], notes);
        Assert.Equal(["No row says what it comes after: the steps follow one another in the order of the rows."], Read("step\na\nb\n").Notes);
    }

    [Fact]
    public void Every_sentence_is_there_in_each_language_with_the_same_places()
    {
        var english = TableTexts.Of("en");
        Assert.True(english.Count > 10);
        foreach (var language in RuleSentences.Languages.Skip(1))
        {
            var own = TableTexts.Of(language);
            Assert.Equal(english.Keys.Order(), own.Keys.Order());
            foreach (var (key, text) in english) Assert.Equal(Places(text), Places(own[key]));
        }

        static IEnumerable<string> Places(string text) => System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(m => m.Value).Distinct().Order();
    }
}
