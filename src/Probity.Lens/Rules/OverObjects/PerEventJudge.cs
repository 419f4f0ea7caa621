using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>per-event: how many objects of a type an event names. Each event is a case of its own.</summary>
internal sealed class PerEventJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat) : ObjectJudge(rule, objects, people, flat)
{
    readonly HashSet<string> _activities = rule.Activation.ToHashSet(StringComparer.Ordinal);
    readonly NamedObjects _named = new(objects, objects.TypeOf(rule.ObjectType!, rule.Id), objects.Relations.Qualifier(rule.As));

    protected override void JudgeCase(int c)
    {
        if (!_activities.Contains(Flat.Log.Activities[Flat.Log.ActivitiesOf(c)[0]])) return;
        var named = _named.Of(EventAt(c, 0));
        if (named.Length < Rule.Least) Violate(Reason.TooFewObjects, 0, -1, Found(c, named));
        else if (named.Length > Rule.Most) Violate(Reason.TooManyObjects, 0, -1, Found(c, named));
        else Tally.Satisfy();
    }

    ObjectFinding Found(int c, ReadOnlySpan<int> named) => At(c, 0) with { Objects = Names(named), Count = named.Length };

    protected override IEnumerable<string> NeverSeen() => base.NeverSeen().Concat(Rule.Activation.Except(Flat.Log.Activities));
}
