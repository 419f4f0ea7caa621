using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>
/// one-place: two events that name different places are not closer in time than the way between them takes. An event that names
/// several places was at any one of them.
/// </summary>
internal sealed class OnePlaceJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat) : ObjectJudge(rule, objects, people, flat)
{
    readonly int _place = objects.TypeOf(rule.Place!, rule.Id);
    readonly long _travel = rule.Travel!.Value.Total;

    protected override void JudgeCase(int c)
    {
        var times = Flat.Log.TimesOf(c);
        var (last, lastPlaces) = (-1, new List<int>());
        for (var i = 0; i < times.Length; i++)
        {
            var places = Named(EventAt(c, i), _place);
            if (places.Count == 0) continue;
            if (last >= 0)
            {
                if (times[i] - times[last] >= _travel || places.Exists(lastPlaces.Contains)) Tally.Satisfy();
                else Violate(Reason.TwoPlaces, last, i, At(c, last, i) with { Objects = Names([lastPlaces[0], .. places]), Count = 2 });
            }

            (last, lastPlaces) = (i, places);
        }
    }
}
