namespace Probity.Reports.Exchanging;

/// <summary>
/// The place of a record among all that this node fetched: which record of a reporter's side it is of, counted from 0, and its number there. So the numbers of a new machine never meet those of the one
/// that it replaced, and stand after them.
/// </summary>
internal static class RecordPlace
{
    const int Bits = 40;

    /// <summary>The place of a number.</summary>
    public static long Of(int record, long number) => ((long)record << Bits) + number;

    /// <summary>Which record a place is of.</summary>
    public static int RecordOf(long place) => (int)(place >> Bits);

    /// <summary>The number on that record.</summary>
    public static long NumberOf(long place) => place & ((1L << Bits) - 1);
}
