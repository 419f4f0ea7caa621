using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Cases.Contract;
using Probity.Shared.Web;

namespace Probity.Cases.ViewingDocket;

/// <summary>How a docket is sorted; by number unless asked otherwise, the newest first.</summary>
internal enum DocketSort { Newest, Number, Stage, LastActivity }

/// <summary>What is asked of the docket. Everything left out narrows nothing down.</summary>
internal sealed record DocketQuery
{
    /// <summary>The longest search.</summary>
    public const int MaxWords = 200;

    public Stage? Stage { get; init; }
    public Guid? Handler { get; init; }
    public Guid? Unit { get; init; }
    public string? Offence { get; init; }
    public string? Number { get; init; }
    public string? Words { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool Quiet { get; init; }
    public bool NeedsMe { get; init; }
    public DocketSort Sort { get; init; }

    // Of quiet cases the longest quiet are looked for; these also are found without the others.
    static DocketSort UsualSort(bool quiet) => quiet ? DocketSort.LastActivity : DocketSort.Newest;
    public int Page { get; init; } = 1;

    public bool IsFiltered => Stage is not null || Handler is not null || Unit is not null || Offence is not null
        || !string.IsNullOrWhiteSpace(Number) || !string.IsNullOrWhiteSpace(Words) || From is not null || To is not null || Quiet || NeedsMe;

    /// <summary>What an address asks for; what cannot be read is left out, so that an old link still shows a list.</summary>
    public static DocketQuery Of(IQueryCollection query) => new()
    {
        Stage = Named<Stage>(query["stage"]),
        Handler = Id(query["handler"]),
        Unit = Id(query["unit"]),
        Offence = Offences.Knows(query["offence"]) ? query["offence"].ToString() : null,
        Number = string.IsNullOrWhiteSpace(query["number"]) ? null : query["number"].ToString().Trim(),
        Words = string.IsNullOrWhiteSpace(query["words"]) ? null : Short(query["words"].ToString().Trim()),
        From = Day(query["from"]),
        To = Day(query["to"]),
        Quiet = query["quiet"] == "yes",
        NeedsMe = query["mine"] == "yes",
        Sort = Named<DocketSort>(query["sort"]) ?? UsualSort(query["quiet"] == "yes"),
        Page = PageOf(query["page"]) ?? 1,
    };

    /// <summary>What the API takes; each is one of <see cref="Of"/>.</summary>
    public static IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        new(ParameterPlace.Query, "stage", "Only cases at this stage.", [.. Enum.GetValues<Stage>().Select(Camel)]),
        new(ParameterPlace.Query, "handler", "Only cases of this handler.") { Format = "uuid" },
        new(ParameterPlace.Query, "unit", "Only cases of this unit or one below it.") { Format = "uuid" },
        new(ParameterPlace.Query, "offence", "Only cases of this offence.", [.. Offences.Codes]),
        new(ParameterPlace.Query, "number", "Only cases whose number begins so."),
        new(ParameterPlace.Query, "words", "Only cases that hold all of these words, in their summary or as a name; capitals and accents do not matter."),
        new(ParameterPlace.Query, "from", "Only cases opened on this day or later.") { Format = "date" },
        new(ParameterPlace.Query, "to", "Only cases opened on this day or before.") { Format = "date" },
        new(ParameterPlace.Query, "quiet", "Only open cases in which nothing happened for long.", ["yes"]),
        new(ParameterPlace.Query, "mine", "Only cases that wait for the caller.", ["yes"]),
        new(ParameterPlace.Query, "sort", "The order; the newest first unless told, of quiet cases the longest quiet.", [.. Enum.GetValues<DocketSort>().Select(Camel)]),
        new(ParameterPlace.Query, "page", "Which page, from 1.") { Format = "int32" },
    ];

    /// <summary>
    /// What is wrong with what an address asks for, in one line; null where nothing is. A program that asked for something
    /// else than it got would not notice.
    /// </summary>
    public static string? Fault(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (name == "lang") continue;
            if (Parameters.FirstOrDefault(p => p.Name == name) is not { } known)
                return $"There is no such parameter; there are {string.Join(", ", Parameters.Select(p => p.Name))}.";
            var value = values.ToString();
            if (known.Values is { } allowed && !allowed.Contains(value)) return $"'{name}' has to be one of {string.Join(", ", allowed)}.";
            if (known.Format == "uuid" && Id(value) is null) return $"'{name}' has to be an id.";
            if (known.Format == "date" && Day(value) is null) return $"'{name}' has to be a day, as 2026-03-31.";
            if (known.Format == "int32" && PageOf(value) is null) return $"'{name}' has to be a number from 1.";
        }

        return null;
    }

    /// <summary>The same query at another page, as an address.</summary>
    public string ToQuery(int page)
    {
        var parts = new Dictionary<string, string?>
        {
            ["stage"] = Stage is { } stage ? Camel(stage) : null,
            ["handler"] = Handler?.ToString("D"),
            ["unit"] = Unit?.ToString("D"),
            ["offence"] = Offence,
            ["number"] = Number,
            ["words"] = Words,
            ["from"] = From?.ToString("O", CultureInfo.InvariantCulture),
            ["to"] = To?.ToString("O", CultureInfo.InvariantCulture),
            ["quiet"] = Quiet ? "yes" : null,
            ["mine"] = NeedsMe ? "yes" : null,
            ["sort"] = Sort == UsualSort(Quiet) ? null : Camel(Sort),
            ["page"] = page == 1 ? null : page.ToString(CultureInfo.InvariantCulture),
        };
        return QueryString.Create(parts.Where(p => p.Value is not null)).ToString();
    }

    internal static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    // By name only: a number would be taken for any value at all.
    internal static T? Named<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    /// <summary>A day as an address or a person writes it.</summary>
    internal static DateOnly? Day(string? text) => DateOnly.TryParseExact(
        text?.Trim(), ["yyyy-MM-dd", "d.M.yyyy", "d/M/yyyy", "d-M-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static string Short(string words) => words.Length > MaxWords ? words[..MaxWords] : words;

    static int? PageOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : null;

    static Guid? Id(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : null;
}
