using System.Text;
using Probity.Lens.Procedures.Tables;

namespace Probity.Lens.Tests.Procedures.Tables;

/// <summary>Procedure tables written short: a line a row, cells apart by bars.</summary>
internal static class Tables
{
    public static ProcedureTable Read(string text, ProcedureTableOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static ProcedureTable Read(byte[] bytes, ProcedureTableOptions? options = null) => ProcedureTable.Read(new MemoryStream(bytes), "steps", options);

    /// <summary>A table with the columns step, after, instead of, optional.</summary>
    public static ProcedureTable Order(params string[] rows) => Read("step|after|instead of|optional\n" + string.Join('\n', rows.Select(r => r + new string('|', 3 - r.Count(c => c == '|')))));

    public static string Refusal(Action act)
    {
        var message = Assert.Throws<BadInputException>(act).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
