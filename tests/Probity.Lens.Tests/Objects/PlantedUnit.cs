using System.Globalization;

namespace Probity.Lens.Tests.Objects;

/// <summary>
/// An invented unit: cases with exhibits in packages, officers, locations. Everything goes as it should but for what is planted,
/// which is kept as "rule: object or event".
/// </summary>
internal sealed class PlantedUnit
{
    public const string Rules = """
        rules:
        - {id: own-case, kind: belongs, object: exhibit, to: case, as: part of}
        - {id: two-officers, kind: per-event, activation: Hand over, object: officer, min: 2, max: 2}
        - {id: one-package, kind: per-event, activation: Hand over, object: package, max: 1}
        - {id: weight-kept, kind: value-kept, object: exhibit, value: weight, fall: 2%, rise: 2%}
        - {id: one-place, kind: one-place, object: exhibit, place: location, travel: 2h}
        - {id: weighed-in-time, kind: response, activation: Seize, target: Weigh, within: 2d, object: exhibit}
        """;

    const int Cases = 60;
    const int Officers = 12;
    const int Skimmer = 7;
    static readonly DateTime Start = new(2024, 1, 1, 6, 0, 0, DateTimeKind.Utc);

    readonly Random _random = new(20240101);

    PlantedUnit()
    {
        foreach (var type in (string[])["Seize", "Weigh", "Store", "Hand over", "Analyse", "Destroy"]) Log.EventTypes.Add((type, []));
        Log.ObjectTypes.Add(("case", []));
        Log.ObjectTypes.Add(("exhibit", [("weight", "float"), ("substance", "string")]));
        foreach (var type in (string[])["package", "officer", "location"]) Log.ObjectTypes.Add((type, []));
        for (var i = 0; i < Officers; i++) Log.Put(Officer(i), "officer");
        foreach (var place in (string[])["Harbour", "Laboratory", "Vault"]) Log.Put(place, "location");
        for (var i = 0; i < Cases; i++) Log.Put($"C{i}", "case");
    }

    public Ocel Log { get; } = new();

    /// <summary>What there is to find.</summary>
    public HashSet<string> Planted { get; } = [];

    /// <summary>The officer whose exhibits lose weight.</summary>
    public static string Guilty => Officer(Skimmer);

    public static PlantedUnit Make()
    {
        var unit = new PlantedUnit();
        for (var c = 0; c < Cases; c++)
            for (var n = 0; n < 4; n++) unit.Exhibit(c, n);
        return unit;
    }

    void Exhibit(int c, int n)
    {
        var number = (c * 4) + n;
        var (id, package) = ($"X{number}", $"P{number}");
        var at = Start.AddDays(c).AddMinutes(n);
        var thing = Log.Put(id, "exhibit", ($"C{c}", "part of"));
        Log.Put(package, "package");
        if (number == 33) Plant("own-case", id, () => thing.Names.Add(($"C{c + 1}", "part of")));
        if (number == 34) Plant("own-case", id, thing.Names.Clear);
        var keeper = Pick();
        var weight = 100 + _random.Next(900) + _random.NextDouble();
        Add("Seize", at, "Harbour", [Pick()], id, $"C{c}");
        // Of these nobody knows the case: not by a relation, and no event names one.
        if (number == 34) Log.Events[^1].Names.RemoveAll(name => name.Thing == $"C{c}");
        at = at.AddHours(5);
        if (number is 50 or 51) Plant("weighed-in-time", id, () => at = at.AddDays(3));
        Weigh(thing, weight, at, Pick());
        at = at.AddHours(number == 70 ? 1 : 4);
        if (number == 70) Planted.Add($"one-place: {id}");
        Add("Store", at, "Vault", [keeper], id, package);
        if (number is 90 or 91) Plant("own-case", id, () => Log.Events[^1].Names.Add(($"C{c + 2}", "")));
        at = at.AddDays(2);
        Hand(number, at, keeper, package, id);
        at = at.AddHours(4);
        // One keeper takes of every third exhibit; of the others' two lose weight too.
        var loses = keeper == Skimmer ? number % 3 != 0 : number is 21 or 121;
        if (loses) Planted.Add($"weight-kept: {id}");
        if (number == 150) Plant("weight-kept", id, () => weight *= 1.05);
        weight *= loses ? 0.93 : 0.99 + (_random.NextDouble() * 0.019);
        Weigh(thing, weight, at, Pick());
        Add("Destroy", at.AddDays(30), "Harbour", [Pick(), Pick()], id, package);
    }

    void Hand(int number, DateTime at, int keeper, string package, string exhibit)
    {
        var taker = (keeper + 1 + _random.Next(Officers - 1)) % Officers;
        Add("Hand over", at, "Vault", [keeper, taker], exhibit, package);
        if (number == 40) Plant("two-officers", Log.Events[^1].Id, () => Log.Events[^1].Names.RemoveAll(n => n.Thing == Officer(taker)));
        if (number == 41) Plant("two-officers", Log.Events[^1].Id, () => Log.Events[^1].Names.Add((Officer(Enumerable.Range(0, Officers).First(o => o != keeper && o != taker)), "")));
        if (number == 42) Plant("one-package", Log.Events[^1].Id, () => Log.Events[^1].Names.Add(("P1", "")));
    }

    void Weigh(Ocel.Thing thing, double weight, DateTime at, int officer)
    {
        Add("Weigh", at, "Laboratory", [officer], thing.Id);
        thing.Values.Add(("weight", at, weight));
    }

    void Add(string type, DateTime at, string place, int[] officers, params string[] things) => Log.Add(
        $"E{Log.Events.Count}", type, at, [.. things.Select(t => (t, "")), (place, "at"), .. officers.Distinct().Select(o => (Officer(o), "by"))]);

    void Plant(string rule, string thing, Action change)
    {
        change();
        Planted.Add($"{rule}: {thing}");
    }

    int Pick() => _random.Next(Officers);

    static string Officer(int number) => string.Create(CultureInfo.InvariantCulture, $"Officer {number}");
}
