using System.Globalization;
using Probity.Testing;

namespace Probity.Lens.Tests.Conformance;

/// <summary>One line of another implementation's table of optimal alignments.</summary>
internal sealed record ReferenceAlignment(int Count, int Cost, double Fitness, string[] Trace)
{
    public static List<ReferenceAlignment> Read(string log, string model)
    {
        var path = ReferenceData.Path($"lens/reference/{log}.{model}.align_dij.tsv");
        return [.. File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Select(cells => new ReferenceAlignment(
            int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture),
            cells[5].Length == 0 ? [] : cells[5].Split('|')))];
    }
}
