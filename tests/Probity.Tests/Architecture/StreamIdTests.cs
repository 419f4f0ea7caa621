using System.Reflection;
using Probity.Access.Contract;
using Probity.Ledger;

namespace Probity.Tests.Architecture;

/// <summary>Streams of the agency have ids that are written in the source: two that share one would share their versions for ever.</summary>
public sealed class StreamIdTests
{
    [Fact]
    public void No_two_streams_have_one_id()
    {
        var streams = typeof(Register).Assembly.GetTypes().Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(f => f.FieldType == typeof(StreamId)))
            .Select(f => (Owner: f.DeclaringType!.Name, Id: (StreamId)f.GetValue(null)!)).ToList();
        Assert.True(streams.Count > 10, $"{streams.Count} found");
        Assert.Empty(streams.GroupBy(s => s.Id).Where(g => g.Count() > 1).Select(g => string.Join(", ", g.Select(s => s.Owner))));
    }
}
