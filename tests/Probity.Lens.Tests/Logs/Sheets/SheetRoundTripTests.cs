using System.Globalization;
using System.Security;
using CsCheck;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Logs.Sheets;

/// <summary>Whatever stands in a log comes out of a workbook as it went in, whichever way a program writes it.</summary>
public class SheetRoundTripTests
{
    static readonly string[] Pieces = ["a", "Weigh", " ", "é", "😀", "<", "&", "\"", "_x0041_", "_x", "\n", "1", "ñ", "  "];

    static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Array[1, 5].Select(parts => "t" + string.Concat(parts.Select(p => Pieces[p])).Trim());

    static readonly Gen<(string Case, string Activity, long Seconds, string Resource)> Event =
        Gen.Select(Gen.Int[1, 3].Select(i => $"c{i}"), Text, Gen.Long[0, 4_000_000_000], Gen.Frequency((1, Gen.Const("")), (2, Text)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_log_through_a_workbook(bool shared) => Event.Array[1, 12].Sample(
        events =>
        {
            var builder = new EventLogBuilder();
            var numbers = new Dictionary<string, int>();
            foreach (var e in events)
            {
                if (!numbers.TryGetValue(e.Case, out var number)) numbers[e.Case] = number = builder.AddCase(e.Case);
                builder.Add(number, e.Activity, e.Resource.Length == 0 ? null : e.Resource, e.Seconds * 1_000_000);
            }

            var strings = new List<string>();
            var rows = string.Concat(new[] { ("case", "activity", "", "resource") }.Concat(events.Select(e => (e.Case, e.Activity, Serial(e.Seconds), e.Resource))).Select((row, r) =>
                $"<row r=\"{r + 1}\">{Cell('A', row.Item1)}{Cell('B', row.Item2)}{(r == 0 ? Cell('C', "time") : $"<c r=\"C{r + 1}\" s=\"1\"><v>{row.Item3}</v></c>")}{Cell('D', row.Item4)}</row>".Replace("##", (r + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
            var book = Workbooks.Excel(rows, string.Concat(strings.Select(s => $"<si><t xml:space=\"preserve\">{s}</t></si>")));
            Assert.Equal(LogFiles.Dump(builder.Build(sortByTime: true)), LogFiles.Dump(LogReader.Read(new MemoryStream(book), "book", cancel: TestContext.Current.CancellationToken)));

            string Cell(char column, string text)
            {
                if (text.Length == 0) return "";
                // An underscore that could begin an escape is one itself (ECMA-376 part 1, 22.9.2.19).
                var written = SecurityElement.Escape(text.Replace("_x", "_x005F_x", StringComparison.Ordinal));
                if (!shared) return $"<c r=\"{column}##\" t=\"inlineStr\"><is><t>{written}</t></is></c>";
                strings.Add(written);
                return $"<c r=\"{column}##\" t=\"s\"><v>{strings.Count - 1}</v></c>";
            }
        },
        iter: 150);

    static string Serial(long seconds) => (25_569 + (seconds / 86_400.0)).ToString("R", CultureInfo.InvariantCulture);
}
