using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

public class CsvTests
{
    const long Day = 86_400_000_000;

    [Theory]
    [InlineData("case,activity,time,resource\n1,a,1970-01-02,r\n2,b,1970-01-02,\n1,c,1970-01-01,s\n")]
    [InlineData("\uFEFFcase;activity;time;resource\r\n1;a;1970-01-02T00:00:00Z;r\r\n2;b;1970-01-02 01:00:00+01:00;\r\n1;c;19700101;s")]
    [InlineData("resource\ttime\tactivity\tcase\nr\t1970-01-02\ta\t1\n\t1970-01-02\tb\t2\n\ns\t1970-01-01\tc\t1\n\n")]
    [InlineData("\"case\",\"activity\",\"time\",\"resource\"\n\"1\",\"a\",\"1970-01-02\",\"r\"\n\"2\",b,1970-01-02,\"\"\n1,c,1970-01-01,s\r\n")]
    public void Interleaved_cases_are_put_together_and_their_events_in_the_order_of_their_times(string text) =>
        Assert.Equal($"case 1\nc|s|0\na|r|{Day}\ncase 2\nb||{Day}\n", Dump(Read(text)));

    [Fact]
    public void Equal_times_stay_as_the_file_has_them()
    {
        var text = "case,activity,time\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"1,a{i},1970-01-0{1 + (i % 2)}\n"));
        var log = Read(text);
        Assert.Equal(
            Enumerable.Range(0, 50).OrderBy(i => i % 2).Select(i => $"a{i}"),
            log.ActivitiesOf(0).ToArray().Select(a => log.Activities[a]));
    }

    [Fact]
    public void Quoted_fields_hold_delimiters_quotes_and_line_breaks()
    {
        var log = Read("case,activity,time\n\"1,2\",\"say \"\"yes\"\"\r\nthen\",1970-01-01\n");
        Assert.Equal("1,2", log.Cases[0]);
        Assert.Equal("say \"yes\"\r\nthen", log.Activities[0]);
    }

    [Fact]
    public void Blanks_around_a_field_are_no_part_of_it() =>
        Assert.Equal("case 1\na|r|0\na|r|0\nb||0\n", Dump(Read("case,activity,time,resource\n1, a ,1970-01-01,r \n 1,a,\" 1970-01-01\",\tr\n1,b,1970-01-01, \n")));

    [Fact]
    public void Columns_delimiter_and_time_format_are_as_asked()
    {
        var options = new LogReaderOptions
        {
            CaseColumn = "File", ActivityColumn = "Step", TimeColumn = "When", ResourceColumn = "Who", TimeFormat = "dd/MM/yyyy HH:mm", Delimiter = '~',
        };
        Assert.Equal($"case x\na|w|{Day}\n", Dump(Read("who~when~step~file\nw~02/01/1970 00:00~a~x\n", options)));
    }

    [Theory]
    [InlineData("file,activity,time\n1,a,1970-01-01\n", "line 1: no column is known to hold the case; name it with --case, perhaps 'file'. The columns are: file, activity, time")]
    [InlineData("file,step,when\n1,a,1970-01-01\n", "line 1: no column is known to hold the case, the activity, the time; name each, perhaps as --case 'file' --activity 'step' --time 'when'. The columns are: file, step, when")]
    [InlineData("case,activity,time\n1,a,1970-01-01\n1,b,yesterday\n", "line 3: the time 'yesterday' is not ISO 8601")]
    [InlineData("case,activity,time\n1,a,1970-01-01\n1,\"b\nb\",1970-01-01\n1,c\n", "line 5: 2 fields where the header has 3")]
    [InlineData("case,activity,time\n1,,1970-01-01\n", "line 2: no activity")]
    [InlineData("case,activity,time\n,a,1970-01-01\n", "line 2: no case")]
    [InlineData("case,activity,time\n1,a,\n", "line 2: no time")]
    [InlineData("case,activity,time\n1,\"a,1970-01-01\n", "line 2: a quote that is never closed")]
    [InlineData("case,activity,time\n1,a\"b,1970-01-01\n", "line 2: a quote in the middle")]
    [InlineData("case,activity,time\n", "no event")]
    public void A_file_that_is_wrong(string text, string expected) => Assert.Contains(expected, Refusal(text));

    [Theory]
    [InlineData("case,activity,time,Funcionário", "Funcionário")]
    [InlineData("case,activity,time,resource", null)]
    [InlineData("case,activity,time,note", null)]
    public void A_column_that_may_hold_who_did_it_is_told(string header, string? likely) => Assert.Equal(likely, Read(header + "\n1,a,1970-01-01,x\n").LikelyResource);

    [Fact]
    public void A_column_that_is_asked_for_and_absent_lists_those_there_are() => Assert.Contains(
        "no column is named 'Step' (for the activity). The columns are: case, activity, time",
        Refusal("case,activity,time\n1,a,1970-01-01\n", new LogReaderOptions { ActivityColumn = "Step" }));

    [Fact]
    public void A_line_without_end_is_refused() =>
        Assert.Contains("longer than 16 MiB", Refusal("case,activity,time\n1,\"" + new string('x', 40 << 20)));
}
