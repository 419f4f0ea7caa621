using Probity.Lens.Logs;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>How a register's file looks before anything is chosen.</summary>
/// <param name="IsTable">Whether columns have to be pointed at; else the file says itself what is what.</param>
/// <param name="Sheets">The sheets of a workbook.</param>
/// <param name="Sheet">The sheet that the rest is about.</param>
/// <param name="Columns">The names of the columns that have one.</param>
/// <param name="Rows">The first rows, a text for each of these columns.</param>
/// <param name="Guess">What seems to be what.</param>
internal sealed record RegisterLook(
    bool IsTable, IReadOnlyList<string> Sheets, string? Sheet, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, RegisterColumns Guess)
{
    const int RowsShown = 6;
    const int MostColumns = 40;
    static readonly string[] Roles = ["role", "post", "rank", "position", "rol", "cargo", "puesto", "función", "funcion", "função", "funcao", "posto", "papel"];

    static readonly string[] Seconds =
    [
        "second person", "witness", "second signature", "countersigned by", "segunda persona", "testigo", "segunda firma", "segunda pessoa", "testemunha", "segunda assinatura",
    ];

    /// <summary>Looks at the beginning of a file; null shows the first sheet that has a header.</summary>
    /// <exception cref="Lens.BadInputException">It is no register.</exception>
    public static RegisterLook Of(UploadedFile file, string? sheet, CancellationToken cancel)
    {
        using var bytes = file.Bytes.Open();
        var preview = LogPreview.Read(bytes, file.Name, sheet, null, RowsShown, cancel);
        int[] named = [.. Enumerable.Range(0, preview.Columns.Count).Where(c => preview.Columns[c].Length > 0).Take(MostColumns)];
        string[] columns = [.. named.Select(c => preview.Columns[c])];
        var guess = preview.Guess;
        string?[] taken = [guess.Case, guess.Activity, guess.Time, guess.Person];
        return new RegisterLook(
            preview.Form != LogForm.Xes, preview.Sheets, preview.Sheet, columns, [.. preview.Rows.Select(r => (string[])[.. named.Select(c => r[c])])],
            new RegisterColumns(preview.Sheet, guess.Case, guess.Activity, guess.Time, guess.TimeFormat, guess.Person, Named(Roles), Named(Seconds)));

        string? Named(string[] words) => columns.FirstOrDefault(c => !taken.Contains(c) && words.Contains(c.Trim().ToLowerInvariant()));
    }
}
