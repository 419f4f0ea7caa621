using CsCheck;

namespace Probity.Lens.Tests.Procedures;

/// <summary>A block of a random process.</summary>
internal abstract record Block
{
    public sealed record Task(string Name) : Block;

    /// <summary>One after the other, by choice, at once, or any part: by <paramref name="Kind"/> '>', 'x', '+' or 'o'.</summary>
    public sealed record Many(char Kind, Block[] Parts) : Block;

    /// <summary>Again and again, drawn with gateways ('x'), or as a subprocess with a mark: '1' or more, '0' or more, '2' at once.</summary>
    public sealed record Loop(char Mark, Block Body) : Block;

    /// <summary>A subprocess whose branches end each by themselves.</summary>
    public sealed record Sub(Block[] Branches) : Block;

    /// <summary>A subprocess that a boundary event interrupts, or sets something off beside.</summary>
    public sealed record Watched(Block Body, Block Handler, bool Interrupts) : Block;

    /// <summary>A subprocess in which one of two branches ends everything.</summary>
    public sealed record Terminated(Block Body, Block Last) : Block;

    static readonly Gen<Block> AnyTask = Gen.Int[0, 3].Select(i => (Block)new Task(((char)('A' + i)).ToString()));

    public static Gen<Block> Any(int depth)
    {
        if (depth == 0) return AnyTask;
        var part = Any(depth - 1);
        var few = part.Array[2, 3];
        return Gen.Frequency<Block>(
            (2, AnyTask),
            (3, few.Select(p => (Block)new Many('>', p))),
            (2, few.Select(p => (Block)new Many('x', p))),
            (2, few.Select(p => (Block)new Many('+', p))),
            (2, few.Select(p => (Block)new Many('o', p))),
            (1, part.Select(p => (Block)new Loop('x', p))),
            (1, part.Select(p => (Block)new Loop('1', p))),
            (1, part.Select(p => (Block)new Loop('0', p))),
            (1, part.Select(p => (Block)new Loop('2', p))),
            (1, part.Array[1, 2].Select(p => (Block)new Sub(p))),
            (2, Gen.Select(part, part, Gen.Bool).Select((b, h, i) => (Block)new Watched(b, h, i))),
            (1, Gen.Select(part, part).Select((b, l) => (Block)new Terminated(b, l))));
    }
}

/// <summary>
/// The traces of a block up to a length by the meaning of its construct, with no net: the complete ones, and what can be
/// seen of a run before it is complete.
/// </summary>
internal sealed record Traces(HashSet<string> Whole, HashSet<string> Begun)
{
    public static Traces Of(Block block, int length) => block switch
    {
        Block.Task task => new([task.Name], [""]),
        Block.Many { Kind: 'x' } many => Union([Empty(complete: false), .. many.Parts.Select(p => Of(p, length))]),
        Block.Many { Kind: '+' } many => Together(many.Parts, length),
        Block.Many { Kind: 'o' } many => Union([.. Enumerable.Range(1, (1 << many.Parts.Length) - 1)
            .Select(part => Together([.. many.Parts.Where((_, i) => (part & (1 << i)) != 0)], length))]),
        Block.Many many => many.Parts.Select(p => Of(p, length)).Aggregate(Empty(complete: true), (a, b) => Then(a, b, length)),
        Block.Loop { Mark: '2' } loop => Together([loop.Body, loop.Body], length),
        Block.Loop loop => Repeat(Of(loop.Body, length), loop.Mark == '0', length),
        Block.Sub sub => Together(sub.Branches, length),
        Block.Watched { Interrupts: true } watched => Interrupted(Of(watched.Body, length), Of(watched.Handler, length), length),
        Block.Watched watched => Beside(Of(watched.Body, length), Of(watched.Handler, length), length),
        Block.Terminated ended => Ended(Of(ended.Body, length), Of(ended.Last, length), length),
        _ => throw new InvalidOperationException(),
    };

    static Traces Empty(bool complete) => new(complete ? [""] : [], [""]);

    // All that can be seen before the end, or with nothing but the end to come.
    HashSet<string> Seen => [.. Begun, .. Whole];

    static Traces Union(IReadOnlyList<Traces> parts) => new([.. parts.SelectMany(p => p.Whole)], [.. parts.SelectMany(p => p.Begun)]);

    static Traces Then(Traces first, Traces second, int length) =>
        new(Chain(first.Whole, second.Whole, length), [.. first.Begun, .. Chain(first.Whole, second.Begun, length)]);

    static Traces Together(Block[] parts, int length)
    {
        var all = parts.Select(p => Of(p, length)).ToList();
        return new(
            all.Select(t => t.Whole).Aggregate((a, b) => Shuffle(a, b, length)),
            all.Select(t => t.Seen).Aggregate((a, b) => Shuffle(a, b, length)));
    }

    static Traces Repeat(Traces body, bool none, int length)
    {
        var all = none ? Empty(complete: true) : body;
        for (var n = 0; n <= length; n++) all = Union([all, Then(all, body, length)]);
        return all;
    }

    static Traces Interrupted(Traces body, Traces handler, int length) =>
        new([.. body.Whole, .. Chain(body.Seen, handler.Whole, length)], [.. body.Seen, .. Chain(body.Seen, handler.Begun, length)]);

    // The handler's first step comes after the event, which comes before the body is complete: but the last step of the body may lie between.
    static Traces Beside(Traces body, Traces handler, int length) =>
        new([.. body.Whole, .. Shuffle(body.Whole, handler.Whole, length)], [.. body.Seen, .. Shuffle(body.Seen, handler.Seen, length)]);

    static Traces Ended(Traces body, Traces last, int length) =>
        new(Shuffle(body.Seen, last.Whole, length), Shuffle(body.Seen, last.Seen, length));

    static HashSet<string> Chain(HashSet<string> first, HashSet<string> second, int length) =>
        [.. from a in first from b in second where a.Length + b.Length <= length select a + b];

    static HashSet<string> Shuffle(HashSet<string> first, HashSet<string> second, int length) =>
        [.. from a in first from b in second where a.Length + b.Length <= length from c in Mix(a, b) select c];

    static IEnumerable<string> Mix(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return [a + b];
        return Mix(a[1..], b).Select(rest => a[0] + rest).Concat(Mix(a, b[1..]).Select(rest => b[0] + rest));
    }
}

/// <summary>Draws a block as BPMN.</summary>
internal sealed class Drawing
{
    int _next;

    public static string Of(Block block)
    {
        var drawing = new Drawing();
        return Bpmn.Draw(drawing.Scope([block]));
    }

    // The elements of a scope in which each branch has an end of its own.
    string Scope(Block[] branches, bool terminate = false)
    {
        var (start, split) = (Id(), Id());
        var xml = $"(startEvent {start})(parallelGateway {split})";
        var flows = new List<(string, string)> { (start, split) };
        for (var i = 0; i < branches.Length; i++)
        {
            var (elements, first, last) = Draw(branches[i], flows);
            var end = Id();
            flows.Add((split, first));
            flows.Add((last, end));
            xml += elements + (terminate && i == 1 ? $"<endEvent id='{end}'><terminateEventDefinition/></endEvent>" : $"(endEvent {end})");
        }

        return xml + Flows(flows);
    }

    (string Xml, string First, string Last) Draw(Block block, List<(string, string)> flows)
    {
        switch (block)
        {
            case Block.Task task:
                var id = Id();
                return ($"<task id='{id}' name='{task.Name}'/>", id, id);
            case Block.Many { Kind: '>' } many:
                var parts = many.Parts.Select(p => Draw(p, flows)).ToList();
                for (var i = 1; i < parts.Count; i++) flows.Add((parts[i - 1].Last, parts[i].First));
                return (string.Concat(parts.Select(p => p.Xml)), parts[0].First, parts[^1].Last);
            case Block.Many many:
                var type = many.Kind switch { 'x' => "exclusiveGateway", '+' => "parallelGateway", _ => "inclusiveGateway" };
                return Between(type, many.Parts, flows);
            case Block.Loop { Mark: 'x' } loop:
                var (xml, first, last) = Between("exclusiveGateway", [loop.Body], flows);
                flows.Add((last, first));
                return (xml, first, last);
            case Block.Loop loop:
                return Sub(Scope([loop.Body]), loop.Mark switch
                {
                    '0' => "<standardLoopCharacteristics testBefore='true'/>",
                    '1' => "<standardLoopCharacteristics/>",
                    _ => "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>",
                });
            case Block.Sub sub: return Sub(Scope(sub.Branches));
            case Block.Terminated ended: return Sub(Scope([ended.Body, ended.Last], terminate: true));
            case Block.Watched watched:
                return watched.Interrupts ? Interrupted(watched, flows) : Beside(watched);
            default: throw new InvalidOperationException();
        }
    }

    (string Xml, string First, string Last) Interrupted(Block.Watched watched, List<(string, string)> flows)
    {
        var (body, host, _) = Sub(Scope([watched.Body]));
        var (handler, first, last) = Draw(watched.Handler, flows);
        var (boundary, merge) = (Id(), Id());
        flows.AddRange([(boundary, first), (host, merge), (last, merge)]);
        return ($"{body}<boundaryEvent id='{boundary}' attachedToRef='{host}'/>{handler}(exclusiveGateway {merge})", host, merge);
    }

    // The handler ends by itself, so the whole stands in a subprocess, which waits for it.
    (string Xml, string First, string Last) Beside(Block.Watched watched)
    {
        var flows = new List<(string, string)>();
        var (body, host, _) = Sub(Scope([watched.Body]));
        var (handler, first, last) = Draw(watched.Handler, flows);
        var (boundary, start, end, other) = (Id(), Id(), Id(), Id());
        flows.AddRange([(start, host), (host, end), (boundary, first), (last, other)]);
        return Sub($"(startEvent {start}){body}<boundaryEvent id='{boundary}' attachedToRef='{host}' cancelActivity='false'/>{handler}(endEvent {end})(endEvent {other}){Flows(flows)}");
    }

    (string Xml, string First, string Last) Between(string type, Block[] blocks, List<(string, string)> flows)
    {
        var (split, join) = (Id(), Id());
        var xml = $"({type} {split})({type} {join})";
        foreach (var block in blocks)
        {
            var (part, first, last) = Draw(block, flows);
            flows.Add((split, first));
            flows.Add((last, join));
            xml += part;
        }

        return (xml, split, join);
    }

    (string Xml, string First, string Last) Sub(string inside, string mark = "")
    {
        var id = Id();
        return ($"<subProcess id='{id}'>{mark}{inside}</subProcess>", id, id);
    }

    static string Flows(List<(string From, string To)> flows) => $"[{string.Join(' ', flows.Select(f => $"{f.From}>{f.To}"))}]";

    string Id() => $"n{_next++}";
}
