using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Declaring;

/// <summary>A step of the arithmetic of growth.</summary>
public sealed record GrowthStep(string What, string Amount, bool IsSum);

/// <summary>A line of a declaration as its page shows it.</summary>
public sealed record DeclaredLineShown(string Kind, string What, string? Amount, string? Note);

/// <summary>A declaration as its page shows it.</summary>
public sealed record DeclarationCard(
    Guid Id, string Title, string Day, string Currency, decimal NetWorth, string Net, IReadOnlyList<DeclaredLineShown> Lines, bool IsCorrected)
{
    /// <summary>What it is held against the one before, step by step; empty where there is none.</summary>
    public IReadOnlyList<GrowthStep> Growth { get; init; } = [];

    /// <summary>What the last step comes to, in words; null for the person themselves.</summary>
    public string? Verdict { get; init; }

    /// <summary>By how much a correction raises what was declared first; null for the person themselves.</summary>
    public string? Rise { get; init; }

    /// <summary>What became of what was flagged.</summary>
    public string? Resolved { get; init; }

    /// <summary>Whether the reader may say so.</summary>
    public bool MayResolve { get; init; }
}

/// <summary>Somebody's declarations.</summary>
public sealed record DeclarationsSheet(Guid Person, string Name, bool IsOwn, bool MayDeclare, string? Due, IReadOnlyList<DeclarationCard> Cards)
{
    /// <summary>Whether the reader has the list of others.</summary>
    public bool ReadsPeople { get; init; }

    /// <summary>The vetting unit's own people, whom an overseer reads.</summary>
    public IReadOnlyList<(Guid Id, string Name)> VettingUnit { get; init; } = [];
}

/// <summary>Shows people their own declarations, and the vetting unit those of others with the arithmetic beside them.</summary>
internal sealed class ShowDeclarations(DeclarationDesk desk, ResolveGrowth resolve, Declarers declarers, When when)
{
    /// <summary>Whether the room is of any use to this person.</summary>
    public static bool Serves(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => (DeclarationAccess.Declares(role) || role == Role.Overseer) && SignedInPerson.Has(user, role));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/declarations", async (HttpContext http, ShowDeclarations show) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized() : !Serves(http.User) ? Results.Forbid() : await show.ShowAsync(http, person, person, [], null));
        pages.MapGet("/declarations/people/{person:guid}", async (Guid person, HttpContext http, ShowDeclarations show) =>
            SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : await show.ShowAsync(http, reader, person, [], null));
        pages.MapGet("/declarations/people/{person:guid}/resolve", (Guid person) => new SeeOther($"/declarations/people/{person:D}"));
        pages.MapPost("/declarations/people/{person:guid}/resolve", (Guid person, HttpContext http, ShowDeclarations show) => show.ResolveAsync(http, person));
    }

    async Task<IResult> ResolveAsync(HttpContext http, Guid person)
    {
        if (SignedInPerson.Of(http.User) is not { } reader) return Results.Unauthorized();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var declaration = Guid.TryParseExact(form["declaration"], "D", out var id) ? id : Guid.Empty;
        GrowthOutcome? outcome = Enum.TryParse<GrowthOutcome>(form["outcome"], out var said) && Enum.IsDefined(said) ? said : null;
        switch (await resolve.HandleAsync(reader, new ResolveGrowth.Command(person, declaration, outcome, form["reasons"]), http.RequestAborted))
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return new SeeOther($"/declarations/people/{person:D}");
            case Outcome.Refused { Refusal.Code: Bars.Role or Bars.Self or Bars.Superior or Bars.Subordinate }:
                return Results.NotFound();
            case Outcome.Refused { Refusal.Code: var code }:
                var field = code switch { ResolveGrowth.OutcomeMissing or ResolveGrowth.NotCorrected => "outcome", ResolveGrowth.ReasonsMissing => "reasons", _ => "" };
                return await ShowAsync(http, reader, person, [new FieldError(field.Length == 0 ? "" : $"{field}-{declaration:D}", DeclarationsText.Of(code))], form);
            default:
                return await ShowAsync(http, reader, person, [new FieldError("", DeclarationsText.Of("record.stale"))], form);
        }
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, Guid person, IReadOnlyList<FieldError> errors, IFormCollection? typed)
    {
        if (await desk.OpenAsync(reader, person, http.RequestAborted) is not { } facts) return Results.NotFound();
        await http.CaughtUpAsync(DeclarationsView.ViewName, http.RequestAborted);
        var own = reader == person;
        var due = await declarers.OfAsync(person, http.RequestAborted) is { Holds: > 0 } row ? when.Day(Declarers.DueOf(row, facts.Policy)) : null;
        var sheet = new DeclarationsSheet(
            person, facts.Register.NameOf(person), own, DeclarationAccess.Refuses(DeclarationAction.Declare, facts) is null, due,
            [.. facts.Declarations.All.OrderByDescending(d => d.AsOf).ThenByDescending(d => d.At).Select(d => CardOf(d, facts, own))])
        {
            ReadsPeople = own && DeclarationAccess.ReadsOthers(facts.Actor),
            VettingUnit = own && facts.Actor.Has(Role.Overseer) ? [.. facts.Register.Holders(Role.Vetting, facts.Now).Select(p => (p, facts.Register.NameOf(p)))] : [],
        };
        return Rendered.Page<DeclarationsPage>(
            new { Sheet = sheet, Errors = errors, Typed = typed?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [] },
            errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    DeclarationCard CardOf(Declaration d, DeclarationFacts facts, bool own)
    {
        var before = facts.Declarations.Before(d.AsOf);
        var growth = d.CorrectedBy is null && before is not null ? WealthGrowth.Between(before, d) : null;
        return new DeclarationCard(
            d.Id, DeclarationsText.Of($"declared.{d.Kind}"), when.Day(d.AsOf), d.Currency, d.NetWorth, Money(d.NetWorth),
            [.. d.Lines.OrderBy(l => l.Kind).Select(l => new DeclaredLineShown(DeclarationsText.Of($"kind.{l.Kind}"), l.What, l.Amount is { } amount ? Money(amount) : null, l.Note))], d.CorrectedBy is not null)
        {
            // The person sees their figures, not how they are judged: whoever knows the bound stays just under it.
            Growth = own || growth is null ? [] : StepsOf(growth),
            Verdict = own || before is null || d.CorrectedBy is not null ? null : growth is null ? DeclarationsText.Say("growth.two-currencies", before.Currency, d.Currency) : VerdictOf(growth, d),
            Rise = own || facts.Declarations.FirstOf(d.AsOf) == d ? null : RiseOf(d, facts.Declarations),
            Resolved = own || d.Resolved is not { } r ? null : DeclarationsText.Say("growth.resolved", DeclarationsText.Of($"outcome.{r.Outcome}"), facts.Register.NameOf(r.By), when.Day(r.At), r.Reasons),
            MayResolve = !own && d is { IsFlagged: true, Resolved: null } && DeclarationAccess.Refuses(DeclarationAction.Resolve, facts) is null,
        };
    }

    static IReadOnlyList<GrowthStep> StepsOf(WealthGrowth g) =>
    [
        Step("growth.after", g.NetAfter), Step("growth.before", -g.NetBefore), Step("growth.grew", g.Growth, sum: true),
        Step("growth.income", -g.Income), Step("growth.spending", g.Spending), Step("growth.unexplained", g.Unexplained, sum: true),
    ];

    // Of a correction alone: what was declared first stays beside it on the page.
    static string? RiseOf(Declaration d, Declarations all) => CorrectionRise.Of(d, all) is not { } rise ? DeclarationsText.Say("growth.two-currencies", all.FirstOf(d.AsOf)!.Currency, d.Currency)
        : rise.Rise <= 0m ? null : DeclarationsText.Say("growth.corrected", Money(rise.First), Money(rise.Corrected), Money(rise.Rise), d.Currency);

    static GrowthStep Step(string key, decimal amount, bool sum = false) => new(DeclarationsText.Of(key), Figures.Signed(Money(amount)), sum);

    static string VerdictOf(WealthGrowth g, Declaration d) => d.IsFlagged && g.Gifts > 0m
        ? DeclarationsText.Say("growth.gift", Money(g.Gifts), g.Percent is { } share ? Figures.Short(share, 1) : "–", d.Policy)
        : g.Percent is { } percent
        ? DeclarationsText.Say(d.IsFlagged ? "growth.above" : "growth.within", Figures.Short(percent, 1), Figures.Short(g.YearlyIncome, 0), d.Policy)
        : DeclarationsText.Say(d.IsFlagged ? "growth.no-income" : "growth.nothing", d.Policy);

    internal static string Money(decimal amount) => Figures.Short(amount, 2);
}
