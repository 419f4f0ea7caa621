namespace Probity.Lens.Logs;

/// <summary>An array that grows; handed over whole, since who takes it knows how much of it counts.</summary>
internal sealed class Column<T>
{
    T[] _values = new T[256];

    public int Count { get; private set; }

    public ref T this[int index] => ref _values[index];

    public void Add(T value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, checked(Count * 2));
        _values[Count++] = value;
    }

    public T[] Take(int[]? order) => order is null ? _values : Array.ConvertAll(order, e => _values[e]);
}
