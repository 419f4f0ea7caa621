using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Matters;

/// <summary>A matter of a report, as the readers of the report see it: its state and what was found, with its address for those who have to do with it.</summary>
public sealed record ReportMatterLine(Guid Id, string Reference, string Opened, string Stage, Tone Tone, IReadOnlyList<string> Outcomes, string? Href)
{
    /// <summary>Why it accuses somebody whom the report protects; null where it does not.</summary>
    public string? Why { get; init; }

    /// <summary>Whether it does and nobody said why: it can have been added to the inquiry later, where nobody is asked.</summary>
    public bool LacksWhy { get; init; }
}

/// <summary>All that the page of a report's matters shows.</summary>
public sealed record ReportMattersSheet(Guid Report, string Reference, IReadOnlyList<ReportMatterLine> Lines, bool MayOpen, Guid Key, MatterChoices? Choices)
{
    /// <summary>Whom the report protects, by name; null where nobody.</summary>
    public string? Protects { get; init; }
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The matters of a report, for whoever can open the report; and opening one.</summary>
internal sealed class ShowReportMatters(ReportReader reader, ReportDesk reports, OpenMatter slice, MatterForms forms, Clerk clerk, When when)
{
    const string Address = "/reports/{id:guid}/matters";

    public static string AddressOf(Guid report) => $"/reports/{report:D}/matters";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowReportMatters show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id, Guid.NewGuid(), [], [], null) : Results.Forbid());
        pages.MapPost(Address, async (Guid id, HttpContext http, ShowReportMatters show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id) : Results.Forbid());
        pages.MapGet(Address + "/{matter:guid}/proof", async (Guid id, Guid matter, HttpContext http, ShowReportMatters show) => ReportForms.Serves(http.User) ? await show.ProveAsync(http, id, matter) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var opened = await reader.OpenAsync(http.User, id, cancel);
        if (await reports.ReadAsync(person, id, opened, cancel) is not { } facts || ReportAccess.Refuses(ReportAction.View, facts) is not null) return Results.NotFound();
        if (MatterForms.IdIn(form["key"]) is not { } key) return Results.BadRequest();
        var (command, wrong) = ShowOpenMatter.CommandIn(Guid.Empty, OpenMatter.FirstOf(person, key), form, ChoicesOf(facts));
        var outcome = wrong.Count > 0 ? null : await slice.FromReportAsync(person, id, opened, command, cancel);
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, key, ReportForms.TypedIn(form), wrong, outcome);
        http.Wrote(index);
        return new SeeOther(AddressOf(id));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, Guid key, Dictionary<string, string> typed, IReadOnlyList<FieldError> wrong, Outcome? refused)
    {
        if (await OpenAsync(http, id) is not { } facts) return Results.NotFound();
        var code = refused is null ? null : (refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        var mayOpen = MayOpen(facts);
        return Rendered.Page<ReportMattersPage>(new
        {
            Sheet = new ReportMattersSheet(id, ReportForms.Reference(id), LinesOf(facts, when), mayOpen, key, mayOpen ? ChoicesOf(facts) : null)
            {
                Protects = mayOpen && OpeningReason.ProtectedBy(facts) is { Count: > 0 } people ? string.Join(", ", people.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture)) : null,
                Typed = typed, Errors = code is null ? wrong : [new FieldError(MatterForms.FieldOf("open", code), MattersText.Of(code))],
            },
        }, wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : ReportForms.StatusOf(refused));
    }

    // What joins the two is given to whoever can open the report, and that they took it is filed with the report.
    async Task<IResult> ProveAsync(HttpContext http, Guid id, Guid matter)
    {
        if (await OpenAsync(http, id) is not { } facts || facts.Matters.FirstOrDefault(m => m.Matter.Id == matter) is not { } linked || !facts.SeenMatters.Contains(linked.Matter)) return Results.NotFound();
        await clerk.FileReadAsync(new ActorId(facts.Person), Report.StreamOf(id), "reports.matter-proof", cancel: http.RequestAborted);
        return Results.File(Encoding.UTF8.GetBytes(MatterLink.ProofOf(MatterLink.SecretOf(facts.Opened.StaffKey.Span, linked.Number), id, linked.Matter.Id)), "text/plain; charset=utf-8", "origin.txt");
    }

    async Task<ReportFacts?> OpenAsync(HttpContext http, Guid id) => await reports.OpenAsync(
        SignedInPerson.Of(http.User)!.Value, SignedInPerson.SessionOf(http.User) ?? "", id, await reader.OpenAsync(http.User, id, http.RequestAborted), http.RequestAborted);

    /// <summary>Whether the reader may open one more.</summary>
    public static bool MayOpen(ReportFacts facts) => facts.Report.Closed is null && facts.SeenMatters.Count() < MatterLink.Most && ReportAccess.Refuses(ReportAction.OpenMatter, facts) is null;

    /// <summary>The matters that the reader is not barred from.</summary>
    public static IReadOnlyList<ReportMatterLine> LinesOf(ReportFacts facts, When when)
    {
        var (seen, isProtected) = (facts.SeenMatters.ToHashSet(), OpeningReason.ProtectedBy(facts).ToHashSet());
        return [.. facts.Matters.Where(m => seen.Contains(m.Matter)).Select(m => new ReportMatterLine(
            m.Matter.Id, ReportForms.Reference(m.Matter.Id), when.Day(m.Matter.OpenedOn), MattersText.Word(m.Matter.Stage), MatterForms.ToneOf(m.Matter.Stage), [.. m.Matter.Outcomes.Select(MattersText.Word)],
            MatterAccess.Refuses(MatterAction.View, new MatterFacts(m.Matter, facts.Actor, facts.Register, facts.Now)) is null ? MatterForms.AddressOf(m.Matter.Id) : null)
        {
            Why = OpeningReason.Open(facts.Opened.StaffKey.Span, m.Matter.Id, m.Matter.Reason),
            LacksWhy = m.Matter.Accused.Any(isProtected.Contains) && OpeningReason.Open(facts.Opened.StaffKey.Span, m.Matter.Id, m.Matter.Reason) is null,
        })];
    }

    MatterChoices ChoicesOf(ReportFacts facts) => forms.Choices(MatterCandidates.Of(facts), facts.Register, facts.Now);
}
