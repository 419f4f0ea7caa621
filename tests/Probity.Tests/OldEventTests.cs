using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Tests;

/// <summary>What was recorded in an old form is read, for ever: every version that ever was has its type, its golden file, and a way to the newest.</summary>
public sealed class OldEventTests
{
    /// <summary>Old forms that say what the newer ones do not, and are read for it.</summary>
    static readonly Type[] SayMore = [typeof(PostingProposedV1)];

    static string Golden(string type, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", "events", type + ".json");

    static (string Name, int Version) Split(string type)
    {
        var match = Regex.Match(type, @"\A(.+)\.v([1-9][0-9]*)\z");
        return (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void No_version_was_left_out_or_taken_away()
    {
        foreach (var versions in EventTypes.All.Keys.Select(Split).GroupBy(type => type.Name, type => type.Version))
            Assert.Equal(Enumerable.Range(1, versions.Count()), versions.Order());
    }

    [Fact]
    public void Every_old_form_is_read_as_the_newest_or_says_more_than_it()
    {
        var newest = EventTypes.All.Keys.Select(Split).GroupBy(type => type.Name).ToDictionary(types => types.Key, types => types.Max(type => type.Version));
        var old = EventTypes.All.Where(type => Split(type.Key).Version < newest[Split(type.Key).Name]).ToList();
        Assert.Equal(4, old.Count);
        foreach (var (type, form) in old.Where(type => !SayMore.Contains(type.Value)))
        {
            Assert.True(typeof(IOldEvent).IsAssignableFrom(form), $"{type} has no way to its newest form: implement {nameof(IOldEvent)}.");
            var read = Read(type);
            Assert.Equal($"{Split(type).Name}.v{newest[Split(type).Name]}", EventTypes.NameOf(read.Event!.GetType()));
            // What it was recorded as is known still.
            Assert.Equal(type, read.Type);
        }

        Assert.All(EventTypes.All.Except(old), type => Assert.False(typeof(IOldEvent).IsAssignableFrom(type.Value), $"{type.Key} is the newest of its forms."));
    }

    [Fact]
    public void An_old_posting_ends_as_a_new_one_does()
    {
        var posting = ((PostingEnded)Read("access.posting-ended.v1").Event!).Posting;
        var proposed = new Recorded(new PostingProposedV1(posting, Guid.NewGuid(), Guid.NewGuid(), "Needed."), "access.posting-proposed.v1", 0, Register.Stream, 1, At, null, default);
        var register = Register.Initial.Apply(proposed).Apply(proposed with { Event = new PostingApproved(posting) });
        Assert.Null(register.Postings[posting].Until);
        Assert.Equal(At, register.Apply(Read("access.posting-ended.v1")).Postings[posting].Until);
    }

    static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Recorded Read(string type) => EventTypes.Read(new Entry(
        new RecordHeader(1, Register.Stream, 2, type, At, null, default, Guid.Empty, default, new byte[32], new byte[32]),
        Encoding.UTF8.GetBytes(File.ReadAllText(Golden(type)).TrimEnd('\n'))));
}
