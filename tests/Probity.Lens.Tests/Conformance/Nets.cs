using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>Small nets for tests.</summary>
internal static class Nets
{
    /// <summary>One step after another.</summary>
    public static PetriNet Sequence(params string[] labels)
    {
        var builder = new NetBuilder("pnml");
        var place = builder.AddPlace("start", initial: 1);
        foreach (var label in labels)
        {
            var t = builder.AddTransition(label, label);
            builder.AddInput(t, place);
            builder.AddOutput(t, place = builder.AddPlace("after " + label));
        }

        builder.SetFinal(place, 1);
        return builder.Build();
    }

    /// <summary>All steps in any order, between a silent split and a silent join.</summary>
    public static PetriNet AllOf(params string[] labels)
    {
        var builder = new NetBuilder("pnml");
        var (split, join) = (builder.AddTransition("split", null), builder.AddTransition("join", null));
        builder.AddInput(split, builder.AddPlace("start", initial: 1));
        builder.AddOutput(join, builder.AddPlace("end", final: 1));
        foreach (var label in labels)
        {
            var t = builder.AddTransition(label, label);
            var (before, after) = (builder.AddPlace("before " + label), builder.AddPlace("after " + label));
            builder.AddOutput(split, before);
            builder.AddInput(t, before);
            builder.AddOutput(t, after);
            builder.AddInput(join, after);
        }

        return builder.Build();
    }

    /// <summary>A silent step that feeds a place without end; "a" takes <paramref name="weight"/> from it to the end.</summary>
    public static PetriNet Breeder(int weight, string final = "end")
    {
        var builder = new NetBuilder("pnml");
        var (start, heap, end) = (builder.AddPlace("start", 1), builder.AddPlace("heap"), builder.AddPlace("end"));
        var never = builder.AddPlace("never");
        var feed = builder.AddTransition("feed", null);
        builder.AddInput(feed, start);
        builder.AddOutput(feed, start);
        builder.AddOutput(feed, heap);
        var a = builder.AddTransition("a", "a");
        builder.AddInput(a, start);
        builder.AddInput(a, heap, weight);
        builder.AddOutput(a, end);
        builder.SetFinal(final == "end" ? end : never, 1);
        return builder.Build();
    }
}
