using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>A polygraph or a score leads to a closer look and to nothing else: no decision against somebody rests on it alone.</summary>
internal static class NoSoleGround
{
    public const string Code = "people.sole-ground";
    public const string GroundsMissing = "people.grounds-missing";

    /// <summary>What a decision for somebody can rest on.</summary>
    public static readonly IReadOnlyList<VettingGround> For = [VettingGround.NothingFound, VettingGround.Explained, VettingGround.Bounded];

    /// <summary>What one against somebody can rest on.</summary>
    public static readonly IReadOnlyList<VettingGround> Against = [.. Enum.GetValues<VettingGround>().Except(For)];

    static readonly VettingGround[] Weak = [VettingGround.Polygraph, VettingGround.Score];

    /// <summary>The refusal of grounds for a decision against the person of a clearance.</summary>
    public static Refusal? Refuses(Clearance clearance, IReadOnlyList<VettingGround> grounds)
    {
        if (grounds.Count == 0 || grounds.Any(g => !Against.Contains(g))) return new Refusal(GroundsMissing);
        var adverse = clearance.Checks.Values.Where(c => c.Result == VettingResult.Adverse).ToList();
        return grounds.All(Weak.Contains) || (adverse.Count > 0 && adverse.All(c => c.Kind == CheckKind.Polygraph)) ? new Refusal(Code) : null;
    }
}
