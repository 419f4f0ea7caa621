using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>
/// belongs: an object belongs to one object of another type, by a relation between the two, either way, or else by the first
/// event that names both; and no event names it with others of that type alone.
/// </summary>
internal sealed class BelongsJudge : ObjectJudge
{
    readonly int _to;
    readonly Dictionary<int, List<int>> _owners = [];

    public BelongsJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat) : base(rule, objects, people, flat)
    {
        _to = objects.TypeOf(rule.To!, rule.Id);
        var type = objects.TypeOf(rule.ObjectType!, rule.Id);
        for (var o = 0; o < objects.Objects.Count; o++)
        {
            var targets = objects.Links.Of(o);
            var qualifiers = objects.Links.QualifiersOf(o);
            for (var i = 0; i < targets.Length; i++)
            {
                if (Qualifier is { } asked && qualifiers[i] != asked) continue;
                if (objects.ObjectType[o] == type && objects.ObjectType[targets[i]] == _to) Add(o, targets[i]);
                if (objects.ObjectType[o] == _to && objects.ObjectType[targets[i]] == type) Add(targets[i], o);
            }
        }
    }

    protected override void JudgeCase(int c)
    {
        var length = Flat.Log.ActivitiesOf(c).Length;
        var named = new List<int>[length];
        for (var i = 0; i < length; i++) named[i] = OwnersNamed(EventAt(c, i));
        var own = _owners.GetValueOrDefault(Flat.Objects[c]) ?? [];
        var first = -1;
        if (own.Count == 0 && (first = Array.FindIndex(named, n => n.Count > 0)) >= 0)
        {
            // Of events at one time none is the first.
            var times = Flat.Log.TimesOf(c);
            own = [];
            for (var i = first; i < length && times[i] == times[first]; i++) own.AddRange(named[i].Except(own));
        }

        if (own.Count == 0) Violate(Reason.NoOwner, -1, -1, At(c));
        else if (own.Count > 1) Violate(Reason.SeveralOwners, first, -1, (first < 0 ? At(c) : At(c, first)) with { Objects = Names(own), Count = own.Count });
        else JudgeEvents(c, own[0], named);
    }

    void JudgeEvents(int c, int own, List<int>[] named)
    {
        Tally.Satisfy();
        for (var i = 0; i < named.Length; i++)
        {
            if (named[i].Count == 0) continue;
            // Exhibits of several cases may travel together: an event that names its own case too is of its case.
            if (named[i].Contains(own)) Tally.Satisfy();
            else Violate(Reason.OtherOwner, i, -1, At(c, i) with { Objects = Names([own, .. named[i]]), Count = named[i].Count });
        }
    }

    // The qualifier is that of the relation between the objects; events may name the owner as anything.
    List<int> OwnersNamed(int eventNumber)
    {
        var found = new List<int>();
        foreach (var o in Objects.Relations.Of(eventNumber))
            if (Objects.ObjectType[o] == _to && !found.Contains(o)) found.Add(o);
        return found;
    }

    void Add(int thing, int owner)
    {
        if (!_owners.TryGetValue(thing, out var owners)) _owners[thing] = owners = [];
        if (!owners.Contains(owner)) owners.Add(owner);
    }
}
