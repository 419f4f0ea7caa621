using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>Who the people of an object-centric log are: the objects of one type, numbered alike whatever the cases are.</summary>
internal sealed class ObjectPeople
{
    readonly int[] _numberOf;
    readonly NamedObjects? _named;

    /// <exception cref="BadInputException">There is no such type, or nobody is named so.</exception>
    public ObjectPeople(ObjectLog log, string? type, string? namedAs)
    {
        _numberOf = new int[log.Objects.Count];
        if (type is null) return;
        var number = log.TypeOf(type, "--person-type");
        for (var o = 0; o < _numberOf.Length; o++)
        {
            if (log.ObjectType[o] != number) continue;
            _numberOf[o] = Names.Count;
            Names.Add(log.Objects[o]);
        }

        var qualifier = log.Relations.Qualifier(namedAs);
        if (qualifier == -1) throw new BadInputException($"--person-as: no event names an object as '{LogText.Show(namedAs!)}'; there are {log.Relations.Qualifiers()}.");
        _named = new NamedObjects(log, number, qualifier);
    }

    public List<string> Names { get; } = [];

    /// <summary>The person that an event names first, or <see cref="EventLog.NoResource"/>.</summary>
    public int FirstOf(int eventNumber) => _named is not null && _named.Of(eventNumber) is [var first, ..] ? _numberOf[first] : EventLog.NoResource;

    /// <summary>The people that some events name, each once, in the order in which they come; at most so many.</summary>
    public List<int> Of(IEnumerable<int> events, int most)
    {
        var (people, seen) = (new List<int>(), new HashSet<int>());
        if (_named is null) return people;
        foreach (var e in events)
        {
            foreach (var o in _named.Of(e))
            {
                if (people.Count == most) return people;
                if (seen.Add(o)) people.Add(_numberOf[o]);
            }
        }

        return people;
    }
}
