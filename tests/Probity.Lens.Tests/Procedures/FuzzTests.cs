using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Procedures.Drawings;

namespace Probity.Lens.Tests.Procedures;

/// <summary>
/// Damaged and random bytes are read or refused with one line, and what is read can be checked against, or refused.
/// Two seconds each, thirty where CI is set; a failure names the seed that repeats it.
/// </summary>
public class FuzzTests
{
    static readonly TimeSpan Time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? 15 : 2);
    static readonly EventLog Log = EventLog.FromTraces([("1", ["a", "b"]), ("2", ["A", "B", "B"]), ("3", [])]);
    static readonly ConformanceOptions Limits = new() { Threads = 1, MaxWholeMarkings = 300, MaxMarkings = 300, MaxStates = 600 };

    static readonly string Process = Bpmn.Write(
        "startEvent s; task a; parallelGateway p; task b; exclusiveGateway x; parallelGateway q; endEvent e", "s>a a>p p>b p>x x>q x>a b>q q>e");

    static readonly string Rich = Bpmn.Draw(
        "(startEvent s)(inclusiveGateway i default='f2')(task a)<task id='b' name='B'><standardLoopCharacteristics loopMaximum='2'/></task>(inclusiveGateway j)" +
        "<subProcess id='u'><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>(startEvent v)(parallelGateway p)(task c)(task d)" +
        "<endEvent id='w'><errorEventDefinition errorRef='x'/></endEvent><endEvent id='t'><terminateEventDefinition/></endEvent>[v>p p>c p>d c>w d>t]</subProcess>" +
        "<boundaryEvent id='k' attachedToRef='u' cancelActivity='false'><timerEventDefinition/></boundaryEvent><boundaryEvent id='l' attachedToRef='u'><errorEventDefinition errorRef='x'/></boundaryEvent>" +
        "(task g)(task h)(endEvent e)[s>i i>a i>b a>j b>j j>u u>e k>g g>e l>h h>e]", "<error id='x' errorCode='1'/>");

    [Fact]
    public void Damaged_pnml() => Fuzz(random => Damage(PnmlTests.Valid, random));

    [Fact]
    public void Damaged_bpmn() => Fuzz(random => Damage(Process, random));

    [Fact]
    public void Damaged_bpmn_with_subprocesses_and_boundary_events() => Fuzz(random => Damage(Rich, random));

    // What an author uploads: read, drawn, compared with what it was damaged from, and renamed.
    [Fact]
    public void Damaged_drawings() => Fuzz(random => Damage(DrawingTests.Whole, random), bytes =>
    {
        var drawing = ProcedureDrawing.Read(new MemoryStream(bytes), "fuzz");
        var whole = ProcedureDrawing.Read(new MemoryStream(Encoding.UTF8.GetBytes(DrawingTests.Whole)), "whole");
        XDocument.Parse(ProcedurePicture.Svg(drawing));
        DrawingComparison.Of(whole, drawing);
        DrawingComparison.Of(drawing, whole);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal(drawing.Steps.Count, ProcedureDrawing.Read(new MemoryStream(Encoding.UTF8.GetBytes(DrawnNames.Rename(text, name => name + "!"))), "renamed").Steps.Count);
    });

    [Fact]
    public void Random_bytes() => Fuzz(random =>
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return random.Next(2) == 0 ? bytes : [.. "<pnml><net id='"u8, .. bytes];
    });

    static void Fuzz(Func<Random, byte[]> make) => Fuzz(make, bytes =>
    {
        var net = ProcedureReader.Read(new MemoryStream(bytes), "fuzz");
        ConformanceCheck.Run(Log, net, Limits);
    });

    static void Fuzz(Func<Random, byte[]> make, Action<byte[]> read)
    {
        var clock = Stopwatch.StartNew();
        for (var seed = Environment.TickCount; clock.Elapsed < Time; seed++)
        {
            var bytes = make(new Random(seed));
            try
            {
                read(bytes);
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToBase64String(bytes)}", e);
            }
        }
    }

    // Mostly whole tags and ids are moved about, since single bytes rarely get past the XML parser.
    static byte[] Damage(string valid, Random random)
    {
        var parts = valid.Split('<').ToList();
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var (at, from) = (random.Next(parts.Count), random.Next(parts.Count));
            switch (random.Next(6))
            {
                case 0: parts.RemoveAt(at); break;
                case 1: parts.Insert(at, parts[from]); break;
                case 2: (parts[at], parts[from]) = (parts[from], parts[at]); break;
                case 3: parts[at] = Swap(parts[at], parts[from], random); break;
                case 4: parts[at] = parts[at].Replace(random.Next(10).ToString(System.Globalization.CultureInfo.InvariantCulture), "7", StringComparison.Ordinal); break;
                default: parts[at] = parts[at].Insert(random.Next(parts[at].Length + 1), ((char)random.Next(1, 0x2FF)).ToString()); break;
            }
        }

        return Encoding.UTF8.GetBytes(string.Join('<', parts));
    }

    // One quoted value takes the place of another: dangling and doubled ids, loops, wrong kinds.
    static string Swap(string part, string other, Random random)
    {
        var (mine, theirs) = (part.Split('"'), other.Split('"'));
        if (mine.Length < 3 || theirs.Length < 3) return part;
        mine[(2 * random.Next(mine.Length / 2)) + 1] = theirs[(2 * random.Next(theirs.Length / 2)) + 1];
        return string.Join('"', mine);
    }
}
