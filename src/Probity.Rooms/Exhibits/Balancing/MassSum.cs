using System.Collections.Immutable;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Balancing;

/// <summary>
/// A mass worked out from readings, each with the sign that it went in with: what went in twice with opposite signs has no uncertainty left, so that
/// a reading which two figures share is counted once.
/// </summary>
/// <param name="Value">In grams; less than zero where something is missing.</param>
/// <param name="Of">The readings: how often each went in, and its uncertainty (k = 2).</param>
internal sealed record MassSum(decimal Value, ImmutableDictionary<Guid, (int Times, Grams Uncertainty)> Of)
{
    public static readonly MassSum Zero = new(0m, ImmutableDictionary<Guid, (int, Grams)>.Empty);

    public static MassSum Reading(Guid act, Grams mass, Grams uncertainty) => new(mass.Value, Zero.Of.Add(act, (1, uncertainty)));

    public static MassSum operator +(MassSum a, MassSum b) => Join(a, b, 1);

    public static MassSum operator -(MassSum a, MassSum b) => Join(a, b, -1);

    /// <summary>All uncertainties together: the root of the sum of their squares.</summary>
    public Grams Uncertainty => Grams.Combine(Of.Values.Select(r => new Grams(Math.Abs(r.Times) * r.Uncertainty.Value)));

    /// <summary>Whether it is further from nothing than its uncertainty.</summary>
    public bool IsBeyond => Math.Abs(Value) > Uncertainty.Value;

    static MassSum Join(MassSum a, MassSum b, int sign)
    {
        var of = a.Of.ToBuilder();
        foreach (var (act, (times, uncertainty)) in b.Of)
        {
            var sum = (of.TryGetValue(act, out var known) ? known.Times : 0) + sign * times;
            if (sum == 0) of.Remove(act);
            else of[act] = (sum, uncertainty);
        }

        return new MassSum(a.Value + sign * b.Value, of.ToImmutable());
    }
}
