using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Granting;

/// <summary>A request for the identity, as those who can open the report see it.</summary>
public sealed record IdentityLine(string For, string AskedBy, string When, string Reason, string State, string? Answer);

/// <summary>What the source left: name and how to reach them.</summary>
public sealed record LeftIdentity(string Name, string Contact);

/// <summary>All that the page of an identity shows to somebody who can open the report.</summary>
/// <param name="Report">The report.</param>
/// <param name="Reference">What it is called.</param>
/// <param name="Lines">The requests, the newest first.</param>
/// <param name="MayAsk">Whether they may ask.</param>
/// <param name="MayAnswer">Whether they may answer the request that waits.</param>
/// <param name="MayHurry">Whether they may find that a life is in danger.</param>
/// <param name="From">From when on it may be agreed to.</param>
/// <param name="Grantees">Whom it can be for.</param>
/// <param name="Left">What was handed to them; null where nothing was, empty where the source left nothing.</param>
public sealed record IdentitySheet(
    Guid Report, string Reference, IReadOnlyList<IdentityLine> Lines, bool MayAsk, bool MayAnswer, bool MayHurry, string? From, IReadOnlyList<Choice> Grantees, IReadOnlyList<LeftIdentity>? Left)
{
    /// <summary>The form that was refused.</summary>
    public string? Open { get; init; }
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Who reported something: asked for, agreed to, and read by the one person whom it was handed to. Each look at it is an entry.</summary>
internal sealed class ShowIdentity(ReportReader reader, ReportDesk reports, IdentityDesk desk, IdentityParts parts, AskIdentity ask, AnswerIdentity answer, Clerk clerk, When when)
{
    const string Address = "/reports/{id:guid}/identity";
    const string Forms = Address + "/{what:regex(^(ask|answer)$)}";

    /// <summary>The code under which a look at an identity is filed.</summary>
    public const string Look = "reports.identity";

    public static string Of(Guid report) => $"/reports/{report:D}/identity";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowIdentity show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id, null, []) : Results.Forbid());
        pages.MapGet(Forms, (Guid id) => new SeeOther(Of(id)));
        pages.MapPost(Forms, async (Guid id, string what, HttpContext http, ShowIdentity show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var form = await http.Request.ReadFormAsync(cancel);
        var opened = await reader.OpenAsync(http.User, id, cancel);
        var outcome = what == "ask"
            ? await ask.HandleAsync(person, opened, new(id, ReportForms.ActOf(person, id, "identity", form["key"]), Guid.TryParseExact(form["ask-for"], "D", out var grantee) ? grantee : null, form["ask-reason"], form["ask-notice"]), cancel)
            : await answer.HandleAsync(person, opened, new(id, form["answer-agrees"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["answer-danger"] == "yes", form["answer-words"]), cancel);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, (what, outcome), ReportForms.TypedIn(form));
        http.Wrote(index);
        return new SeeOther(Of(id));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, (string What, Outcome Outcome)? refused, Dictionary<string, string> typed)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var opened = await reader.OpenAsync(http.User, id, cancel);
        if (await reports.OpenAsync(person, SignedInPerson.SessionOf(http.User) ?? "", id, opened, cancel) is null || await desk.ReadAsync(person, id, opened, cancel) is not { } facts) return Results.NotFound();
        var left = await LeftAsync(http, person, facts, cancel);
        var (register, waiting) = (facts.Report.Register, facts.Open is { Waits: true } open ? open : null);
        var mayAnswer = waiting is not null && GrantAccess.Refuses(GrantAction.AnswerIdentity, facts.On(waiting)) is null;
        var refusal = (refused?.Outcome as Outcome.Refused)?.Refusal;
        var code = refusal?.Code ?? Answers.Stale;
        var sheet = new IdentitySheet(
            id, ReportForms.Reference(id), [.. facts.Requests.Of(id).Reverse().Select(r => LineOf(r, facts))],
            facts.Open is null && facts.Report.Report.AcknowledgedOn is not null && GrantAccess.Refuses(GrantAction.AskIdentity, facts.On(null)) is null,
            mayAnswer, mayAnswer && facts.On(waiting).Part == HolderPart.Overseer, waiting is null ? null : when.Moment(AnswerIdentity.From(waiting, facts.Report.Policy)),
            [.. facts.Grantees.Select(p => new Choice(p.ToString("D"), register.NameOf(p)))], left)
        {
            Open = refused?.What, Typed = typed,
            Errors = refused is { } r ? [new FieldError(FieldOf(r.What, code), refusal?.Until is { } until ? GrantingText.Say(code, when.Moment(until)) : GrantingText.Of(code))] : [],
        };
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<IdentityPage>(new { Sheet = sheet }, ReportForms.StatusOf(refused?.Outcome));
    }

    // The newest that was handed to this person; filed before it is shown.
    async Task<IReadOnlyList<LeftIdentity>?> LeftAsync(HttpContext http, Guid person, IdentityFacts facts, CancellationToken cancel)
    {
        foreach (var request in facts.Requests.Of(facts.Report.Report.Id).Reverse())
        {
            if (GrantAccess.Refuses(GrantAction.SeeIdentity, facts.On(request)) is not null || await parts.ReadAsync(http.User, request, cancel) is not { } left) continue;
            await clerk.FileReadAsync(new ActorId(person), facts.Report.Report.Stream, Look, cancel: cancel);
            return [.. left.Select(i => new LeftIdentity(i.Name, i.Contact))];
        }

        return null;
    }

    IdentityLine LineOf(IdentityRequest request, IdentityFacts facts)
    {
        var (register, opened) = (facts.Report.Register, facts.Report.Opened);
        var state = request switch
        {
            { ReturnedBy: { } by } => GrantingText.Say("identity.state-returned", register.NameOf(by)),
            { GrantedBy: { } by, GrantedAt: { } at } => GrantingText.Say("identity.state-granted", register.NameOf(by), when.Moment(at)),
            { AgreedBy: { } by, Agreed.Danger: true } => GrantingText.Say("identity.state-danger", register.NameOf(by)),
            { AgreedBy: { } by } => GrantingText.Say("identity.state-agreed", register.NameOf(by)),
            _ => GrantingText.Of("identity.state-waits"),
        };
        return new IdentityLine(
            register.NameOf(request.For), register.NameOf(request.AskedBy), when.Moment(request.AskedAt), StaffText.Open(opened, request.Id, request.Box) ?? "", state,
            StaffText.Open(opened, AnswerIdentity.WordsOf(request.Id), request.Returned?.Box ?? request.Agreed?.Box));
    }

    static string FieldOf(string what, string code) => code switch
    {
        AskIdentity.GranteeUnfit when what == "ask" => "ask-for",
        AskIdentity.NoticeMissing or AskIdentity.NoticeTooLong => "ask-notice",
        CloseReport.AgreesMissing => "answer-agrees",
        StaffText.Missing or StaffText.TooShort or StaffText.TooLong or StaffText.Unfit => what == "ask" ? "ask-reason" : "answer-words",
        _ => "",
    };
}
