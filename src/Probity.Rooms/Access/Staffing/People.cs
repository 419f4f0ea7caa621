using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Enrolling;
using Probity.Access.Leaving;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>A posting as pages and API show it.</summary>
public sealed record PostingRow(
    Guid Id, Guid Post, string Title, string Role, string Unit, string State, string Reason, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>That its end was asked for and waits for a second person, for those who see that.</summary>
    public PostingEndRow? EndAsked { get; init; }
}

/// <summary>A person with their postings, newest first.</summary>
public sealed record PersonRow(Guid Id, string Name, IReadOnlyList<PostingRow> Postings);

/// <summary>A post to choose from.</summary>
internal sealed record PostRow(Guid Id, string Title, string Role, Guid Unit, string UnitName, Guid? ReportsTo);

/// <summary>A unit of the tree.</summary>
public sealed record UnitRow(Guid Id, Guid? Parent, string Name, string Code);

/// <summary>Who is signed in.</summary>
public sealed record Me(Guid Id, string Name, IReadOnlyList<string> Roles);

/// <summary>Shows who is who, to those who may see it; to others there is nothing.</summary>
internal sealed class PeopleReader(IRegister registers, PeopleNames names, UserManager<Credential> users, IEnumerable<IPostCompetitions> competitions, IProtectedPeople protectedPeople, Ledger.TransparencyLog log, When when, TimeProvider time)
{
    const int OnPage = 25, MostFound = 200;

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapGet("/me", async (ClaimsPrincipal user, IRegister registers, TimeProvider time, CancellationToken cancel) =>
        {
            var actor = Actor.From(await registers.ReadAsync(cancel), SignedInPerson.Of(user)!.Value, time.GetUtcNow());
            return new Me(actor.Person, actor.Name, [.. actor.Roles.Select(r => r.ToString())]);
        }).WithName("whoAmI").WithSummary("Who is signed in.").Refuses(401);
        api.MapGet("/people", async Task<Results<Ok<PersonRow[]>, ForbidHttpResult>> (
            ClaimsPrincipal user, PeopleReader people, CancellationToken cancel) =>
            await people.RowsAsync(user, cancel) is { } rows ? TypedResults.Ok(rows) : TypedResults.Forbid())
            .WithName("listPeople").WithSummary("The people whom the caller may see.").Refuses(401, 403);
        api.MapGet("/people/{id:guid}", async Task<Results<Ok<PersonRow>, NotFound>> (
            Guid id, ClaimsPrincipal user, PeopleReader people, CancellationToken cancel) =>
            await people.RowAsync(user, id, cancel) is { } row ? TypedResults.Ok(row) : TypedResults.NotFound())
            .WithName("viewPerson").WithSummary("A person with their postings.").Refuses(401, 404);
        api.MapGet("/units", async Task<Results<Ok<UnitRow[]>, ForbidHttpResult>> (
            ClaimsPrincipal user, PeopleReader people, CancellationToken cancel) =>
            !MaySee(user) ? TypedResults.Forbid() : TypedResults.Ok(await people.UnitsAsync(cancel)))
            .WithName("listUnits").WithSummary("The units of the tree.").Refuses(401, 403);
        api.MapGet("/posts", async Task<Results<Ok<PostRow[]>, ForbidHttpResult>> (
            ClaimsPrincipal user, PeopleReader people, CancellationToken cancel) =>
            !MaySee(user) ? TypedResults.Forbid() : TypedResults.Ok(await people.PostsAsync(cancel)))
            .WithName("listPosts").WithSummary("The posts of the units.").Refuses(401, 403);
        pages.MapGet("/people", (HttpContext http, PeopleReader people) => people.ShowAllAsync(http, null, null));
        pages.MapGet("/people/{id:guid}", (Guid id, ClaimsPrincipal user, PeopleReader people, CancellationToken cancel) =>
            people.ShowOneAsync(user, id, null, null, cancel));
        // Forms are posted to these; whoever comes to one from a refusal, by the choice of a language, gets the page it belongs to.
        pages.MapGet("/people/{id:guid}/postings", (Guid id) => new SeeOther($"/people/{id}"));
        pages.MapGet("/people/{id:guid}/postings/{posting:guid}/{what:regex(^(approve|reject|end|end-answer)$)}", (Guid id) => new SeeOther($"/people/{id}"));
    }

    /// <summary>The page of everybody, with what was refused above it.</summary>
    public async Task<IResult> ShowAllAsync(HttpContext http, Outcome? outcome, string? name)
    {
        var (register, now) = (await registers.ReadAsync(http.RequestAborted), time.GetUtcNow());
        var actor = Actor.From(register, SignedInPerson.Of(http.User)!.Value, now);
        if (!MaySee(actor)) return Results.Forbid();
        var asked = http.Request.Query["q"].ToString().Trim() is { Length: > 0 and <= 100 } typed ? typed : null;
        var people = asked is null ? SeenBy(actor, register) : [.. names.Beginning(register, asked, MostFound).Where(p => RegisterAccess.Sees(actor, p, register))];
        var pages = Math.Max(1, (people.Count + OnPage - 1) / OnPage);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1, 1, pages);
        return Rendered.Page<PeoplePage>(new
        {
            People = (IReadOnlyList<PersonRow>)[.. people.Skip((page - 1) * OnPage).Take(OnPage).Select(p => RowOf(p, register, actor, now))],
            Total = people.Count, Number = page, Pages = pages, Asked = asked, Error = ErrorOf(outcome), Name = name, MayRegister = SignedInPerson.Has(http.User, Role.Administrator),
        }, StatusOf(outcome));
    }

    // In the order of names. A commander's are found from the posts of their units, without a look at everybody.
    IReadOnlyList<Guid> SeenBy(Actor actor, Register register)
    {
        var all = names.InOrder(register);
        if (RegisterAccess.SeesEverybody(actor)) return all;
        var units = register.Units.Keys.Where(u => actor.Commands(u, register)).ToHashSet();
        var seen = register.Posts.Values.Where(p => units.Contains(p.Unit)).SelectMany(p => register.PostingsOn(p.Id)).Select(p => p.Person).ToHashSet();
        return [.. all.Where(seen.Contains)];
    }

    /// <summary>The page of one person.</summary>
    public async Task<IResult> ShowOneAsync(
        ClaimsPrincipal user, Guid id, Outcome? outcome, InvitationSent? sent, CancellationToken cancel, string field = "",
        IReadOnlyDictionary<string, string>? typed = null)
    {
        if (await RowAsync(user, id, cancel) is not { } row) return Results.NotFound();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, SignedInPerson.Of(user)!.Value, time.GetUtcNow());
        var said = new Dictionary<Guid, CompetitionStanding>();
        foreach (var posting in register.PostingsOf(id).Where(p => p.From is null && p.Until is null))
        {
            foreach (var room in competitions) if (await room.OfAsync(register, id, posting.Post, time.GetUtcNow(), cancel) is { } standing) said[posting.Id] = standing;
        }

        var acts = await new RecordSession(log).FoldAsync<HeldActs>(HeldActs.StreamOf(id), cancel);
        return Rendered.Page<PersonPage>(new
        {
            Person = row,
            Competitions = said.ToDictionary(s => s.Key, s => new Link($"/selection/{s.Value.Competition:D}", s.Value.Words)),
            AppealsUntil = said.Where(s => s.Value.AppealUntil is not null).ToDictionary(s => s.Key, s => s.Value.AppealUntil!.Value),
            AsksOverseer = said.Select(s => (s.Key, Code: ApprovePosting.AsksOverseer(actor, s.Value, register, time.GetUtcNow()))).Where(s => s.Code is not null).ToDictionary(s => s.Key, s => s.Code!),
            Posts = SignedInPerson.Has(user, Role.Administrator) ? await ChoicesAsync(cancel) : [],
            SignInName = (await users.FindByIdAsync(id.ToString("D")))?.UserName,
            Invitation = sent,
            Error = ErrorOf(outcome),
            ErrorField = field,
            Typed = typed ?? new Dictionary<string, string>(),
            MayPropose = SignedInPerson.Has(user, Role.Administrator),
            MayInvite = SignedInPerson.Has(user, Role.Administrator) || SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer),
            RenewalAskedBy = InvitePerson.Waits(id, register, time.GetUtcNow(), out var asked) ? register.NameOf(asked.By) : null,
            MayDecide = SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer),
            TakesOverseer = register.PostingsOf(id).Where(p => !ApprovePosting.MayApprove(actor, register.Posts[p.Post], register, time.GetUtcNow())).Select(p => p.Id).ToHashSet(),
            SentBack = SentBackOf(acts, actor, register),
            Returns = row.Postings.Where(p => p.EndAsked?.ReadsReturns == true).ToDictionary(p => p.Id, p => ReturnsOf(acts, p.Id, register)),
            Look = row.Postings.Any(p => p.EndAsked?.MayAgree == true) ? (await protectedPeople.LookAsync(user, id, null, cancel)).ToSheet(default, time.GetUtcNow()) : null,
            Leaves = LeavingAccess.Seen(id, actor, register) is { } leaves ? ShowLeaving.StageOf(leaves, time.GetUtcNow()) : null,
            MayEnd = SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Commander) || SignedInPerson.Has(user, Role.Overseer),
        }, StatusOf(outcome));
    }

    // What the reader asked for and got back.
    Dictionary<Guid, string> SentBackOf(HeldActs acts, Actor actor, Register register)
    {
        var since = time.GetUtcNow() - HeldActs.ClearedFor;
        return acts.All.Values
            .Where(a => a is { Kind: AdverseAct.PostingEnd, IsCleared: false, Answered: not null } && a.By == actor.Person && a.Answered!.Value.By != a.By && a.Answered.Value.At > since)
            .ToDictionary(a => a.Id, a => Say("posting.end-sent-back", register.NameOf(a.Answered!.Value.By), a.Why));
    }

    // What those who answered before saw in it, for who answers now.
    IReadOnlyList<string> ReturnsOf(HeldActs acts, Guid posting, Register register) =>
        [.. acts.ReturnsOf(AdverseAct.PostingEnd, posting).Select(r => Say("act.sent-back", register.NameOf(r.By), when.Moment(r.At), r.Why))];

    static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, AccessText.Get(key), words);

    /// <summary>Back to the person's page; with the refusal on it where there was one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Who asked.</param>
    /// <param name="person">Whose page it is.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="fieldOf">The field that a refusal's code belongs to; the whole page unless given.</param>
    public async Task<IResult> AnswerAsync(
        HttpContext context, ClaimsPrincipal user, Guid person, Outcome outcome, CancellationToken cancel, Func<string, string>? fieldOf = null)
    {
        if (outcome is not Outcome.Done(var index))
        {
            var typed = (await context.Request.ReadFormAsync(cancel)).Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
            return await ShowOneAsync(user, person, outcome, null, cancel, fieldOf?.Invoke(ErrorOf(outcome)!) ?? "", fieldOf is null ? null : typed);
        }

        context.Wrote(index);
        return new SeeOther($"/people/{person}");
    }

    /// <summary>The people whom the user may see; null where that is nobody.</summary>
    async Task<PersonRow[]?> RowsAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var actor = Actor.From(register, SignedInPerson.Of(user)!.Value, now);
        return MaySee(actor) ? [.. SeenBy(actor, register).Select(p => RowOf(p, register, actor, now))] : null;
    }

    /// <summary>One of the people whom the user may see, or null.</summary>
    async Task<PersonRow?> RowAsync(ClaimsPrincipal user, Guid person, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, SignedInPerson.Of(user)!.Value, now);
        return MaySee(actor) && register.People.ContainsKey(person) && RegisterAccess.Sees(actor, person, register) ? RowOf(person, register, actor, now) : null;
    }

    static PersonRow RowOf(Guid person, Register register, Actor actor, DateTimeOffset now) => new(person, register.NameOf(person), PostingsOf(person, register, actor, now));

    static bool MaySee(Actor actor) => RegisterAccess.SeesEverybody(actor) || actor.Has(Role.Commander);

    async Task<UnitRow[]> UnitsAsync(CancellationToken cancel) =>
        [.. (await registers.ReadAsync(cancel)).Units.Values.Select(u => new UnitRow(u.Id, u.Parent, u.Name, u.Code)).OrderBy(u => u.Code, StringComparer.Ordinal)];

    async Task<PostRow[]> PostsAsync(CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        return [.. register.Posts.Values
            .Select(p => new PostRow(p.Id, p.Title, p.Role.ToString(), p.Unit, register.Units[p.Unit].Name, p.ReportsTo))
            .OrderBy(p => p.UnitName, StringComparer.CurrentCulture).ThenBy(p => p.Title, StringComparer.CurrentCulture)];
    }

    /// <summary>The posts to choose from, each with whether somebody holds it.</summary>
    async Task<IReadOnlyList<Choice>> ChoicesAsync(CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var now = time.GetUtcNow();
        var held = register.Postings.Values.Where(p => p.InForceAt(now)).Select(p => p.Post).ToHashSet();
        return [.. (await PostsAsync(cancel)).Select(p => new Choice(
            p.Id.ToString("D"), $"{p.UnitName}: {p.Title} ({AccessText.Get(held.Contains(p.Id) ? "post.held" : "post.vacant")})"))];
    }

    static IReadOnlyList<PostingRow> PostingsOf(Guid person, Register register, Actor actor, DateTimeOffset now) => [.. register.PostingsOf(person)
        .OrderByDescending(p => p.From ?? DateTimeOffset.MaxValue)
        .Select(p => new PostingRow(
            p.Id, p.Post, register.Posts[p.Post].Title, register.Posts[p.Post].Role.ToString(), register.Units[register.Posts[p.Post].Unit].Name,
            (p.From, p.Until) switch { (null, null) => "proposed", (null, _) => "rejected", (_, null) when p.InForceAt(now) => "inForce", _ => "ended" },
            p.Reason, p.From, p.Ends) { EndAsked = AnswerPostingEnd.Seen(new RegisterFacts(register, actor, now), p.Id) })];

    /// <summary>Whether there is anybody whom the user may see.</summary>
    public static bool MaySee(ClaimsPrincipal user) =>
        SignedInPerson.Has(user, Role.Administrator) || SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer) || SignedInPerson.Has(user, Role.Commander);

    /// <summary>The key of what was refused.</summary>
    public static string? ErrorOf(Outcome? outcome) => outcome switch
    {
        Outcome.Refused(var refusal, _) => refusal.Code,
        Outcome.Stale => "stale",
        _ => null,
    };

    /// <summary>422 for a refusal, 409 for what was overtaken.</summary>
    public static int? StatusOf(Outcome? outcome) => outcome switch
    {
        Outcome.Refused => StatusCodes.Status422UnprocessableEntity,
        Outcome.Stale => StatusCodes.Status409Conflict,
        _ => null,
    };
}
