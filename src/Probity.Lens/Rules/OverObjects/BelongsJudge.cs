using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>
/// belongs: an object belongs to one object of another type, by a relation between the two, either way, or else by the first
/// event that names both; and no event names it with others of that type alone.
/// </summary>
internal sealed class BelongsJudge : ObjectJudge
{
    readonly int _to;

    // The qualifier is that of the relation between the objects; events may name the owner as anything.
    readonly NamedObjects _named;
    readonly Dictionary<int, List<int>> _owners = [];

    public BelongsJudge(Rule rule, ObjectLog objects, ObjectPeople people, FlatLog flat) : base(rule, objects, people, flat)
    {
        _to = objects.TypeOf(rule.To!, rule.Id);
        _named = new NamedObjects(objects, _to, null);
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
        var times = Flat.Log.TimesOf(c);
        var own = _owners.GetValueOrDefault(Flat.Objects[c]) ?? [];
        var first = -1;
        if (own.Count == 0)
        {
            first = 0;
            while (first < times.Length && _named.Of(EventAt(c, first)).IsEmpty) first++;
            // Of events at one time none is the first.
            for (var i = first; i < times.Length && times[i] == times[first]; i++)
                foreach (var owner in _named.Of(EventAt(c, i)))
                    if (own.Count <= ObjectFinding.MostNames && !own.Contains(owner)) own.Add(owner);
        }

        if (own.Count == 0) Violate(Reason.NoOwner, -1, -1, At(c));
        else if (own.Count > 1) Violate(Reason.SeveralOwners, first, -1, (first < 0 ? At(c) : At(c, first)) with { Objects = Names([.. own]), Count = own.Count });
        else JudgeEvents(c, own[0]);
    }

    void JudgeEvents(int c, int own)
    {
        Tally.Satisfy();
        for (var i = 0; i < Flat.Log.TimesOf(c).Length; i++)
        {
            var named = _named.Of(EventAt(c, i));
            if (named.IsEmpty) continue;
            // Exhibits of several cases may travel together: an event that names its own case too is of its case.
            if (named.Contains(own)) Tally.Satisfy();
            else Violate(Reason.OtherOwner, i, -1, At(c, i) with { Objects = Names([own, .. named[..Math.Min(named.Length, ObjectFinding.MostNames)]]), Count = named.Length });
        }
    }

    void Add(int thing, int owner)
    {
        if (!_owners.TryGetValue(thing, out var owners)) _owners[thing] = owners = [];
        if (!owners.Contains(owner)) owners.Add(owner);
    }
}
