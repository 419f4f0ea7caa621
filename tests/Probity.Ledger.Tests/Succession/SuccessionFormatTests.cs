using System.Text;
using CsCheck;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Formats;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger.Tests.Succession;

/// <summary>What is read of a succession: the public list, the entry, the evidence. Each accepts what was written and nothing else.</summary>
public sealed class SuccessionFormatTests
{
    static readonly GrowingLog Log = new(40);
    static readonly SignerKey[] Keys = [.. Enumerable.Range(0, 3).Select(i => SignerKey.Generate($"example.org/unit-{i}"))];

    static string Note(int key, long size) => new Checkpoint(Keys[key].Verifier.Name, size, Log.RootAt(size)).Sign(Keys[key]).ToString();

    static Predecessor One(int key, long size) => Predecessor.Open(Keys[key].Verifier.ToString(), Note(key, size));

    static IReadOnlyList<Predecessor> Parse(string text) => PredecessorList.Parse(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void The_list_is_a_line_with_a_key_and_a_note_for_each_log()
    {
        Predecessor[] two = [One(0, 7), One(1, 20)];
        var text = PredecessorList.Write(two);
        Assert.Equal($"log {Keys[0].Verifier}\n{Note(0, 7)}log {Keys[1].Verifier}\n{Note(1, 20)}", text);
        Assert.Equal(two, Parse(text));
        Assert.Empty(Parse(""));
    }

    [Fact]
    public void A_list_that_cannot_be_is_refused()
    {
        var good = PredecessorList.Write([One(0, 7), One(1, 20)]);
        var extended = new Checkpoint(Keys[0].Verifier.Name, 7, Log.RootAt(7)) { Extensions = ["log more"] }.Sign(Keys[0]).ToString();
        foreach (var wrong in (string[])
            [
                "\n", "log ", "log \n", "log x", good + "\n", "\n" + good, good[..^1], good.Replace("log ", "Log ", StringComparison.Ordinal), good + good,
                PredecessorList.Write([One(1, 20), One(0, 7)]), PredecessorList.Write([One(0, 7), One(1, 7)]),
                $"log {Keys[1].Verifier}\n{Note(0, 7)}", $"log {Keys[0].Verifier}\n{extended}", new string('x', PredecessorList.MaxLength + 1),
                string.Concat(Enumerable.Range(0, Lineage.Most + 1).Select(i => PredecessorList.Write([One(i % 3, i % 40)]))),
            ])
            Assert.Throws<FormatException>(() => Parse(wrong));
    }

    [Fact]
    public void Any_bytes_in_the_list_are_read_as_what_they_say_or_refused()
    {
        var good = Encoding.UTF8.GetBytes(PredecessorList.Write([One(0, 7), One(1, 20)]));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 30]).Sample((at, value, cut) =>
        {
            byte[] changed = [.. good[..at], value, .. good[Math.Min(good.Length, at + cut)..]];
            RefusedOrSame(changed);
        }, iter: 2_000);
        Gen.Byte.Array[0, 200].Sample(RefusedOrSame, iter: 1_000);

        static void RefusedOrSame(byte[] text)
        {
            try
            {
                Assert.Equal(text, Encoding.UTF8.GetBytes(PredecessorList.Write(PredecessorList.Parse(text))));
            }
            catch (FormatException)
            {
                // Refused, and with no other error.
            }
        }
    }

    [Fact]
    public void Logs_follow_one_another_in_size_and_each_has_a_name_of_its_own()
    {
        var lineage = Lineage.Of(Keys[2].Verifier, (IReadOnlyList<Predecessor>)[One(0, 7), One(1, 20)]);
        Assert.Equal([Keys[0], Keys[0], Keys[1], Keys[1], Keys[2]], ((long[])[0, 6, 7, 19, 20]).Select(lineage.KeyAt).Select(key => Keys.Single(one => one.Verifier == key)));
        Assert.Throws<FormatException>(() => Lineage.Of(Keys[2].Verifier, (IReadOnlyList<Predecessor>)[One(0, 7), One(1, 7)]));
        Assert.Throws<FormatException>(() => Lineage.Of(Keys[1].Verifier, (IReadOnlyList<Predecessor>)[One(0, 7), One(1, 20)]));
        Assert.Throws<FormatException>(() => Lineage.Of(Keys[2].Verifier, (IReadOnlyList<Predecessor>)[One(0, 7), One(0, 20)]));
        var stored = lineage.Stored();
        Assert.Equal(lineage.Predecessors, Lineage.Of(Keys[2].Verifier, stored).Predecessors);
        foreach (var wrong in (StoredPredecessor[])[stored[0] with { Place = 1 }, stored[0] with { Size = 8 }, stored[0] with { Origin = "x" }, stored[0] with { Note = "x" }, stored[0] with { VerifierKey = "x" }])
            Assert.Throws<FormatException>(() => Lineage.Of(Keys[2].Verifier, [wrong, stored[1]]));
    }

    [Fact]
    public void The_entry_says_what_was_lost_and_is_read_only_as_it_is_written()
    {
        var said = new Succeeded(One(0, 7), SuccessionCause.RolledBack, "perdeu-se um disco — ç", "A. Overseer", Note(0, 12));
        Assert.Equal(5, said.Lost);
        Assert.Equal(12, said.WitnessedCheckpoint!.Size);
        Assert.Equal(said, Succeeded.Decode(said.Encode()));
        Assert.StartsWith("{\"origin\":\"example.org/unit-0\",\"key\":\"example.org/unit-0+", Encoding.UTF8.GetString(said.Encode()), StringComparison.Ordinal);
        Assert.EndsWith(",\"lost\":5}", Encoding.UTF8.GetString(said.Encode()), StringComparison.Ordinal);
        Assert.Null(new Succeeded(One(0, 7), SuccessionCause.Forked, "x", null, Note(0, 5)).Lost);
        Assert.Throws<FormatException>(() => new Succeeded(One(0, 7), SuccessionCause.Other, "x", null, Note(1, 12)));
        foreach (var name in Succeeded.CauseNames) Assert.Equal(name, Succeeded.NameOf(Succeeded.FindCause(name)!.Value));

        var bytes = said.Encode();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= change;
            try
            {
                // A letter of the reason may be another; nothing else may.
                Assert.Equal(changed, Succeeded.Decode(changed).Encode());
            }
            catch (FormatException)
            {
                // Refused, and with no other error.
            }
        }, iter: 2_000);
        Gen.Byte.Array[0, 200].Sample(any => { Assert.Throws<FormatException>(() => Succeeded.Decode(any)); }, iter: 500);
        foreach (var wrong in (string[])["{}", "[]", "null", "{\"key\":1}", Encoding.UTF8.GetString(bytes).Replace("rolled-back", "lost", StringComparison.Ordinal), Encoding.UTF8.GetString(bytes) + " "])
            Assert.Throws<FormatException>(() => Succeeded.Decode(Encoding.UTF8.GetBytes(wrong)));
    }

    [Fact]
    public void The_evidence_gives_back_the_checkpoint_that_a_witness_showed_and_only_one_of_the_log()
    {
        var text = StoppedEvidence.Write(Keys[0].Verifier.Name, DateTimeOffset.UnixEpoch, "it was rolled back", "Call.", Note(0, 12), Note(0, 7)) + "\n";
        Assert.Equal(Note(0, 12), StoppedEvidence.ReadShown(text, Keys[0].Verifier)!.Note.ToString());
        Assert.Null(StoppedEvidence.ReadShown(text, Keys[1].Verifier));
        Assert.Null(StoppedEvidence.ReadShown(StoppedEvidence.Write("x", DateTimeOffset.UnixEpoch, "y", "z", null, Note(0, 7)), Keys[0].Verifier));
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char, Gen.Int[0, 40]).Sample((at, value, cut) =>
        {
            var changed = text[..at] + value + text[Math.Min(text.Length, at + cut)..];
            Assert.True(StoppedEvidence.ReadShown(changed, Keys[0].Verifier) is null or { Checkpoint.Size: 12 or 7 });
        }, iter: 1_000);
    }
}
