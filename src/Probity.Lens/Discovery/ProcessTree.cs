using Probity.Lens.Procedures;

namespace Probity.Lens.Discovery;

/// <summary>How the parts of a process tree follow one another.</summary>
public enum TreeOperator
{
    /// <summary>A step: one activity. It has no parts.</summary>
    Activity,

    /// <summary>Nothing happens. It has no parts.</summary>
    Silent,

    /// <summary>One part after the other.</summary>
    Sequence,

    /// <summary>Exactly one of the parts.</summary>
    Choice,

    /// <summary>All parts, interleaved in any way.</summary>
    Parallel,

    /// <summary>The first part; then, any number of times, one of the others and the first again.</summary>
    Loop,
}

/// <summary>
/// A procedure made of blocks (Leemans, Fahland and van der Aalst, Discovering block-structured process models from event
/// logs, 2013): every tree is a sound procedure, whatever its parts.
/// </summary>
public sealed class ProcessTree
{
    ProcessTree(TreeOperator kind, string? activity, IReadOnlyList<ProcessTree> parts) => (Kind, Name, Parts) = (kind, activity, parts);

    /// <summary>How the parts follow one another.</summary>
    public TreeOperator Kind { get; }

    /// <summary>The activity of a step, otherwise null.</summary>
    public string? Name { get; }

    /// <summary>The parts; none for a step and for nothing.</summary>
    public IReadOnlyList<ProcessTree> Parts { get; }

    /// <summary>Nothing happens.</summary>
    public static ProcessTree Silent { get; } = new(TreeOperator.Silent, null, []);

    /// <summary>One activity.</summary>
    public static ProcessTree Activity(string name) => new(TreeOperator.Activity, name, []);

    /// <summary>A block. Parts of the same kind are taken in where that says the same; a block of one part is that part.</summary>
    /// <param name="kind">Sequence, choice, parallel or loop.</param>
    /// <param name="parts">At least one; a loop has at least two.</param>
    /// <exception cref="ArgumentException">Too few parts, or a kind that has none.</exception>
    public static ProcessTree Block(TreeOperator kind, params IReadOnlyList<ProcessTree> parts)
    {
        if (kind is TreeOperator.Activity or TreeOperator.Silent) throw new ArgumentException("A step has no parts.", nameof(kind));
        if (parts.Count < (kind == TreeOperator.Loop ? 2 : 1)) throw new ArgumentException("The block has too few parts.", nameof(parts));
        if (kind == TreeOperator.Loop) return new(kind, null, parts);
        var flat = parts.SelectMany(p => p.Kind == kind ? p.Parts : [p]).ToList();
        // Nothing adds nothing to a sequence or beside others; to a choice it adds the way past, once.
        if (kind != TreeOperator.Choice) flat.RemoveAll(p => p.Kind == TreeOperator.Silent);
        else if (flat.FindIndex(p => p.Kind == TreeOperator.Silent) is >= 0 and var first) flat = [.. flat.Where((p, i) => p.Kind != TreeOperator.Silent || i == first)];
        return flat.Count switch
        {
            0 => Silent,
            1 => flat[0],
            _ => new(kind, null, flat),
        };
    }

    /// <summary>The tree as a net: what <see cref="Conformance.ConformanceCheck"/> checks logs against.</summary>
    /// <exception cref="BadInputException">The tree is larger than a procedure may be.</exception>
    public PetriNet ToNet()
    {
        var builder = new NetBuilder("tree");
        var (start, end) = (builder.AddPlace("start", initial: 1), builder.AddPlace("end", final: 1));
        Put(this, builder, start, end);
        return builder.Build();
    }

    /// <summary>Writes the tree as BPMN 2.0 with a picture, for people to change and hand on; <see cref="ProcedureReader"/> reads it.</summary>
    public void WriteBpmn(Stream stream) => TreeBpmn.Write(this, stream);

    /// <summary>The tree as people in the field write it: <c>-&gt;( 'a', X( 'b', tau ), +( 'c', 'd' ), *( 'e', tau ) )</c>.</summary>
    public override string ToString() => Kind switch
    {
        TreeOperator.Activity => $"'{Name}'",
        TreeOperator.Silent => "tau",
        _ => $"{Sign(Kind)}( {string.Join(", ", Parts)} )",
    };

    static string Sign(TreeOperator kind) => kind switch
    {
        TreeOperator.Sequence => "->",
        TreeOperator.Choice => "X",
        TreeOperator.Parallel => "+",
        _ => "*",
    };

    static void Put(ProcessTree tree, NetBuilder net, int from, int to)
    {
        switch (tree.Kind)
        {
            case TreeOperator.Activity or TreeOperator.Silent:
                Step(net, tree.Name, from, to);
                break;
            case TreeOperator.Choice:
                foreach (var part in tree.Parts) Put(part, net, from, to);
                break;
            case TreeOperator.Sequence:
                for (var i = 0; i < tree.Parts.Count; i++)
                {
                    var next = i == tree.Parts.Count - 1 ? to : net.AddPlace($"p{net.PlaceCount}");
                    Put(tree.Parts[i], net, from, next);
                    from = next;
                }

                break;
            case TreeOperator.Parallel:
                var split = net.AddTransition($"t{net.TransitionCount}", null);
                var join = net.AddTransition($"t{net.TransitionCount}", null);
                net.AddInput(split, from);
                net.AddOutput(join, to);
                foreach (var part in tree.Parts)
                {
                    var (before, after) = (net.AddPlace($"p{net.PlaceCount}"), net.AddPlace($"p{net.PlaceCount}"));
                    net.AddOutput(split, before);
                    net.AddInput(join, after);
                    Put(part, net, before, after);
                }

                break;
            default:
                // Places of its own, or a second round could leave by another part of a choice around it.
                var (begin, done) = (net.AddPlace($"p{net.PlaceCount}"), net.AddPlace($"p{net.PlaceCount}"));
                Step(net, null, from, begin);
                Put(tree.Parts[0], net, begin, done);
                foreach (var again in tree.Parts.Skip(1)) Put(again, net, done, begin);
                Step(net, null, done, to);
                break;
        }
    }

    static void Step(NetBuilder net, string? label, int from, int to)
    {
        var step = net.AddTransition($"t{net.TransitionCount}", label);
        net.AddInput(step, from);
        net.AddOutput(step, to);
    }
}
