namespace Probity.Policies.Contract;

/// <summary>What a rule's figure counts; a switch is 1 for yes and 0 for no.</summary>
internal enum RuleUnit { Days, WorkingDays, Months, Percent, People, Minutes, Switch }

/// <summary>Which way a figure has to move for the rule to ask more of people.</summary>
internal enum Stricter { Lower, Higher }

/// <summary>A figure that a country may set otherwise: a period, a share or a number of people that the rules of a room work with.</summary>
/// <param name="Key">Its stable name, room first: <c>conduct.acknowledge-within</c>. Also the key of its text.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Default">What holds where nobody has set it.</param>
/// <param name="Least">The smallest figure that makes sense.</param>
/// <param name="Most">The largest.</param>
/// <param name="Stricter">Which way it asks more.</param>
internal sealed record PolicyRule(string Key, RuleUnit Unit, int Default, int Least, int Most, Stricter Stricter)
{
    /// <summary>Whether a figure asks less of people than another.</summary>
    public bool IsLooser(int figure, int than) => Stricter == Stricter.Lower ? figure > than : figure < than;

    /// <summary>Whether a figure is one that the rule can have.</summary>
    public bool Takes(int figure) => figure >= Least && figure <= Most;
}
