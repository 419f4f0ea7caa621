using CsCheck;
using Probity.Lens.Logs;
using Probity.Lens.Objects;
using static Probity.Lens.Tests.Objects.ObjectFiles;

namespace Probity.Lens.Tests.Objects;

public class FlattenTests
{
    [Fact]
    public void Each_object_of_the_type_is_a_case_of_the_events_that_name_it() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 7].Array[0, 5]).Array[1, 20].Sample(events =>
        {
            var log = new Ocel();
            foreach (var type in (string[])["a", "b", "c"]) log.EventTypes.Add((type, []));
            foreach (var type in (string[])["x", "officer"]) log.ObjectTypes.Add((type, []));
            for (var o = 0; o < 8; o++) log.Put($"o{o}", o < 5 ? "x" : "officer");
            foreach (var (hour, type, names) in events)
                log.Add($"e{log.Events.Count}", log.EventTypes[type].Name, DateTime.UnixEpoch.AddHours(hour), [.. names.Select((n, i) => ($"o{n}", $"q{i}"))]);
            if (!log.Events.Any(e => e.Names.Any(n => string.CompareOrdinal(n.Thing, "o5") < 0))) return;

            var expected = log.Things.Where(o => o.Type == "x").Select(o => (o.Id, Events: log.Events.Where(e => e.Names.Any(n => n.Thing == o.Id)).OrderBy(e => e.Time)
                .Select(e => $"{e.Type}|{e.Names.Select(n => n.Thing).FirstOrDefault(n => string.CompareOrdinal(n, "o5") >= 0) ?? ""}|{(e.Time - DateTime.UnixEpoch).Ticks / 10}\n").ToList()))
                .Where(c => c.Events.Count > 0).Select(c => $"case {c.Id}\n{string.Concat(c.Events)}");
            var flat = Read(log.Json()).Flatten(new ObjectView { ObjectType = "x", PersonType = "officer" });
            Assert.Equal(string.Concat(expected), Tests.Logs.LogFiles.Dump(flat));
            Assert.Equal(0, flat.OutOfOrder);
        }, iter: 300);

    [Fact]
    public void Attributes_come_as_columns_and_the_person_by_what_they_are_named_as()
    {
        var log = Read("""
            {"objectTypes":[{"name":"x","attributes":[{"name":"w","type":"float"}]},{"name":"p"}],"eventTypes":[{"name":"a","attributes":[{"name":"place","type":"string"}]}],
            "objects":[{"id":"x1","type":"x","attributes":[{"name":"w","time":"2024-01-03","value":7},{"name":"w","time":"2024-01-01","value":9}]},{"id":"x2","type":"x"},{"id":"Ana","type":"p"},{"id":"Rui","type":"p"}],
            "events":[{"id":"1","type":"a","time":"2024-01-02","relationships":[{"objectId":"x1","qualifier":""},{"objectId":"Ana","qualifier":"by"}]},
            {"id":"0","type":"a","time":"2024-01-01","attributes":[{"name":"place","value":"Praia"}],"relationships":[{"objectId":"x1","qualifier":""},{"objectId":"Ana","qualifier":"saw"},{"objectId":"Rui","qualifier":"by"}]}]}
            """);
        var flat = log.Flatten(new ObjectView { ObjectType = "x", PersonType = "p", PersonAs = "by", EventAttributes = ["place", "never"], CaseAttributes = ["w"] });
        Assert.Equal(["Rui", "Ana"], flat.ResourcesOf(0).ToArray().Select(r => flat.Resources[r]));
        Assert.Equal("Praia", flat.EventAttributes["place"].TextOf(0));
        Assert.Equal(AttributeKind.Missing, flat.EventAttributes["place"].KindOf(1));
        Assert.False(flat.EventAttributes["never"].HasAny);
        Assert.Equal(7, flat.CaseAttributes["w"].NumberOf(0));
        Assert.Equal(1, log.Idle("x"));
        Assert.Equal("Ana", log.Flatten(new ObjectView { ObjectType = "x", PersonType = "p" }).Resources[log.Flatten(new ObjectView { ObjectType = "x", PersonType = "p" }).ResourcesOf(0)[0]]);
    }

    [Theory]
    [InlineData("y", null, null, "--object: the log has no objects of type 'y'; there are x.")]
    [InlineData("x", "p", null, "--person-type: the log has no objects of type 'p'; there are x.")]
    [InlineData("x", "x", "by", "--person-as: no event names an object as 'by'; there are q.")]
    public void What_is_not_there_is_told_with_what_is(string type, string? people, string? namedAs, string expected) => Assert.Equal(expected,
        Assert.Throws<BadInputException>(() => Read(BadObjectLogTests.Small().Json()).Flatten(new ObjectView { ObjectType = type, PersonType = people, PersonAs = namedAs })).Message);
}
