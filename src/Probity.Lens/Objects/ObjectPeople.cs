using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>Who the people of an object-centric log are: the objects of one type, numbered alike whatever the cases are.</summary>
internal sealed class ObjectPeople
{
    readonly ObjectLog _log;
    readonly int[] _numberOf;
    readonly int? _qualifier;

    /// <exception cref="BadInputException">There is no such type, or nobody is named so.</exception>
    public ObjectPeople(ObjectLog log, string? type, string? namedAs)
    {
        _log = log;
        _numberOf = new int[log.Objects.Count];
        Array.Fill(_numberOf, EventLog.NoResource);
        if (type is null) return;
        var number = log.TypeOf(type, "--person-type");
        for (var o = 0; o < _numberOf.Length; o++)
        {
            if (log.ObjectType[o] != number) continue;
            _numberOf[o] = Names.Count;
            Names.Add(log.Objects[o]);
        }

        _qualifier = log.Relations.Qualifier(namedAs);
        if (_qualifier == -1) throw new BadInputException($"--person-as: no event names an object as '{LogText.Show(namedAs!)}'; there are {log.Relations.Qualifiers()}.");
    }

    public List<string> Names { get; } = [];

    /// <summary>The person that an event names first, or <see cref="EventLog.NoResource"/>.</summary>
    public int FirstOf(int eventNumber)
    {
        var objects = _log.Relations.Of(eventNumber);
        var qualifiers = _log.Relations.QualifiersOf(eventNumber);
        for (var i = 0; i < objects.Length; i++)
            if (_numberOf[objects[i]] >= 0 && (_qualifier is null || qualifiers[i] == _qualifier)) return _numberOf[objects[i]];
        return EventLog.NoResource;
    }

    /// <summary>Takes up all people that an event names, each once, in the order of the file.</summary>
    public void AddOf(int eventNumber, List<int> people)
    {
        var objects = _log.Relations.Of(eventNumber);
        var qualifiers = _log.Relations.QualifiersOf(eventNumber);
        for (var i = 0; i < objects.Length; i++)
        {
            if (_numberOf[objects[i]] >= 0 && (_qualifier is null || qualifiers[i] == _qualifier) && !people.Contains(_numberOf[objects[i]])) people.Add(_numberOf[objects[i]]);
        }
    }
}
