using Microsoft.Data.Sqlite;
using static Probity.Lens.Tests.Objects.ObjectFiles;

namespace Probity.Lens.Tests.Objects;

public class BadObjectLogTests
{
    const string Types = """ "eventTypes":[{"name":"a","attributes":[{"name":"n","type":"integer"}]}],"objectTypes":[{"name":"x"}],"objects":[{"id":"o1","type":"x"}] """;

    [Theory]
    [InlineData("""{"eventTypes":[]}""", "byte 16: no 'events'")]
    [InlineData("""[1]""", "byte 0: a list where")]
    [InlineData("""{"ocel:global-log":{},"ocel:events":{}}""", "byte 1: this is OCEL 1.0")]
    [InlineData("""{"events":{}}""", "byte 10: 'events' is no list")]
    [InlineData("""{"events":[1]}""", "byte 11: something else than an object")]
    [InlineData("""{"events":[],"events":[]}""", "byte 13: a property that stands there twice")]
    [InlineData("""{"events":[]} {}""", "byte 14: not JSON")]
    [InlineData("""{"events":[],}""", "byte 13: not JSON")]
    [InlineData("""{"events":[]""", "byte 12: the document ends too soon; it is cut short")]
    [InlineData("""{"events":[]}""", "the log holds no event")]
    [InlineData("""{"events":[{"id":"1","type":"a"}]}""", "byte 11: an event without 'time'")]
    [InlineData("""{"events":[{"id":1}]}""", "byte 17: a text has to stand here, and it is a number")]
    [InlineData("""{"events":[{"time":"yesterday"}]}""", "byte 19: 'yesterday' is no time")]
    [InlineData("""{"events":[{"time":"2024-02-30T00:00:00Z"}]}""", "is no time")]
    [InlineData("""{"events":[{"attributes":[{"name":"n","value":[1]}]}]}""", "a value that is a list")]
    [InlineData("""{"events":[{"attributes":[{"value":1}]}]}""", "byte 26: an attribute without 'name'")]
    [InlineData("""{"events":[{"attributes":[{"name":"n","value":1e999}]}]}""", "the number 1e999 cannot be kept")]
    [InlineData("""{"events":[{"relationships":[{"qualifier":"q"}]}]}""", "byte 29: a relationship without 'objectId'")]
    [InlineData("""{"events":[{"id":"\ud800"}]}""", "half a surrogate pair")]
    [InlineData("""{"eventTypes":[{"name":"a"},{"name":"a"}]}""", "byte 28: the type 'a' is declared twice")]
    [InlineData("""{"eventTypes":[{"name":"a","attributes":[{"name":"n"},{"name":"n"}]}]}""", "byte 54: the attribute 'n' is declared twice")]
    [InlineData("""{"eventTypes":[{"name":"a","attributes":[{"name":"n","type":"money"}]}]}""", "'money' is no type of value; there are string, time, integer, float, boolean")]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[""", "byte 68: not JSON: The maximum configured depth of 64")]
    public void Json_that_is_no_log(string json, string expected) => Assert.Contains(expected, Refusal(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":"1","type":"b","time":"2024-01-01"}""", "event '1': its type 'b' is declared nowhere; declared are a")]
    [InlineData("""{"id":"1","type":"a","time":"2024-01-01"},{"id":"1","type":"a","time":"2024-01-01"}""", "a second event '1'")]
    [InlineData("""{"id":"1","type":"a","time":"2024-01-01","relationships":[{"objectId":"o2"}]}""", "event '1': it names the object 'o2', and the log has none of that id")]
    [InlineData("""{"id":"1","type":"a","time":"2024-01-01","attributes":[{"name":"n","value":"many"}]}""", "event '1': the attribute 'n' is declared integer, and 'many' is none")]
    [InlineData("""{"id":"1","type":"a","time":"2024-01-01","attributes":[{"name":"n","value":1.5}]}""", "event '1': the attribute 'n' is declared integer, and '1.5' is none")]
    [InlineData("""{"id":"1","type":"a","time":"2024-01-01","attributes":[{"name":"n","value":1},{"name":"n","value":2}]}""", "event '1': the attribute 'n' stands there twice")]
    public void What_does_not_hold_together_is_told_with_its_place(string events, string expected)
    {
        var json = $$"""{{{Types}},"events":[{{events}}]}""";
        var place = expected.StartsWith("a second", StringComparison.Ordinal) ? json.LastIndexOf("{\"id\"", StringComparison.Ordinal) : json.IndexOf("{\"id\":\"1\"", StringComparison.Ordinal);
        Assert.Contains($"byte {place}: {expected}", Refusal(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"o1","type":"x"},{"id":"o1","type":"x"}""", "a second object 'o1'")]
    [InlineData("""{"id":"o1","type":"y"}""", "object 'o1': its type 'y' is declared nowhere; declared are x")]
    [InlineData("""{"id":"o1","type":"x","relationships":[{"objectId":"o9"}]}""", "object 'o1': it names the object 'o9'")]
    [InlineData("""{"id":"o1","type":"x","attributes":[{"name":"w","time":"2024-01-01","value":"heavy"}]}""", "object 'o1': the attribute 'w' is declared float, and 'heavy' is none")]
    [InlineData("""{"type":"x"}""", "an object without 'id'")]
    public void Objects_too(string objects, string expected) => Assert.Contains(expected, Refusal(
        $$"""{"objects":[{{objects}}],"objectTypes":[{"name":"x","attributes":[{"name":"w","type":"float"}]}],"eventTypes":[{"name":"a"}],"events":[{"id":"1","type":"a","time":"2024-01-01"}]}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("<log><events><event id='1' type='a'/></events></log>", "byte 13: an event without 'time'")]
    [InlineData("<log><events><event id='1' type='a' time='soon'/></events></log>", "byte 13: 'soon' is no time")]
    [InlineData("<log><events><event id='1' type='a' time='2024-01-01'/></events>", "byte 64: the document ends before </log>; it is cut short")]
    [InlineData("<log><events><event id='1' type='a' time='2024-01-01'/></events></log>", "byte 13: event '1': its type 'a' is declared nowhere; none is")]
    [InlineData("<log><events/></log>", "the log holds no event")]
    [InlineData("<log><objects/></log>", "no <events>")]
    [InlineData("<ocel><events/></ocel>", "byte 0: the root element is <ocel>, not <log>")]
    [InlineData("<log><event-types><event-type name='a'/><event-type name='a'/></event-types></log>", "byte 40: the type 'a' is declared twice")]
    [InlineData("<log><events><event id='1' type='a' time='2024-01-01'><attributes><attribute name='n'>1<b/></attribute></attributes></event></events></log>", "<b> inside the value of an attribute")]
    [InlineData("<log><events><event id='1' type='a' time='2024-01-01'><objects><relationship qualifier='q'/></objects></event></events></log>", "byte 63: a relationship without 'object-id'")]
    [InlineData("<!DOCTYPE log><log><events/></log>", "DOCTYPE")]
    public void Xml_that_is_no_log(string xml, string expected) => Assert.Contains(expected, Refusal(xml), StringComparison.Ordinal);

    [Fact]
    public void Text_of_xml_is_what_a_reader_sees()
    {
        var log = Read("<log><event-types><event-type name='a'/></event-types><events><event id='1' type='a' time='2024-01-01'><attributes><attribute name='n'> x &amp; <!-- no --><![CDATA[<y> &amp;]]>&#x20AC;\r\nz</attribute></attributes></event></events></log>");
        Assert.Equal(" x & <y> &amp;€\nz", log.EventValues.Show(0));
    }

    [Theory]
    [InlineData("DROP TABLE event_object", "no table 'event_object'; this is no object-centric log (OCEL 2.0). The tables are: ")]
    [InlineData("ALTER TABLE event RENAME COLUMN ocel_type TO kind", "table 'event' has no column 'ocel_type'")]
    [InlineData("DROP TABLE event_a", "table 'event_map_type', row 1: no table 'event_a' for the type 'a'")]
    [InlineData("INSERT INTO event VALUES ('e9', 'a')", "table 'event', row 3: event 'e9': no time")]
    [InlineData("INSERT INTO event_a (ocel_id, ocel_time) VALUES ('e9', '2024-01-01')", "table 'event_a', row 3: the event 'e9' is not in the table 'event'")]
    [InlineData("INSERT INTO event_a (ocel_id, ocel_time) VALUES ('e1', '2024-01-01')", "table 'event_a', row 3: a second row of the event 'e1'")]
    [InlineData("UPDATE event_a SET ocel_time = 'noon'", "table 'event_a', row 1: 'noon' is no time")]
    [InlineData("UPDATE event_a SET ocel_time = NULL", "table 'event_a', row 1: 'ocel_time' holds nothing, where a text has to stand")]
    [InlineData("UPDATE event_a SET n = 'many'", "table 'event', row 1: event 'e1': the attribute 'n' is declared integer, and 'many' is none")]
    [InlineData("UPDATE event_a SET n = x'00'", "table 'event_a', row 1: 'n' holds a blob")]
    [InlineData("UPDATE object SET ocel_type = 'y'", "the object 'o1' has another type in the table 'object'")]
    [InlineData("INSERT INTO event_object VALUES ('e1', 'o9', '')", "table 'event', row 1: event 'e1': it names the object 'o9'")]
    [InlineData("INSERT INTO object_object VALUES ('o9', 'o1', '')", "table 'object_object', row 1: the object 'o9' is not in the table 'object'")]
    [InlineData("UPDATE object_x SET ocel_changed_field = 'colour'", "table 'object_x', row 1: it says that 'colour' has changed, and there is no such column")]
    [InlineData("DROP TABLE event_a; CREATE TABLE event_a (ocel_id TEXT PRIMARY KEY, ocel_time TEXT) WITHOUT ROWID", "which a table WITHOUT ROWID is made of")]
    [InlineData("DROP TABLE event_a; CREATE TABLE event_a (ocel_id TEXT, ocel_time TEXT AS (ocel_id))", "table 'event_a' has columns that cannot be read (computed")]
    [InlineData("ALTER TABLE event_a ADD COLUMN extra TEXT DEFAULT 'none'", "table 'event_a', row 1: 'extra' was added later with a default value")]
    public void A_database_that_is_no_log(string change, string expected) => Assert.Contains(expected, Refusal(Changed(change)), StringComparison.Ordinal);

    [Theory]
    [InlineData("DROP TABLE object_object")]
    [InlineData("ALTER TABLE event_a ADD COLUMN extra TEXT")]
    [InlineData("ALTER TABLE object_x DROP COLUMN ocel_changed_field")]
    [InlineData("DROP TABLE event_a; CREATE TABLE \"event_a\" ( \"ocel_id\" TEXT, -- the id )\n [ocel_time] TIMESTAMP, `n` INTEGER DEFAULT (1 + (2)), CHECK (n <> ')'), FOREIGN KEY (ocel_id) REFERENCES event (ocel_id)); INSERT INTO event_a VALUES ('e1', '2024-01-01', 1), ('e2', '2024-01-01 00:00:00', NULL)")]
    public void A_database_that_is_one_still(string change) => Assert.Equal(2, Read(Changed(change)).Events.Count);

    [Fact]
    public void A_row_number_by_another_name_is_read_as_the_number()
    {
        var log = Read(Changed("DROP TABLE event_a; CREATE TABLE event_a (n INTEGER, ocel_id TEXT, ocel_time TEXT, PRIMARY KEY (n)); INSERT INTO event_a VALUES (70, 'e1', '2024-01-01'), (80, 'e2', '2024-01-01')"));
        Assert.Equal(["70", "80"], [log.EventValues.Show(0), log.EventValues.Show(1)]);
    }

    [Fact]
    public void A_database_that_somebody_is_writing_is_refused() => With(path =>
    {
        Small().Sqlite(path);
        File.WriteAllBytes(path + "-wal", [1]);
        var message = Assert.Throws<BadInputException>(() => Lens.Logs.LogReader.ReadObjects(path, cancel: TestContext.Current.CancellationToken)).Message;
        Assert.Contains("-wal", message, StringComparison.Ordinal);
        Assert.Contains("VACUUM INTO", message, StringComparison.Ordinal);
        File.WriteAllBytes(path + "-journal", [0xD9, 0xD5]);
        File.WriteAllBytes(path + "-wal", []);
        Assert.Contains("-journal", Assert.Throws<BadInputException>(() => Lens.Logs.LogReader.ReadObjects(path, cancel: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path + "-journal", [0, 0, 0]);
        // The file is made when the database is opened; empty, it holds nothing.
        return Lens.Logs.LogReader.ReadObjects(path, cancel: TestContext.Current.CancellationToken);
    });

    [Fact]
    public void A_damaged_database_is_told_with_its_table_and_page()
    {
        var whole = Sqlite(Small());
        var pages = whole.Length / 4096;
        Assert.Contains("it is cut short", Refusal(whole[..^4096]), StringComparison.Ordinal);
        Assert.Contains("the header is cut short", Refusal(whole[..50]), StringComparison.Ordinal);
        Assert.Contains("pages of 513 bytes", Refusal(Set(whole, 16, 2, 1)), StringComparison.Ordinal);
        Assert.Contains("text encoding 9", Refusal(Set(whole, 59, 9)), StringComparison.Ordinal);
        Assert.Contains("later version", Refusal(Set(whole, 19, 9)), StringComparison.Ordinal);
        // The schema's only page turned into one that leads to itself, and one with more cells than it has room for.
        Assert.Contains("table 'sqlite_schema' leads to page 1 a second time", Refusal(Set(whole, 100, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)), StringComparison.Ordinal);
        Assert.Contains($"leads to page 77 of {pages}", Refusal(Set(whole, 100, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 77)), StringComparison.Ordinal);
        Assert.Contains("table 'sqlite_schema': page 1 has 65535 cells", Refusal(Set(whole, 103, 255, 255)), StringComparison.Ordinal);
        Assert.Contains("table 'sqlite_schema': page 1 has a cell outside it", Refusal(Set(whole, 108, 0, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_database_has_to_be_unpacked_first() =>
        Assert.Contains("a packed SQLite database", Refusal(Tests.Logs.LogFiles.Gzip(Sqlite(Small()))), StringComparison.Ordinal);

    static byte[] Set(byte[] whole, int at, params byte[] bytes)
    {
        var damaged = whole.ToArray();
        bytes.CopyTo(damaged, at);
        return damaged;
    }

    static byte[] Changed(string sql) => With(path =>
    {
        Small().Sqlite(path);
        using (var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(path);
    });

    internal static Ocel Small()
    {
        var log = new Ocel();
        log.EventTypes.Add(("a", [("n", "integer")]));
        log.ObjectTypes.Add(("x", [("w", "float")]));
        log.Put("o1", "x").Values.Add(("w", DateTime.UnixEpoch, 1.5));
        log.Add("e1", "a", DateTime.UnixEpoch, ("o1", "q"));
        log.Add("e2", "a", DateTime.UnixEpoch, ("o1", "q"));
        log.Events[0].Values.Add(("n", 3L));
        return log;
    }
}
