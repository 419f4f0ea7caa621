namespace Probity.Cli.Sample;

/// <summary>What is wrong with a case of the sample, on purpose.</summary>
internal enum Irregularity
{
    None,

    /// <summary>The exhibits never went to the laboratory.</summary>
    LaboratorySkipped,

    /// <summary>The exhibits were stored before anybody weighed them.</summary>
    StoredBeforeWeighed,

    /// <summary>The exhibits went to the laboratory long after the 72 hours.</summary>
    LaboratoryLate,

    /// <summary>Steps were recorded days after they are said to have happened.</summary>
    Backdated,

    /// <summary>The handler was given the case by hand: always the same handler, at the same commander's wish.</summary>
    ChosenHandler,

    /// <summary>Nothing happened in the case for more than a year.</summary>
    Stalled,

    /// <summary>The exhibits were destroyed before there was a judgment.</summary>
    DestroyedEarly,

    /// <summary>The case is about an officer of the unit, and their head tries to close it.</summary>
    AboutStaff,
}

/// <summary>Which cases of the sample are irregular, and how: by their place in the order of opening, from 0.</summary>
internal static class SamplePlan
{
    public const int Cases = 400;
    public const int Seed = 20_170_131;

    /// <summary>The first day of the sample's three years.</summary>
    public static readonly DateTimeOffset Begin = new(2023, 11, 6, 7, 0, 0, TimeSpan.Zero);

    /// <summary>The day on which the sample ends.</summary>
    public static readonly DateTimeOffset End = new(2026, 11, 6, 7, 0, 0, TimeSpan.Zero);

    static readonly Dictionary<int, Irregularity> Planted = Plant(
        (Irregularity.LaboratorySkipped, [17, 58, 103, 164, 211, 262]),
        (Irregularity.StoredBeforeWeighed, [29, 77, 141, 198, 240]),
        (Irregularity.LaboratoryLate, [41, 90, 155, 222]),
        (Irregularity.Backdated, [12, 66, 128, 187]),
        (Irregularity.ChosenHandler, [34, 71, 109, 146, 183]),
        (Irregularity.Stalled, [50, 96, 131]),
        (Irregularity.DestroyedEarly, [84, 172]),
        (Irregularity.AboutStaff, [120, 205]));

    public static Irregularity Of(int number) => Planted.GetValueOrDefault(number);

    /// <summary>Whether a case in which the laboratory was skipped says so: null where it does not, else whether a second person stands for it.</summary>
    public static bool? LeavesOut(int number) => number switch { 164 or 211 => true, 262 => false, _ => null };

    static Dictionary<int, Irregularity> Plant(params (Irregularity Kind, int[] Cases)[] planted) => planted
        .SelectMany(p => p.Cases.Select(c => (c, p.Kind)))
        .ToDictionary(p => p.c, p => p.Kind);
}
