using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>A table to fill in: the columns in the reader's language, and an invented line that no import takes, since its place is none.</summary>
internal static class RegisterTemplate
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/registers/template.csv", () => Results.Bytes(SpreadsheetText.Csv(Rows()), "text/csv; charset=utf-8", "register.csv"));
        pages.MapGet("/exhibits/registers/template.xlsx", () => Results.Bytes(SpreadsheetText.Workbook(Rows()), SpreadsheetText.WorkbookType, "register.xlsx"));
    }

    public static IReadOnlyList<IReadOnlyList<string>> Rows() =>
    [
        [.. Enum.GetValues<RegisterColumn>().Select(NameOf)],
        [.. Enum.GetValues<RegisterColumn>().Select(ExampleOf)],
    ];

    /// <summary>What a column is called in the reader's language; a test holds each name to be known again.</summary>
    public static string NameOf(RegisterColumn column) => ExhibitsText.Of("takeover.column." + Key(column));

    static string ExampleOf(RegisterColumn column) => column switch
    {
        RegisterColumn.Case => "ABC-2019-0007",
        RegisterColumn.SeizedOn => "2019-04-30",
        RegisterColumn.Kind => ExhibitsText.Of("kind.drug"),
        RegisterColumn.Substance => ExhibitsText.Of("substance.cocaine-hcl"),
        RegisterColumn.Amount => "1012.5",
        RegisterColumn.Unit => "g",
        RegisterColumn.Packages => "2",
        RegisterColumn.Seals => "X-1; X-2",
        RegisterColumn.Country => "XXX",
        RegisterColumn.Place => ExhibitsText.Of("place.airport"),
        RegisterColumn.Transport => ExhibitsText.Of("transport.airplane"),
        _ => ExhibitsText.Of("takeover.example." + Key(column)),
    };

    public static string Key(RegisterColumn column) => char.ToLowerInvariant(column.ToString()[0]) + column.ToString()[1..];
}
