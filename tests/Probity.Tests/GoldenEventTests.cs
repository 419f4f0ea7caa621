using System.Runtime.CompilerServices;
using System.Text;
using Probity.Shared.Record;

namespace Probity.Tests;

/// <summary>
/// The form of every event on the record, written down once: whoever changes one breaks what was recorded before. A new
/// type, or a new version, brings its own file.
/// </summary>
public sealed class GoldenEventTests
{
    static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", "events");

    // A form with what may be left out stands beside the first: type+what.json.
    public static TheoryData<string> Forms => [.. EventTypes.All.Keys
        .Union(Directory.GetFiles(Folder()).Select(f => Path.GetFileNameWithoutExtension(f))).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_event_reads_and_writes_as_it_always_did(string form)
    {
        var file = Path.Combine(Folder(), form + ".json");
        Assert.True(File.Exists(file), $"{file} is missing: write down the event's form.");
        var type = form.Split('+')[0];
        var golden = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimEnd('\n');
        Assert.Equal(golden, Encoding.UTF8.GetString(EventTypes.Serialize(EventTypes.Deserialize(type, Encoding.UTF8.GetBytes(golden)))));
    }

    [Fact]
    public void Every_golden_file_is_of_an_event() =>
        Assert.DoesNotContain(Directory.GetFiles(Folder()), f => !EventTypes.All.ContainsKey(Path.GetFileNameWithoutExtension(f).Split('+')[0]));
}
