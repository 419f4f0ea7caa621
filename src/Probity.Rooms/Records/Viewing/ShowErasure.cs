using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Records.Contract;
using Probity.Records.Deciding;
using Probity.Records.Holding;
using Probity.Records.Proposing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Records.Viewing;

/// <summary>A hold as a page shows it.</summary>
public sealed record HoldCard(Guid Id, string LegalBasis, string Reason, string By, DateTimeOffset At);

/// <summary>All that the page of one subject's erasure and holds shows.</summary>
/// <param name="Path">The page's address.</param>
/// <param name="Title">The case's number or the person's name; that it was erased, where it was.</param>
/// <param name="About">The page of the subject, where there is one still.</param>
/// <param name="State">How far it has come: the last part of a text's key.</param>
/// <param name="Held">Whether anything holds it.</param>
/// <param name="Facts">What was asked and decided.</param>
/// <param name="Holds">What holds it.</param>
public sealed record ErasureSheet(
    string Path, string Title, Link? About, string State, bool Held, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<HoldCard> Holds)
{
    /// <summary>What forbids asking for erasure now; null where nothing does.</summary>
    public string? NotNow { get; init; }

    /// <summary>How many things of it somebody still has, in words; null where nobody does.</summary>
    public string? Things { get; init; }

    /// <summary>Whether the reader may ask that it be erased.</summary>
    public bool MayPropose { get; init; }

    /// <summary>Whether the reader may say yes or no to what was asked.</summary>
    public bool MayDecide { get; init; }

    /// <summary>Whether the reader may have it kept.</summary>
    public bool MayHold { get; init; }

    /// <summary>Whether the reader may say that a hold is over.</summary>
    public bool MayRelease { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>The page of one subject: what was asked, what holds it, and the forms for those who may use them.</summary>
internal sealed class ShowErasure(
    ErasureDesk desk, ICaseDirectory directory, When when, ProposeErasure propose, ApproveErasure approve, RefuseErasure refuse, PlaceHold place,
    ReleaseHold release)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/records/{kind}/{id:guid}", async (string kind, Guid id, HttpContext http, ShowErasure slice) =>
        {
            if (RecordsApi.KindOf(kind) is not { } of) return Results.NotFound();
            return await slice.ShowAsync(SignedInPerson.Of(http.User)!.Value, of, id, null, null, http.RequestAborted);
        });
        // Forms are posted to these; whoever comes to one from a refusal, by the choice of a language, gets the page it belongs to.
        pages.MapGet("/records/{kind}/{id:guid}/{what:regex(^(erase|approve|refuse|hold|release)$)}", (string kind, Guid id) => new SeeOther($"/records/{kind}/{id:D}"));
        pages.MapPost("/records/{kind}/{id:guid}/{what:regex(^(erase|approve|refuse|hold|release)$)}", async (string kind, Guid id, string what, HttpContext http, ShowErasure slice) =>
        {
            if (RecordsApi.KindOf(kind) is not { } of) return Results.NotFound();
            return await slice.TakeAsync(http, SignedInPerson.Of(http.User)!.Value, of, id, what);
        });
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, SubjectKind kind, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var typed = (await http.Request.ReadFormAsync(cancel)).Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var outcome = what switch
        {
            "erase" => await propose.HandleAsync(person, new(kind, id, Typed("basis"), Typed("reason")), cancel),
            "approve" => await approve.HandleAsync(person, new(kind, id, Typed("note")), cancel),
            "refuse" => await refuse.HandleAsync(person, new(kind, id, Typed("refusal")), cancel),
            "hold" => await place.HandleAsync(person, new(kind, id, Guid.CreateVersion7(), Typed("holdBasis"), Typed("holdReason")), cancel),
            _ => await release.HandleAsync(person, new(kind, id, Guid.TryParse(Typed("hold"), out var hold) ? hold : Guid.Empty, Typed("release")), cancel),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(person, kind, id, (what, outcome), typed, cancel);
        http.Wrote(index);
        return new SeeOther($"/records/{RecordsApi.PathOf(kind)}/{id:D}");

        string Typed(string field) => typed.GetValueOrDefault(field, "");
    }

    async Task<IResult> ShowAsync(
        Guid person, SubjectKind kind, Guid id, (string What, Outcome Outcome)? refused, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
    {
        var facts = await desk.ReadAsync(person, kind, id, cancel);
        if (!facts.Subject.Exists || ErasureAccess.Refuses(RecordsAction.View, facts) is not null) return Results.NotFound();
        var (title, about) = await TitleAsync(person, facts, cancel);
        var refusal = (refused?.Outcome as Outcome.Refused)?.Refusal;
        var sheet = new ErasureSheet(
            $"/records/{RecordsApi.PathOf(kind)}/{id:D}", title, about, Camel(facts.Erasure.Stage), facts.Erasure.IsHeld, FactsOf(facts),
            [.. facts.Erasure.Holds.Values.OrderBy(h => h.At).Select(h => new HoldCard(h.Id, h.LegalBasis, h.Reason, facts.Register.NameOf(h.By), h.At))])
        {
            NotNow = facts.Erasure.IsDone || facts.Erasure.Stage is ErasureStage.Proposed or ErasureStage.Approved ? null : ProposeErasure.StandsInTheWay(facts),
            Things = facts.Subject.Things > 0 ? RecordsText.Things(facts.Subject.Things) : null,
            MayPropose = !facts.Erasure.IsDone && facts.Erasure.Stage is not (ErasureStage.Proposed or ErasureStage.Approved) && May(RecordsAction.Propose, facts),
            MayDecide = facts.Erasure.Stage == ErasureStage.Proposed && May(RecordsAction.Approve, facts),
            MayHold = !facts.Erasure.IsDone && May(RecordsAction.PlaceHold, facts),
            MayRelease = May(RecordsAction.ReleaseHold, facts),
            Errors = refused is { } r ? [new FieldError(refusal is null ? "" : FieldOf(r.What, refusal.Code), RecordsText.Of(refusal?.Code ?? "record.stale"))] : [],
            TurnTo = refusal?.Reroute is { People.Count: > 0 } to
                ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            Typed = typed ?? new Dictionary<string, string>(),
        };
        return Rendered.Page<ErasurePage>(new { Sheet = sheet },
            refused switch { null => StatusCodes.Status200OK, { Outcome: Outcome.Stale } => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity });
    }

    // Looking at a case's erasure is looking at the case: it is filed.
    async Task<(string Title, Link? About)> TitleAsync(Guid person, ErasureFacts facts, CancellationToken cancel)
    {
        var id = facts.Subject.Id;
        if (facts.Subject.Kind == SubjectKind.Person)
        {
            var name = facts.Register.NameOf(id);
            return (name, facts.Erasure.IsDone || facts.Actor.Has(Role.Prosecutor) ? null : new Link($"/people/{id:D}", name));
        }

        var found = facts.Erasure.IsDone ? null : await directory.OpenAsync(person, id, "cases.records", cancel);
        return found is null ? ($"{RecordsText.Of("subject.erased-case")} {id.ToString("D")[..8]}", null) : (found.Number, new Link($"/cases/{id:D}", found.Number));
    }

    List<SummaryItem> FactsOf(ErasureFacts facts)
    {
        var (erasure, register) = (facts.Erasure, facts.Register);
        var items = new List<SummaryItem>();
        if (erasure.ProposedBy is not { } by || erasure.ProposedAt is not { } at) return items;
        items.Add(new(RecordsText.Of("erasure.basis"), erasure.LegalBasis));
        items.Add(new(RecordsText.Of("erasure.reason"), erasure.Reason));
        items.Add(new(RecordsText.Of("erasure.asked"), $"{register.NameOf(by)}, {when.Moment(at)}"));
        if (erasure.DecidedBy is { } second) items.Add(new(RecordsText.Of("erasure.decided"), register.NameOf(second)));
        if (erasure.Stage == ErasureStage.Stopped) items.Add(new(RecordsText.Of("erasure.because"), RecordsText.Of(erasure.Because!)));
        else if (erasure.Because is { } why) items.Add(new(RecordsText.Of("erasure.because"), why));
        if (erasure.IsDone) items.Add(new(RecordsText.Of("erasure.done"), when.Moment(erasure.Since)));
        return items;
    }

    static bool May(RecordsAction action, ErasureFacts facts) => ErasureAccess.Refuses(action, facts) is null;

    internal static string Camel<T>(T value) where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    // The field that a refusal belongs to; empty for the whole page.
    static string FieldOf(string what, string code) => (what, code) switch
    {
        ("erase", RecordsTexts.BasisMissing) => "basis",
        ("erase", RecordsTexts.ReasonMissing) => "reason",
        ("refuse", RecordsTexts.ReasonMissing) => "refusal",
        ("hold", RecordsTexts.BasisMissing) => "holdBasis",
        ("hold", RecordsTexts.ReasonMissing) => "holdReason",
        _ => "",
    };
}
