using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.TakingOver;

/// <summary>Shows the registers that were presented, and one of them to whoever countersigns it.</summary>
internal sealed class ShowRegisters(TakingOverDesk desk, CountersignRegister slice, When when)
{
    /// <summary>Lines that a page shows; the heaviest first, since these are what to look at.</summary>
    const int Shown = 200;

    const int Linked = 50;
    const string AnswerMissing = "exhibits.register-answer-missing";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/registers", async (HttpContext http, ShowRegisters slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var (actor, _, _, _) = await slice.Desk.ActorAsync(person, http.RequestAborted);
            if (!TakingOverAccess.Serves(actor)) return Results.NotFound();
            var rows = (await slice.Desk.ListAsync(person, http.RequestAborted)).Select(RowOf).ToList();
            return Rendered.Page<RegistersPage>(new { Rows = rows, MayPresent = TakingOverAccess.UnitsOf(actor).Count > 0 });
        });
        pages.MapGet("/exhibits/registers/{id:guid}", async (Guid id, string? done, HttpContext http, ShowRegisters slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.Desk.OpenAsync(person, id, http.RequestAborted) is { } facts ? Page(slice.SheetOf(facts, done), StatusCodes.Status200OK) : Results.NotFound());
        pages.MapPost("/exhibits/registers/{id:guid}", (Guid id, HttpContext http, ShowRegisters slice) => slice.TakeAsync(id, http));
    }

    TakingOverDesk Desk => desk;

    async Task<IResult> TakeAsync(Guid id, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var (typed, cancel) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        var agrees = typed["answer"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null };
        var outcome = agrees is { } answer ? await slice.HandleAsync(person, new CountersignRegister.Command(id, answer, typed["reasons"]), cancel) : null;
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/exhibits/registers/{id:D}?done={(agrees == true ? "taken" : "sent-back")}";
            return Results.Empty;
        }

        if (await desk.OpenAsync(person, id, cancel) is not { } facts) return Results.NotFound();
        var code = agrees is null ? AnswerMissing : (outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale";
        return Page(SheetOf(facts, null) with
        {
            Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
            Errors = [new FieldError(code == ExhibitTexts.ReasonMissing ? "reasons" : "answer", ExhibitsText.Of(code))],
        }, StatusCodes.Status422UnprocessableEntity);
    }

    RegisterSheet SheetOf(RegisterFacts facts, string? done)
    {
        var (taken, presented) = (facts.Taken, facts.Taken.Presented!);
        var lines = facts.Lines.All.OrderByDescending(l => l.Exhibit.Mass?.Value ?? 0m).ThenBy(l => l.Exhibit.Line).ToList();
        var refusal = TakingOverAccess.Refuses(RegisterAction.Countersign, facts);
        return new RegisterSheet(
            taken.Id, presented.File, RegisterWords.Of(taken.Stage), RegisterWords.ToneOf(taken.Stage), FactsOf(facts), RegisterWords.Sums(lines.Select(l => (l.Exhibit.Kind, l.Exhibit.Substance, l.Exhibit.Mass))),
            [.. lines.Take(Shown).Select(l => RegisterWords.LineOf(l.Exhibit, CaseOf(facts, l.Case, l.Exhibit.CaseNumber), facts.Store.Locations.GetValueOrDefault(l.Exhibit.Location)?.Name ?? "–"))],
            taken.Stage == RegisterStage.TakenOver
                ? [.. facts.Lines.All.Take(Linked).Select(l => ($"/exhibits/{CountersignRegister.IdOf(taken.Id, l.Exhibit.Line):D}", l.Exhibit.Number))] : [],
            lines.Count, taken.Answer is null && refusal is null, WhyNot(facts, refusal), done)
        {
            Typed = new Dictionary<string, string>(),
        };
    }

    static string? WhyNot(RegisterFacts facts, Refusal? refusal) => facts.Taken.Answer is not null || refusal is null ? null
        : ExhibitWords.Say("takeover.who-signs", refusal.Reroute is { People.Count: > 0 } turn ? string.Join(", ", turn.People.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture)) : "–");

    static string? CaseOf(RegisterFacts facts, Guid @case, string? written) =>
        written is not null || @case == facts.Taken.Presented!.Opens ? written : facts.Cases.GetValueOrDefault(@case)?.Case.Number;

    List<SummaryItem> FactsOf(RegisterFacts facts)
    {
        var (taken, presented) = (facts.Taken, facts.Taken.Presented!);
        var items = new List<SummaryItem>
        {
            new(ExhibitsText.Of("takeover.unit"), facts.Register.Units.GetValueOrDefault(presented.Unit)?.Name ?? "–"),
            new(ExhibitsText.Of("takeover.by"), ExhibitWords.Say("show.seized-by", when.Moment(taken.At), facts.Register.NameOf(taken.By))),
            new(ExhibitsText.Of("takeover.lines-all"), Figures.Whole(presented.Lines)),
            new(ExhibitsText.Of("takeover.sum"), presented.Sha256),
        };
        if (presented.Opens is { } opens)
            items.Add(new(ExhibitsText.Of("takeover.opens-case"), facts.Cases.GetValueOrDefault(opens) is { Case.Exists: true } known ? known.Case.Number : ExhibitsText.Of("takeover.opens-case.later")));
        if (taken.AnsweredBy is { } answered)
            items.Add(new(ExhibitsText.Of(taken.Answer!.Agrees ? "takeover.agreed" : "takeover.refused"), ExhibitWords.Say("show.seized-by", when.Moment(taken.AnsweredAt!.Value), facts.Register.NameOf(answered))));
        if (taken.Answer?.Reasons is { } reasons) items.Add(new(ExhibitsText.Of("takeover.reasons"), reasons));
        return items;
    }

    static RegisterRow RowOf(RegisterFacts facts) => new(
        facts.Taken.Id, facts.Taken.Presented!.File, facts.Register.Units.GetValueOrDefault(facts.Taken.Presented.Unit)?.Name ?? "–", facts.Register.NameOf(facts.Taken.By), facts.Taken.At,
        facts.Taken.Presented.Lines, RegisterWords.Of(facts.Taken.Stage), RegisterWords.ToneOf(facts.Taken.Stage));

    static IResult Page(RegisterSheet sheet, int status) => Rendered.Page<RegisterPage>(new { Sheet = sheet }, status);
}
