using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Probity.Exhibits.Contract;
using Probity.Exhibits.TakingOver;
using Probity.Lens;
using Probity.Shared;
using Probity.Lens.Tests.Logs.Sheets;
using static Probity.Tests.Exhibits.TakingOver.Registers;

namespace Probity.Tests.Exhibits.TakingOver;

/// <summary>What the file of a register states, and what is wrong with its lines.</summary>
public sealed class ReadRegisterTests
{
    [Fact]
    public void A_line_is_understood_whole()
    {
        var read = Read("""
            Número de evidencia;Expediente;Fecha de incautación;Sustancia;Descripción;Peso (kg);Bultos;Precintos;Bóveda;País;Ciudad;Lugar de incautación;Medio de transporte
            E-7;NAR-2026-0001;30/04/2019;Clorhidrato de cocaína;"Polvo; blanco";12,5;2;P-1; P-2;Vault 1;Perú;Callao;Puerto marítimo o fluvial;Buque o lancha
            """.Replace("P-1; P-2", "\"P-1; P-2\"", StringComparison.Ordinal));
        var line = Assert.Single(read.Lines);
        Assert.Equal("", Said(line.Notes));
        Assert.Equal((2, "E-7", "NAR-2026-0001", new DateOnly(2019, 4, 30)), (line.Line, line.Number, line.Case, line.SeizedOn));
        Assert.Equal((ExhibitKind.Drug, "cocaine-hcl", "Polvo; blanco", "12500.0"), (line.Kind!.Value, line.Substance, line.Description, line.Mass.ToString()));
        Assert.Equal(["P-1", "P-2"], line.Seals);
        Assert.Equal(("Vault 1", "PER", "Callao", SeizurePlace.Harbour, Transport.Vessel), (line.Storage, line.Country, line.City, line.Place, line.Transport));
    }

    [Fact]
    public void The_headers_of_the_table_of_individual_drug_seizures_are_known()
    {
        string[] ids =
        [
            "Seizure Date", "Country/Territory of Seizure", "ISO3", "Subregion", "Administrative Region", "City", "Drug/Substance", "Quantity Seized", "Measurement Unit", "Physical Seizure Location",
            "Trafficking Mode of Transportation", "Source", "Reporting Channel",
        ];
        var held = RegisterColumns.Guess(ids);
        Assert.Equal(
            [(RegisterColumn.SeizedOn, 0), (RegisterColumn.Substance, 6), (RegisterColumn.Amount, 7), (RegisterColumn.Unit, 8), (RegisterColumn.Country, 2), (RegisterColumn.Region, 4), (RegisterColumn.City, 5), (RegisterColumn.Place, 9), (RegisterColumn.Transport, 10)],
            held.OrderBy(h => h.Key).Select(h => (h.Key, h.Value)));
        var line = Assert.Single(Read(string.Join(',', ids) + ",Exhibit\n2019-04-30,Ghana,GHA,,,Tema,\"Cocaine hydrochloride (HCl, powder cocaine)\",3,kg,Seaport/Riverport station/Harbour,Vessel/boat,,,X-1\n").Lines);
        Assert.Equal("seal-missing", Said(line.Notes));
        Assert.Equal(("cocaine-hcl", "3000", SeizurePlace.Harbour, Transport.Vessel, "GHA"), (line.Substance, line.Mass.ToString(), line.Place, line.Transport, line.Country));
    }

    [Theory]
    [InlineData("en"), InlineData("es"), InlineData("pt")]
    public void The_template_is_read_as_it_is_meant_and_its_example_is_never_taken_over_by_mistake(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            foreach (var file in new[] { SpreadsheetText.Csv(RegisterTemplate.Rows()), SpreadsheetText.Workbook(RegisterTemplate.Rows()) })
            {
                var read = Read(file);
                Assert.Equal(Enum.GetValues<RegisterColumn>().Select((c, at) => (c, at)), read.Held.OrderBy(h => h.Key).Select(h => (h.Key, h.Value)));
                var line = Assert.Single(read.Lines);
                Assert.Equal("", Said(line.Notes));
                Assert.Equal(("1012.5", "cocaine-hcl", SeizurePlace.Airport, Transport.Airplane), (line.Mass.ToString(), line.Substance, line.Place, line.Transport));
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // The number and the case, date, substance, description, quantity, unit, seals and place.
    [Theory]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12,g,S-1,V", "")]
    [InlineData(",C,2019-04-30,heroin,Brown,12,g,S-1,V", "!number-missing")]
    [InlineData("A-1,C,03/04/2019,heroin,Brown,12,g,S-1,V", "!date-either")]
    [InlineData("A-1,C,30.4.19,heroin,Brown,12,g,S-1,V", "!date-unclear")]
    [InlineData("A-1,C,2026-03-03,heroin,Brown,12,g,S-1,V", "!date-future")]
    [InlineData("A-1,C,1819-04-30,heroin,Brown,12,g,S-1,V", "!date-early")]
    [InlineData("A-1,C,,heroin,,,,S-1,V", "amount-missing date-missing")]
    [InlineData("A-1,C,2019-04-30,white stuff,Brown,12,g,S-1,V", "!substance-unknown")]
    [InlineData("A-1,C,2019-04-30,,Brown,12,g,S-1,V", "!kind-missing")]
    [InlineData("A-1,C,2019-04-30,cocaina,Brown,12,g,S-1,V", "substance-general")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,1.234,g,S-1,V", "!amount-either")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,1.234.567,g,S-1,V", "amount-read")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,some,g,S-1,V", "!amount-unclear")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12,,S-1,V", "!unit-missing")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12,bales,S-1,V", "!unit-unknown")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,0.0001,mg,S-1,V", "!amount-fine")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12 kg,,,V", "seal-missing")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12,g,S-1;s1,V", "!seal-twice")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12,g,--,V", "!seal-unclear")]
    [InlineData("A-1,C,2019-04-30,heroin,Brown,12,g,S-1", "!ragged")]
    [InlineData("A-1,C,2019-04-30,heroin,Br\u200Bown,12,g,S-1,V", "!unseen")]
    [InlineData("=1+1,C,2019-04-30,heroin,@SUM(A1),12,g,S-1,V", "")]
    public void Each_line_says_what_is_wrong_with_it(string line, string said) => Assert.Equal(said, Said(Assert.Single(Read(Csv(line)).Lines).Notes.OrderBy(n => n.Code)));

    [Fact]
    public void What_was_said_of_the_file_settles_what_may_be_two_things()
    {
        var choices = new RegisterChoices { Days = DayOrder.DayFirst, Decimals = DecimalSign.Comma, Unit = "kg" };
        var line = Assert.Single(Read(Csv("A-1,C,03/04/2019,heroin,Brown,1.234,,S-1,V"), choices).Lines);
        Assert.Equal("amount-read", Said(line.Notes));
        Assert.Equal((new DateOnly(2019, 4, 3), "1234000"), (line.SeizedOn!.Value, line.Mass.ToString()));
    }

    [Fact]
    public void Numbers_are_unique_as_people_read_them()
    {
        var read = Read(Csv("A-1,C,2019-04-30,heroin,Brown,12,g,S-1,V", "\" a 1 \",C,2019-04-30,heroin,Brown,12,g,S-1,V"));
        Assert.Equal(["", "!number-twice"], read.Lines.Select(l => Said(l.Notes)));
        Assert.Equal(["a 1", "2"], read.Lines[1].Notes[0].Words);
    }

    [Fact]
    public void Columns_can_be_pointed_at()
    {
        var text = "x,y,z,w\nA-1,heroin,12,g\n";
        Assert.Equal("!number-missing date-missing !kind-missing", Said(Read(text).Lines[0].Notes.Where(n => n.Code is "number-missing" or "kind-missing" or "date-missing").OrderByDescending(n => n.Code)
            .OrderBy(n => n.Code == "number-missing" ? 0 : n.Code == "date-missing" ? 1 : 2)));
        var line = Read(text, new RegisterChoices { Columns = new Dictionary<RegisterColumn, int> { [RegisterColumn.Number] = 0, [RegisterColumn.Substance] = 1, [RegisterColumn.Amount] = 2, [RegisterColumn.Unit] = 3, [RegisterColumn.City] = 99 } }).Lines[0];
        Assert.Equal(("A-1", "heroin", "12"), (line.Number, line.Substance, line.Mass.ToString()));
    }

    [Theory]
    [InlineData("Policía Nacional;;;\nRegistro de evidencias, 2019;;;\n;;;\nN.º de evidencia;Nº de causa;Fecha;Sustancia;Peso neto en gramos\nE-1;12/2019;30/04/2019;Heroína;12,5\n", 4, 5)]
    [InlineData("Registo de provas, armazém 2, tudo\nNr. do lacre;Processo;Data;Substância;Peso líquido (g);Número do objeto\nL-1;12/2019;30/04/2019;Heroína;12,5;E-1\n", 2, 3)]
    [InlineData("\"Registro\nFecha;Sustancia;Peso;Expediente\"\nEvidencia;Expediente;Fecha;Sustancia;Peso g\nE-1;12/2019;30/04/2019;Heroína;12,5\n", 3, 4)]
    [InlineData("Evidencia;Expediente;Fecha;Sustancia;Peso (g)\nE-1;12/2019;30/04/2019;Heroína;12,5\n", 1, 2)]
    public void What_stands_above_the_columns_is_a_title(string text, int header, int first)
    {
        var read = Read(text);
        var line = Assert.Single(read.Lines);
        Assert.Equal((header, first), (read.HeaderLine, line.Line));
        Assert.Equal(("E-1", "12/2019", new DateOnly(2019, 4, 30), "heroin", "12.5"), (line.Number, line.Case, line.SeizedOn, line.Substance, line.Mass.ToString()));
        Assert.Empty(read.Unknown);
    }

    [Fact]
    public void A_header_is_looked_for_among_the_first_ten_lines_and_no_further()
    {
        var title = string.Concat(Enumerable.Repeat("A title\n", 9));
        Assert.Equal(10, Read(title + "Evidencia;Sustancia;Peso (g)\nE-1;Heroína;1\n").HeaderLine);
        Assert.Equal(1, Read(title + "A title\nEvidencia;Sustancia;Peso (g)\nE-1;Heroína;1\n").HeaderLine);
        // Two names may stand in a title as well.
        Assert.Equal(1, Read("x\nEvidencia;Peso (g)\nE-1;1\n").HeaderLine);
    }

    [Fact]
    public void Columns_that_are_not_known_are_named()
    {
        var read = Read("Evidencia;Sustancia;Peso neto (g);Peso bruto (g);Jefe de turno;\nE-1;Heroína;1;2;x;\n");
        Assert.Equal(["Peso bruto (g)", "Jefe de turno"], read.Unknown);
        Assert.Equal("1", read.Lines[0].Mass.ToString());
    }

    [Theory]
    [InlineData("Pasta base", "coca-paste")]
    [InlineData("PASTA-BASE", "coca-paste")]
    [InlineData("Basuco", "coca-paste")]
    [InlineData("Paco", "coca-paste")]
    [InlineData("Cocaína base", "coca-paste")]
    [InlineData("Crack", "cocaine-crack")]
    [InlineData("Marihuana/Cannabis", "cannabis-herb")]
    [InlineData("Maconha", "cannabis-herb")]
    [InlineData("Hachís", "cannabis-resin")]
    [InlineData("Haxixe", "cannabis-resin")]
    [InlineData("Heroína / Cocaína", null)]
    public void Substances_are_known_by_what_people_call_them(string written, string? code) => Assert.Equal(code, StatedWords.ToSubstance(written)?.Code);

    [Theory]
    [InlineData("Dinero"), InlineData("Efectivo"), InlineData("Cash"), InlineData("Dinero/Efectivo/Cash"), InlineData("Numerário")]
    public void A_column_of_substances_may_say_that_it_is_money(string written)
    {
        var line = Assert.Single(Read($"Evidencia;Sustancia;Cantidad;Unidad\nE-1;{written};1500;USD\n").Lines);
        Assert.Equal((ExhibitKind.Cash, null, "1500", "USD", written), (line.Kind!.Value, line.Substance, line.Quantity!.Amount.ToString(CultureInfo.InvariantCulture), line.Quantity!.Unit, line.Description));
        Assert.DoesNotContain(line.Notes, n => n.IsWrong);
    }

    [Fact]
    public void No_name_of_a_column_stands_for_two_things()
    {
        // In whatever order two columns stand, each is found by its own name.
        foreach (var column in Enum.GetValues<RegisterColumn>())
            foreach (var name in RegisterColumns.NamesOf(column)) Assert.Equal(column, Assert.Single(RegisterColumns.Guess([name])).Key);
    }

    [Theory]
    [InlineData(";;;;TOTAL;1500;;", true)]
    [InlineData("Total general:;;;;;1500,75;;", true)]
    [InlineData(";;;Suma de pesos;;1500;;", true)]
    [InlineData("SUBTOTAL;;;;;;;", true)]
    [InlineData("E-9;;;Heroína;Total del paquete;1500;;", false)]
    [InlineData(";;30/04/2019;Heroína;Total;1500;;", false)]
    [InlineData("Total;;;Heroína;Bolsa;1500;P-1;", false)]
    public void A_line_that_looks_like_a_total_is_told_and_is_no_exhibit(string line, bool isTotal)
    {
        var read = Assert.Single(Read("Evidencia;Expediente;Fecha;Sustancia;Descripción;Peso (g);Precintos;Bóveda\n" + line + "\n").Lines);
        Assert.Equal((isTotal, isTotal), (read.IsTotal, Said(read.Notes) == "looks-total"));
    }

    [Fact]
    public void A_workbook_as_a_spreadsheet_program_saves_it_is_read()
    {
        // A merged title, an empty row, days as days, weights as texts with a comma, shared strings, a formula without its result in the sum.
        string[] strings = ["Policía Nacional – Registro de indicios 2019", "N.º de indicio", "N.º de causa", "Fecha", "Sustancia", "Peso neto (kg)", "Lacre", "Depósito", "Jefe de turno", "E-1", "12/2019", "Pasta base", "4,125", "P-1", "Bóveda 1", "x", "E-2", "Marihuana", "1.012,5", "P-2", "TOTAL"];
        var text = Workbooks.Excel(
            $"""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"/><c r="C1"/></row>
            <row r="3">{Shared(3, 'A', 1, 2, 3, 4, 5, 6, 7, 8)}</row>
            <row r="4">{Shared(4, 'A', 9, 10)}<c r="C4" s="5"><v>43585</v></c>{Shared(4, 'D', 11, 12, 13, 14, 15)}</row>
            <row r="5"><c r="A5" s="1"/><c r="B5" s="1"/></row>
            <row r="6">{Shared(6, 'A', 16, 10)}<c r="C6" s="5"><v>43586</v></c>{Shared(6, 'D', 17, 18, 19, 14, 15)}</row>
            <row r="8"><c r="A8" t="s"><v>20</v></c><c r="E8"><f>SUM(E4:E6)</f></c></row>
            """, string.Concat(strings.Select(s => $"<si><t>{s}</t></si>")), """<mergeCells count="1"><mergeCell ref="A1:H1"/></mergeCells>""");
        var read = Read(text, new RegisterChoices { Decimals = DecimalSign.Comma });
        Assert.Equal(3, read.HeaderLine);
        Assert.Equal(["Jefe de turno"], read.Unknown);
        Assert.Equal(
            [(4, "E-1", new DateOnly(2019, 4, 30), "coca-paste", "4125.000", "P-1"), (6, "E-2", new DateOnly(2019, 5, 1), "cannabis-herb", "1012500.0", "P-2")],
            read.Lines.Take(2).Select(l => (l.Line, l.Number, l.SeizedOn!.Value, l.Substance!, l.Mass.ToString()!, l.Seals[0])));
        Assert.Equal((8, true, "looks-total"), (read.Lines[2].Line, read.Lines[2].IsTotal, Said(read.Lines[2].Notes)));
        Assert.DoesNotContain(read.Lines, l => l.IsWrong);

        static string Shared(int row, char from, params int[] of) => string.Concat(of.Select((s, at) => $"<c r=\"{(char)(from + at)}{row}\" t=\"s\"><v>{s}</v></c>"));
    }

    [Fact]
    public void A_file_that_is_no_table_says_so_and_one_that_is_damaged_says_where()
    {
        foreach (var file in new[] { "", "{}", "<xml/>", "\0\0\0\0" }) Assert.Throws<BadInputException>(() => Read(file));
        // Windows-1252, as a spreadsheet program saves it when it is not asked for UTF-8.
        Assert.Throws<BadInputException>(() => Read(Encoding.Latin1.GetBytes("Número,Descripción\nA-1,Polvo\n")));
        var broken = Read(Csv("A-1,C,2019-04-30,heroin,Brown,12,g,S-1,V", "A-2,\"never closed"));
        Assert.Single(broken.Lines);
        Assert.Contains("line 3", broken.Broken, StringComparison.Ordinal);
        var whole = Csv("A-1,C,2019-04-30,heroin,Brown,12,g,S-1,V");
        Assert.Single(Read([0xEF, 0xBB, 0xBF, .. whole]).Lines);
        // As a spreadsheet program saves what it calls Unicode text.
        foreach (var wide in new[] { Encoding.Unicode, Encoding.BigEndianUnicode }) Assert.Single(Read([.. wide.GetPreamble(), .. wide.GetBytes(Encoding.UTF8.GetString(whole))]).Lines);
    }

    [Fact]
    public void More_lines_or_packages_than_go_onto_the_record_at_once_are_told()
    {
        var lines = Enumerable.Range(0, ReadRegister.MaxLines + 1).Select(i => $"A-{i},C,2019-04-30,heroin,Brown,12,g,S-1,V").ToList();
        Assert.False(Read(Csv(lines[1..])).IsTooLong);
        var read = Read(Csv(lines));
        Assert.True(read.IsTooLong);
        Assert.Equal(ReadRegister.MaxLines, read.Lines.Count);
        var many = Read("Exhibit,Substance,Packages\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"A-{i},heroin,2000\n")));
        Assert.Equal((25, 5), (many.Lines.Count(l => !l.IsWrong), many.Lines.Count(l => Said(l.Notes).Contains("!packages-many", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_a_spreadsheet_program_would_work_out_is_a_text_in_what_it_is_given()
    {
        Assert.Equal(["'=1+1", "'+1", "'-1", "'@a", "'\tx", "a=1", ""], new[] { "=1+1", "+1", "-1", "@a", "\tx", "a=1", "" }.Select(SpreadsheetText.Safe));
        var list = Encoding.UTF8.GetString(SpreadsheetText.Csv([["=HYPERLINK(\"http://example.org\";\"x\")", "a\"b"]]));
        Assert.Equal("\uFEFF\"'=HYPERLINK(\"\"http://example.org\"\";\"\"x\"\")\",\"a\"\"b\"\r\n", list);
    }

    static readonly Gen<string[]> Line = Gen.Select(
        Gen.Char["ABCDEFGHIJKLMNÑÇÃ"].Array[1, 8], Gen.Int[1, 9_999_999], Gen.Int[0, 20_000], Gen.OneOf(Gen.Const("heroin"), Gen.Const("Cocaína, sin especificar"), Gen.Const("Erva de canábis"), Gen.Const("Tramadol")), Gen.OneOf(Gen.Const("g"), Gen.Const("kg"), Gen.Const("mg"), Gen.Const("tabletas")),
        Gen.Char["ab, \"';=+-@\né"].Array[0, 20], Gen.Int[0, 4]).Select((name, amount, day, substance, unit, text, seals) => (string[])[
            new string(name) + amount.ToString(CultureInfo.InvariantCulture), "C-1", new DateOnly(1970, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), substance,
            "D " + new string(text), (amount / 10m).ToString("0.00", CultureInfo.InvariantCulture), unit, string.Join("; ", Enumerable.Range(0, seals).Select(i => $"S-{i}")), "Vault"]);

    [Fact]
    public void The_same_register_as_CSV_and_as_a_workbook_states_the_same() => Line.Array[1, 12].Sample(lines =>
    {
        string[][] rows = [Header.Split(','), .. lines];
        var csv = Read(Encoding.UTF8.GetBytes(string.Join("\n", rows.Select(r => string.Join(';', r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))))));
        var workbook = Read(SpreadsheetText.Workbook(rows));
        Assert.Equal(lines.Length, csv.Lines.Count);
        // The line of a row differs where a cell of an earlier one has lines of its own.
        Assert.Equal(csv.Lines.Select(Told), workbook.Lines.Select(Told));
        Assert.All(csv.Lines.Where((_, i) => lines[i][6] != "tabletas"), l => Assert.NotNull(l.Mass));
    }, iter: 100, threads: 1);

    static string Told(StatedLine line) =>
        string.Join('|', line.Number, line.Case, line.SeizedOn, line.Kind, line.Substance, line.Description, line.Mass, line.Quantity, string.Join(',', line.Seals), line.Storage, Said(line.Notes));

    [Fact]
    public void Whatever_bytes_are_sent_are_read_or_refused_in_one_sentence()
    {
        var workbook = SpreadsheetText.Workbook([Header.Split(','), ["A-1", "C", "2019-04-30", "heroin", "Brown", "12", "g", "S-1", "V"]]);
        var csv = Csv("A-1,C,2019-04-30,heroin,Brown,12,g,S-1,V", "A-2,C,2019-04-30,heroin,\"Br\"\"own\",1.234,g,S-1,V");
        Gen.Select(Gen.Int[0, 3], Gen.Byte.Array[0, 400], Gen.Int[0, 5000], Gen.Int[1, 12]).Sample((kind, noise, at, times) =>
        {
            var file = kind switch { 0 => noise, 1 => [.. csv], 2 => [.. workbook], _ => [.. Encoding.UTF8.GetBytes(Header + "\n"), .. noise] };
            if (kind is 1 or 2 && noise.Length % 3 == 0) file = file[..(at % file.Length)];
            else if (kind is 1 or 2 && noise.Length > 0)
                for (var i = 0; i < times; i++) file[(at * (i + 1)) % file.Length] = noise[i % noise.Length];
            Tried(file);
        }, iter: 1_500, threads: 1);

        static void Tried(byte[] file)
        {
            try
            {
                Assert.All(Read(file).Lines, line => Assert.All(line.Notes, note => Assert.DoesNotContain("takeover.note.", RegisterWords.Of(note), StringComparison.Ordinal)));
            }
            catch (BadInputException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
    }

    [Fact]
    public void A_bomb_is_not_unpacked_and_a_huge_cell_is_told()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            var sample = new ZipArchive(new MemoryStream(SpreadsheetText.Workbook([["a", "b"]])), ZipArchiveMode.Read);
            foreach (var entry in sample.Entries)
            {
                using var to = archive.CreateEntry(entry.FullName, CompressionLevel.SmallestSize).Open();
                using var from = entry.Open();
                if (!entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal))
                {
                    from.CopyTo(to);
                    continue;
                }

                to.Write("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>Exhibit</t></is></c><c t=\"inlineStr\"><is><t>Kind</t></is></c></row></sheetData><more>"u8);
                var blank = Encoding.UTF8.GetBytes(new string(' ', 1 << 20) + "<x/>");
                for (var i = 0; i < 140; i++) to.Write(blank);
                to.Write("</more></worksheet>"u8);
            }
        }

        var fault = Record(() => Read(packed.ToArray()));
        Assert.Contains("unpacks to more than 128 MiB", fault, StringComparison.Ordinal);
        var line = Assert.Single(Read(Csv($"A-1,C,2019-04-30,heroin,{new string('x', 20_000)},12,g,S-1,V")).Lines);
        Assert.Contains("!too-long", Said(line.Notes), StringComparison.Ordinal);

        static string Record(Func<StatedRegister> read)
        {
            try
            {
                return read().Broken ?? "";
            }
            catch (BadInputException fault)
            {
                return fault.Message;
            }
        }
    }
}
