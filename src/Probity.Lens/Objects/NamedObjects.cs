namespace Probity.Lens.Objects;

/// <summary>Which objects of one type each event names, each once, in the order of the file: asked for many times, so found once.</summary>
internal sealed class NamedObjects
{
    readonly int[] _starts;
    readonly List<int> _objects = [];

    /// <param name="log">The log.</param>
    /// <param name="type">The number of the type.</param>
    /// <param name="qualifier">The number of what they are named as; null: anything.</param>
    public NamedObjects(ObjectLog log, int type, int? qualifier)
    {
        _starts = new int[log.Events.Count + 1];
        var last = new int[log.Objects.Count];
        Array.Fill(last, -1);
        for (var e = 0; e < log.Events.Count; e++)
        {
            var objects = log.Relations.Of(e);
            var qualifiers = log.Relations.QualifiersOf(e);
            for (var i = 0; i < objects.Length; i++)
            {
                if (log.ObjectType[objects[i]] != type || last[objects[i]] == e || (qualifier is { } asked && qualifiers[i] != asked)) continue;
                last[objects[i]] = e;
                _objects.Add(objects[i]);
            }

            _starts[e + 1] = _objects.Count;
        }
    }

    public ReadOnlySpan<int> Of(int eventNumber) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_objects).Slice(_starts[eventNumber], _starts[eventNumber + 1] - _starts[eventNumber]);
}
