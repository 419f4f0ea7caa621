namespace Probity.Lens.Logs;

/// <summary>A table that is read record by record, whatever its file: the first record names the columns.</summary>
internal interface ITable
{
    /// <summary>The number of fields in the record at hand.</summary>
    int Count { get; }

    /// <summary>Goes to the next record; false at the end.</summary>
    bool Read();

    /// <summary>A field as text in UTF-8, right until the next call; empty where there is nothing.</summary>
    ReadOnlySpan<byte> Field(int number);

    /// <summary>Whether the file itself says that a field is a moment, and which, in microseconds since 1970-01-01 UTC.</summary>
    bool TryTime(int number, out long micros);

    /// <summary>Why a field that was meant as a time is none, and what to do, where the file's form has a reason of its own.</summary>
    string? NoTime(int number);

    /// <summary>Whether the file itself says that a field is a number, so that its separator is a decimal point and nothing else.</summary>
    bool IsNumber(int number);

    /// <summary>The line, or the row of a sheet, on which the record at hand begins, from 1.</summary>
    long Line { get; }

    /// <summary>Where the record at hand is in its file, for messages.</summary>
    string Place { get; }

    /// <summary>The error at the record at hand.</summary>
    BadInputException Fault(string what);

    /// <summary>The error at a field of the record at hand.</summary>
    BadInputException Fault(int number, string what);
}
