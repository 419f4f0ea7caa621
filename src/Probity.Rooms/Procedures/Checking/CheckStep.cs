namespace Probity.Procedures.Checking;

/// <summary>The pages of a check, in their order, by the last part of their address.</summary>
internal static class CheckStep
{
    public const string Columns = "columns";
    public const string Procedure = "procedure";
    public const string ProcedureFile = "procedure/file";
    public const string ProcedureTable = "procedure/table";
    public const string Order = "order";
    public const string Result = "result";

    /// <summary>The page on which a check that was left goes on.</summary>
    public static string Newest(RegisterCheck check) => check switch
    {
        { Job: not null } => Result,
        { Content: null } => Columns,
        { Procedure: null } => Procedure,
        _ => Order,
    };
}
