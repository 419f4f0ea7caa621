using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;

namespace Probity.Exhibits.Listing;

/// <summary>What is asked of the list of exhibits. Everything left out narrows nothing down.</summary>
internal sealed record ExhibitQuery
{
    /// <summary>The longest number or code.</summary>
    public const int MaxNumber = 40;

    /// <summary>What is asked for in place of a place by who looks for what has none.</summary>
    public const string NoPlace = "none";

    /// <summary>What is asked for by who looks for what was never weighed.</summary>
    public const string NeverWeighed = "none";

    /// <summary>Whether all that the reader may see is searched, or what they have in hand; null where they did not say.</summary>
    public bool? All { get; init; }

    public ExhibitStatus? Status { get; init; }
    public ExhibitKind? Kind { get; init; }
    public string? Substance { get; init; }
    public Guid? Place { get; init; }

    /// <summary>Whether what is in no store is asked for.</summary>
    public bool IsUnplaced { get; init; }

    /// <summary>Whether what was never weighed is asked for.</summary>
    public bool IsUnweighed { get; init; }

    /// <summary>How the number of the case or of the exhibit begins, or the code on a label.</summary>
    public string? Number { get; init; }

    public int Page { get; init; } = 1;

    public bool IsFiltered => Status is not null || Kind is not null || Substance is not null || Place is not null || IsUnplaced || IsUnweighed || Number is not null;

    /// <summary>What an address asks for; what cannot be read is left out, so that an old link still shows a list.</summary>
    public static ExhibitQuery Of(IQueryCollection query) => new()
    {
        All = query["of"].ToString() switch { "all" => true, "mine" => false, _ => null },
        Status = ExhibitWords.Named<ExhibitStatus>(query["status"]),
        Kind = ExhibitWords.Named<ExhibitKind>(query["kind"]),
        Substance = Substances.Knows(query["substance"]) ? query["substance"].ToString() : null,
        Place = ExhibitWords.Id(query["place"]),
        IsUnplaced = query["place"] == NoPlace,
        IsUnweighed = query["weighed"] == NeverWeighed,
        Number = query["number"].ToString().Trim() is { Length: > 0 and <= MaxNumber } number ? number : null,
        Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
    };

    /// <summary>The exhibits of these that are asked for.</summary>
    public IQueryable<ExhibitRow> Narrow(IQueryable<ExhibitRow> exhibits)
    {
        if (Status is { } status) exhibits = exhibits.Where(e => e.Status == status);
        if (Kind is { } kind) exhibits = exhibits.Where(e => e.Kind == kind);
        if (Substance is { } substance) exhibits = exhibits.Where(e => e.Substance == substance);
        if (IsUnweighed) exhibits = Unweighed.Of(exhibits);
        if (Place is { } place) exhibits = exhibits.Where(e => e.Location == place);
        if (Number is not { } typed) return exhibits;
        var (first, after) = (typed.ToUpperInvariant(), typed.ToUpperInvariant() + "\uFFFF");
        var code = ExhibitCode.Read(typed)?.Code;
#pragma warning disable CA1309 // The database compares, letter by letter; with an ordinal comparison named it could not.
        return exhibits.Where(e => e.Code == code || (string.Compare(e.Number, first) >= 0 && string.Compare(e.Number, after) < 0));
#pragma warning restore CA1309
    }

    /// <summary>What was asked, by field, as the form shows it.</summary>
    public IReadOnlyDictionary<string, string?> Asked => new Dictionary<string, string?>
    {
        ["of"] = All switch { true => "all", false => "mine", _ => null }, ["status"] = Status is { } status ? ExhibitWords.Camel(status.ToString()) : null,
        ["kind"] = Kind is { } kind ? ExhibitWords.Camel(kind.ToString()) : null, ["substance"] = Substance, ["place"] = IsUnplaced ? NoPlace : Place?.ToString("D"), ["weighed"] = IsUnweighed ? NeverWeighed : null, ["number"] = Number,
    };

    /// <summary>The same query at another page, as an address.</summary>
    public string ToQuery(int page) => QueryString.Create(
        Asked.Append(new("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture))).Where(p => p.Value is not null)).ToString();
}
