using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Viewing;

/// <summary>Somebody of the list with the clearance that counts.</summary>
/// <param name="Name">Who.</param>
/// <param name="Href">Their clearance's page, for whoever may open it.</param>
/// <param name="Invite">Where they are asked for one, for whoever may ask.</param>
/// <param name="Post">What they are and where.</param>
/// <param name="Level">The level; empty without a clearance.</param>
/// <param name="State">How it stands, as far as the reader may know.</param>
/// <param name="Tone">The colour of that.</param>
/// <param name="Until">When it ends.</param>
public sealed record ClearanceLine(string Name, string? Href, string? Invite, string Post, string Level, string State, Tone Tone, DateTimeOffset? Until);

/// <summary>All that the list shows.</summary>
public sealed record ClearancesSheet(IReadOnlyList<ClearanceLine> Lines, int Total, int Page, int Pages, Func<int, string> Href, string? Asked, string List, bool UpToDate)
{
    /// <summary>Whether the reader sees everybody, and the stages of their clearances; a commander sees who of theirs is cleared.</summary>
    public bool SeesAll { get; init; }

    /// <summary>Whether there may be more people of that name than are shown.</summary>
    public bool IsCut { get; init; }
}

/// <summary>The list of clearances: for vetting, overseer and integrity what is in hand, what ends and whoever is looked for; for a commander their people.</summary>
internal sealed class ShowClearances(Clearances clearances, PeopleNames names, IRegister registers, TimeProvider time)
{
    const string Address = "/vetting";

    /// <summary>How many people of one name are looked at.</summary>
    const int Most = 100;

    /// <summary>How many people a commander is shown all of.</summary>
    const int MostCommanded = 500;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowClearances show) =>
    {
        if (!ClearanceAccess.Serves(http.User)) return Results.Forbid();
        if (!ClearanceAccess.Lists(http.User)) return new SeeOther(ShowClearance.OwnAddress);
        var current = await http.CaughtUpAsync(ClearancesView.ViewName, http.RequestAborted);
        return await show.ShowAsync(http, current);
    });

    async Task<IResult> ShowAsync(HttpContext http, bool current)
    {
        var (query, cancel, now) = (http.Request.Query, http.RequestAborted, time.GetUtcNow());
        var register = await registers.ReadAsync(cancel);
        var person = SignedInPerson.Of(http.User)!.Value;
        var actor = Actor.From(register, person, now);
        var (all, page) = (ClearanceAccess.ListsAll(http.User), int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at > 0 ? at : 1);
        var asked = query["q"].ToString().Trim() is { Length: > 0 and <= 100 } typed ? typed : null;
        var list = PeopleText.Named<ClearanceList>(query["list"]) ?? ClearanceList.InHand;
        IReadOnlyList<Guid>? people = asked is not null ? names.Beginning(register, asked, Most + 1) : null;
        var cut = people?.Count > Most;
        if (!all)
        {
            // Whoever commands many finds them by name, and sees of all of them whose clearance ends.
            people = people is not null ? [.. people.Where(p => IsCommanded(p, actor, register, now))]
                : CommandedBy(actor, register, now).Take(MostCommanded + 1).ToList() is { Count: <= MostCommanded } few ? few
                : [.. (await clearances.Ending(now - Clearances.Behind, now + Clearances.Ahead).Take(MostCommanded).Select(r => r.Person).ToListAsync(cancel)).Where(p => IsCommanded(p, actor, register, now)).Distinct()];
        }

        List<ClearanceLine> lines;
        int total;
        if (people is null)
        {
            (var rows, total, page) = await clearances.PageAsync(list, page, now, cancel);
            var others = await clearances.OfAsync([.. rows.Select(r => r.Person).Distinct()], cancel);
            lines = [.. rows.Select(r => LineOf(r.Person, r, others[r.Person], actor, register, now, all))];
        }
        else
        {
            total = Math.Min(people.Count, asked is not null ? Most : MostCommanded);
            page = Math.Min(page, PagesOf(total));
            Guid[] shown = [.. people.Take(total).OrderBy(register.NameOf, StringComparer.CurrentCulture).ThenBy(p => p).Skip((page - 1) * Clearances.PageSize).Take(Clearances.PageSize)];
            var rows = await clearances.OfAsync(shown, cancel);
            lines = [.. shown.Select(p => LineOf(p, Clearances.Current(rows[p], now), rows[p], actor, register, now, all))];
        }

        return Rendered.Page<ClearancesPage>(new
        {
            Sheet = new ClearancesSheet(lines, total, page, PagesOf(total), n => Address + QueryString.Create(Fields(n).Where(f => f.Value is not null)), asked, PeopleText.Camel(list), current)
            {
                SeesAll = all, IsCut = cut,
            },
        });

        IEnumerable<KeyValuePair<string, string?>> Fields(int n) =>
            [new("q", asked), new("list", all && list != ClearanceList.InHand ? PeopleText.Camel(list) : null), new("page", n == 1 ? null : n.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Everybody in a post of the units that somebody commands, themselves left out.</summary>
    internal static IEnumerable<Guid> CommandedBy(Actor actor, Register register, DateTimeOffset now) =>
        register.Units.Keys.Where(u => actor.Commands(u, register)).SelectMany(register.PostsIn).SelectMany(p => register.PostingsOn(p.Id)).Where(p => p.InForceAt(now)).Select(p => p.Person)
            .Distinct().Where(p => p != actor.Person);

    /// <summary>Whether somebody is in a post of the units that somebody else commands.</summary>
    internal static bool IsCommanded(Guid person, Actor actor, Register register, DateTimeOffset now) =>
        person != actor.Person && register.PostsOf(person, now).Any(p => actor.Commands(p.Unit, register));

    static int PagesOf(int total) => Math.Max(1, (total + Clearances.PageSize - 1) / Clearances.PageSize);

    static ClearanceLine LineOf(Guid person, ClearanceRow? row, IEnumerable<ClearanceRow> known, Actor actor, Register register, DateTimeOffset now, bool all)
    {
        var (state, tone) = StateOf(row, now, all);
        var told = row is not null && (all || row.Until is not null);
        // Nobody is asked who is being looked into already, or has left.
        var asks = actor.Has(Role.Vetting) && person != actor.Person && !register.IsShutOut(person) && !(register.Departures.Of(person)?.From <= now)
            && !known.Any(r => r.IsValidAt(now) || r.StageAt(now) is ClearanceStage.Invited or ClearanceStage.Submitted or ClearanceStage.Checks or ClearanceStage.Assessed or ClearanceStage.Appeal);
        return new ClearanceLine(
            register.NameOf(person), all && row is not null && person != actor.Person ? $"{Address}/{row.Id:D}" : null,
            asks ? $"{Address}/new?person={person:D}" : null,
            PostOf(person, register, now), told ? PeopleText.Of("level." + PeopleText.Camel(row!.Level)) : "", state, tone, row?.Until);
    }

    /// <summary>How a clearance stands, as far as the reader may know: a commander learns whether it counts and never what is done about it.</summary>
    internal static (string Text, Tone Tone) StateOf(ClearanceRow? row, DateTimeOffset now, bool all)
    {
        if (row is null) return (PeopleText.Of("state.none"), Tone.Neutral);
        var stage = row.StageAt(now);
        if (all) return (PeopleText.Of("stage." + PeopleText.Camel(stage)), ToneOf(stage));
        return row.IsValidAt(now) ? (PeopleText.Of("state.valid"), Tone.Good)
            : stage == ClearanceStage.Lapsed ? (PeopleText.Of("stage.lapsed"), Tone.Urgent)
            : stage is ClearanceStage.Suspended or ClearanceStage.Withdrawn || (stage == ClearanceStage.Appeal && row.Before == ClearanceStage.Withdrawn) ? (PeopleText.Of("state.shut-out"), Tone.Urgent)
            : (PeopleText.Of("state.none"), Tone.Neutral);
    }

    internal static Tone ToneOf(ClearanceStage stage) => stage switch
    {
        ClearanceStage.Active => Tone.Good,
        ClearanceStage.ReviewDue or ClearanceStage.WithdrawalAssessment or ClearanceStage.Appeal => Tone.Attention,
        ClearanceStage.Lapsed or ClearanceStage.Suspended or ClearanceStage.Withdrawn => Tone.Urgent,
        ClearanceStage.Refused or ClearanceStage.Final or ClearanceStage.Discontinued => Tone.Neutral,
        _ => Tone.Info,
    };

    /// <summary>What somebody is and where, so that namesakes are told apart.</summary>
    internal static string PostOf(Guid person, Register register, DateTimeOffset now) =>
        string.Join("; ", register.PostsOf(person, now).Select(p => $"{p.Title}, {register.Units.GetValueOrDefault(p.Unit)?.Name}").Order(StringComparer.CurrentCulture));
}
