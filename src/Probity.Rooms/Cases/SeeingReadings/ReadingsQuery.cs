using Microsoft.AspNetCore.Http;
using Probity.Cases.ViewingDocket;

namespace Probity.Cases.SeeingReadings;

/// <summary>Which readings of a case are asked for. Everything left out narrows nothing down; what cannot be read is left out.</summary>
internal sealed record ReadingsQuery(Guid? Person, string? Right, DateOnly? From, DateOnly? To)
{
    /// <summary>The codes of the rights by which a case is opened; an old entry says none.</summary>
    public static readonly string[] Rights =
        ["handler", "prosecutor", "named", "opener", "unitCommander", "office", "brokenGlass", "court"];

    public bool IsFiltered => Person is not null || Right is not null || From is not null || To is not null;

    public static ReadingsQuery Of(IQueryCollection query) => new(
        Guid.TryParseExact(query["person"], "D", out var person) ? person : null,
        Rights.Contains(query["right"].ToString()) ? query["right"].ToString() : null,
        DocketQuery.Day(query["from"]), DocketQuery.Day(query["to"]));

    public bool Takes(Guid person, string? right, DateOnly day) =>
        (Person is null || Person == person) && (Right is null || Right == right) && (From is null || day >= From) && (To is null || day <= To);
}
