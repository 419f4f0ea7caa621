using Probity.Shared.Record;

namespace Probity.Exports.Contract;

/// <summary>In which form a copy was taken.</summary>
internal enum ExportFormat
{
    /// <summary>Case, exhibits, people and custody as an object-centric log (OCEL 2.0) in JSON.</summary>
    OcelJson,

    /// <summary>The same as an SQLite database.</summary>
    OcelSqlite,

    /// <summary>The steps of the case, as XES.</summary>
    XesCases,

    /// <summary>The steps of each exhibit, as XES.</summary>
    XesExhibits,

    /// <summary>UNODC's table of individual drug seizures, as CSV.</summary>
    IdsCsv,

    /// <summary>The same as a workbook.</summary>
    IdsXlsx,

    /// <summary>The investigation with its provenance records, in CASE/UCO as JSON-LD.</summary>
    CaseJsonLd,
}

/// <summary>
/// A copy of a case left the house. <paramref name="Sha256"/>, in hexadecimal, and <paramref name="Bytes"/> are of the file; it holds what the record held
/// before entry <paramref name="Before"/>, so that the same file can be made again.
/// </summary>
[EventType("exports.case-exported.v1")]
internal sealed record CaseExported(
    Guid Export, ExportFormat Format, bool Names, string Purpose, string Sha256, long Bytes, long Before) : IEvent;

/// <summary>A copy of many cases left the house, without names; <paramref name="Cases"/> says which were in it.</summary>
[EventType("exports.cases-exported.v1")]
internal sealed record CasesExported(
    Guid Export, ExportFormat Format, string Purpose, string Sha256, long Bytes, long Before, IReadOnlyList<Guid> Cases) : IEvent;
