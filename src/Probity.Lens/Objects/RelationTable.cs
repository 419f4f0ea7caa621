using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>Collects the relations of events, or of objects, in any order.</summary>
/// <param name="qualifiers">The qualifiers' texts.</param>
internal sealed class RelationTable(NameTable qualifiers)
{
    readonly Column<int> _row = new();
    readonly Column<int> _target = new();
    readonly Column<int> _qualifier = new();

    public void Add(int row, int target, int qualifier)
    {
        _row.Add(row);
        _target.Add(target);
        _qualifier.Add(qualifier);
    }

    /// <summary>The row of each relation, and the number of the object that it names.</summary>
    public IEnumerable<(int Row, int Target)> All()
    {
        for (var i = 0; i < _row.Count; i++) yield return (_row[i], _target[i]);
    }

    /// <summary>The relations by row; a row's own stay in the order of the file.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="rowOf">Where each row number of the file is among them; null where the numbers are the rows.</param>
    /// <param name="placeOf">Where each object is among the objects.</param>
    public ObjectRelations Take(int rows, int[]? rowOf, int[] placeOf)
    {
        var starts = new int[rows + 1];
        for (var i = 0; i < _row.Count; i++) starts[Row(i) + 1]++;
        for (var r = 0; r < rows; r++) starts[r + 1] += starts[r];
        var next = starts.AsSpan(0, rows).ToArray();
        var (targets, named) = (new int[_row.Count], new int[_row.Count]);
        for (var i = 0; i < _row.Count; i++)
        {
            var at = next[Row(i)]++;
            (targets[at], named[at]) = (placeOf[_target[i]], _qualifier[i]);
        }

        return new ObjectRelations(starts, targets, named, qualifiers.Names);

        int Row(int i) => rowOf is null ? _row[i] : rowOf[_row[i]];
    }
}
