using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>
/// one-place: two events that name different places are not closer in time than the way between them takes. An event that names
/// several places was at any one of them.
/// </summary>
internal sealed class OnePlaceJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat) : ObjectJudge(rule, objects, people, flat)
{
    readonly NamedObjects _places = new(objects, objects.TypeOf(rule.Place!, rule.Id), objects.Relations.Qualifier(rule.As));
    readonly long _travel = rule.Travel!.Value.Total;

    protected override void JudgeCase(int c)
    {
        var times = Flat.Log.TimesOf(c);
        var last = -1;
        for (var i = 0; i < times.Length; i++)
        {
            var places = _places.Of(EventAt(c, i));
            if (places.IsEmpty) continue;
            if (last >= 0)
            {
                var before = _places.Of(EventAt(c, last));
                if (times[i] - times[last] >= _travel || before.ContainsAny(places)) Tally.Satisfy();
                else Violate(Reason.TwoPlaces, last, i, At(c, last, i) with { Objects = Names([before[0], .. places]), Count = 2 });
            }

            last = i;
        }
    }
}
