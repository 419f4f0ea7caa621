namespace Probity.Procedures.Checking;

/// <summary>What a check of a register may take of the server.</summary>
internal sealed record CheckLimits
{
    /// <summary>Bytes of a register's file.</summary>
    public long RegisterBytes { get; init; } = 50L << 20;

    /// <summary>Bytes of a procedure's or a rule file.</summary>
    public long ProcedureBytes { get; init; } = 4L << 20;

    /// <summary>Bytes that a packed register may unpack to.</summary>
    public long UnpackedBytes { get; init; } = 512L << 20;

    /// <summary>Events of a register.</summary>
    public int Events { get; init; } = 500_000;

    /// <summary>Violations of rules that one check may find, some 200 MB; past it there is no result.</summary>
    public int Violations { get; init; } = 5_000_000;

    /// <summary>How long a whole check may work; past it there is no result.</summary>
    public TimeSpan Work { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long of that the comparison with the procedure may take; past it there is a result that says which cases it did not come to.</summary>
    public TimeSpan Search { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a register is held since its person last asked for anything.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Registers held at once, one for each person.</summary>
    public int Held { get; init; } = 16;

    /// <summary>Checks that work at once; others wait for their turn.</summary>
    public int AtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Rows of a procedure that is typed into the page.</summary>
    public int TypedRows { get; init; } = 60;

    /// <summary>Uploads that a person may begin a minute.</summary>
    public int UploadsPerMinute { get; init; } = 30;
}
