using System.Runtime.InteropServices;
using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>
/// value-kept: a number does not fall, or rise, too far from one record to the next. Everybody whom an event names from the one
/// to the other, both included, handled it; and whoever handled objects that lost more often than their peers' stands out.
/// </summary>
internal sealed class ValueKeptJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat) : ObjectJudge(rule, objects, people, flat)
{
    readonly int _attribute = objects.Values.Find(rule.ValueName!);
    readonly Dictionary<int, (int Outcomes, int Cases)> _handled = [];
    List<PersonRate> _rates = [];

    protected override List<PersonRate> Rates => _rates;

    protected override void JudgeCase(int c)
    {
        if (_attribute < 0) return;
        (long Time, double Least, double Most)? before = null;
        var (at, end) = Objects.Values.Of(Flat.Objects[c], _attribute);
        while (at < end)
        {
            if (Group(ref at, end) is not { } now)
            {
                Tally.LeaveUnknown();
                continue;
            }

            if (before is { } earlier) JudgePair(c, earlier, now);
            before = now;
        }
    }

    /// <summary>The records of one time, which have no order: their least and greatest value; null where one is no number.</summary>
    (long Time, double Least, double Most)? Group(ref int at, int end)
    {
        var time = Objects.Values.TimeAt(at);
        var (least, most, known) = (double.MaxValue, double.MinValue, true);
        for (; at < end && Objects.Values.TimeAt(at) == time; at++)
        {
            if (Objects.Values.NumberAt(at) is { } number) (least, most) = (Math.Min(least, number), Math.Max(most, number));
            else known = false;
        }

        return known ? (time, least, most) : null;
    }

    void JudgePair(int c, (long Time, double Least, double Most) before, (long Time, double Least, double Most) now)
    {
        var times = Flat.Log.TimesOf(c);
        var between = new List<int>();
        for (var i = FirstAt(times, before.Time); i < times.Length && times[i] <= now.Time; i++) between.Add(i);
        var finding = At(c, between);
        var (first, last) = between.Count == 0 ? (-1, -1) : (between[0], between.Count > 1 ? between[^1] : -1);
        // In whatever order those of one time were recorded, it fell at least from the least to the greatest.
        var (fell, rose) = (before.Least - now.Most, now.Least - before.Most);
        var violated = true;
        if (Rule.Fall?.IsPassedBy(fell, before.Least) == true) Violate(Reason.Fell, first, last, finding with { Before = (before.Least, before.Time), After = (now.Most, now.Time) });
        else if (Rule.Rise?.IsPassedBy(rose, before.Most) == true) Violate(Reason.Rose, first, last, finding with { Before = (before.Most, before.Time), After = (now.Least, now.Time) });
        else violated = false;
        if (!violated) Tally.Satisfy();
        foreach (var person in finding.People)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_handled, person, out _);
            own = (own.Outcomes + (violated ? 1 : 0), own.Cases + 1);
        }
    }

    /// <summary>The first position at a time or later.</summary>
    static int FirstAt(ReadOnlySpan<long> times, long time)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    protected override void Finish()
    {
        var judged = _handled.Where(p => p.Value.Cases >= Rule.Minimum).OrderBy(p => p.Key).ToList();
        var compared = PeerRates.Compare([.. judged.Select(p => p.Value)]);
        _rates = PeerRates.Rank(compared.Select((rate, i) => rate with { Person = judged[i].Key, Name = Flat.Log.Resources[judged[i].Key] }));
        for (var i = 0; i < _rates.Count && _rates[i].StandsOut; i++) Tally.Find(new Violation(Reason.Rate, -1, -1, -1, i, 0));
    }

    protected override IEnumerable<string> NeverSeen() => _attribute < 0 ? [Rule.ValueName!] : [];
}
