using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Disposing;

/// <summary>Something that a destruction needs, and what to do where it is not there.</summary>
public sealed record CheckLine(string Text, string? Why, bool Met)
{
    /// <summary>The page on which the reader does it; null where it is there, or not theirs to do.</summary>
    public Link? Do { get; init; }
}

/// <summary>The page of a destruction.</summary>
/// <param name="Form">The exhibit, with the packages that are still to be read, and what was typed.</param>
/// <param name="Order">The order, row by row; empty before there is one.</param>
/// <param name="Checks">What it needs, each with whether it is there.</param>
/// <param name="Witnesses">The witnesses, each with when they signed.</param>
/// <param name="Step">What the reader can do now: order, packages, residue, witness, or nothing.</param>
public sealed record DestructionSheet(
    ExhibitForm Form, IReadOnlyList<SummaryItem> Order, IReadOnlyList<CheckLine> Checks,
    IReadOnlyList<(string Name, string Said)> Witnesses, string? Step)
{
    /// <summary>Where the exhibit stands once it was burned; null before.</summary>
    public (string Text, Tone Tone)? Status { get; init; }

    /// <summary>Whether only the court orders in this case, and not its prosecutor.</summary>
    public bool OnlyCourt { get; init; }

    /// <summary>Whether another order may replace this one.</summary>
    public bool MayReplace { get; init; }
}

/// <summary>Shows how far a destruction has come and what is missing, and takes the next step.</summary>
internal sealed class ShowDestruction(
    ExhibitDesk desk, TransparencyLog log, ProposeDestruction order, CarryOutDestruction carry, WitnessDestruction witness, When when)
{
    const string AnswerMissing = "exhibits.answer-missing";

    static readonly string[] WitnessFields = ["first", "second"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/destruction", async (Guid id, HttpContext http, ShowDestruction page) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await page.ReadAsync(person, id, http.RequestAborted) is { } sheet ? Page(sheet, StatusCodes.Status200OK) : Results.NotFound());
        pages.MapGet("/exhibits/{id:guid}/destruction/{step}", (Guid id) => Results.Redirect($"/exhibits/{id:D}/destruction"));
        pages.MapPost("/exhibits/{id:guid}/destruction/{step}", (Guid id, string step, HttpContext http, ShowDestruction page) => page.TakeAsync(id, step, http));
    }

    async Task<IResult> TakeAsync(Guid id, string step, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        if (!Guid.TryParseExact(typed[ExhibitForms.ActField], "D", out var act)) return Results.BadRequest();
        if (step == "order" && PersonChoices.AreTyped(typed, WitnessFields))
        {
            if (await ReadAsync(person, id, cancel) is not { } shown) return Results.NotFound();
            (typed, var nobody) = PersonChoices.Resolve(typed, WitnessFields.Select(f => (f, shown.Form.Choices["witness"])));
            if (nobody.Count > 0)
            {
                return Page(
                    shown with { Form = shown.Form with { Act = act, Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()), Errors = nobody } },
                    StatusCodes.Status422UnprocessableEntity);
            }
        }

        var (outcome, code) = await (step switch
        {
            "order" => OrderAsync(person, id, act, typed, cancel),
            "packages" => ReadAsync(person, id, typed, cancel),
            "residue" => ResidueAsync(person, id, typed, cancel),
            "witness" => WitnessAsync(person, id, typed, cancel),
            _ => Task.FromResult<(Outcome?, string?)>((null, null)),
        });
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/exhibits/{id:D}/destruction";
            return Results.Empty;
        }

        if ((outcome is null && code is null) || await ReadAsync(person, id, cancel) is not { } sheet) return Results.NotFound();
        code ??= (outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale";
        return Page(sheet with
        {
            Form = sheet.Form with
            {
                Act = act, Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
                Errors = [new FieldError(FieldOf(code), ExhibitsText.Of(code))],
            },
        }, StatusCodes.Status422UnprocessableEntity);
    }

    async Task<(Outcome?, string?)> OrderAsync(Guid person, Guid id, Guid act, IFormCollection typed, CancellationToken cancel) =>
        (await order.HandleAsync(person, new ProposeDestruction.Command(
            id, act, ExhibitWords.Id(typed["order"]), typed["place"].ToString(), typed["method"].ToString(),
            [.. WitnessFields.Select(f => ExhibitWords.Id(typed[f])).OfType<Guid>()]), cancel), null);

    async Task<(Outcome?, string?)> ReadAsync(Guid person, Guid id, IFormCollection typed, CancellationToken cancel) =>
        (await carry.ReadAsync(person, new CarryOutDestruction.Reading(id, SealFields.Read(typed, await desk.SealsAsync(id, cancel))), cancel), null);

    async Task<(Outcome?, string?)> ResidueAsync(Guid person, Guid id, IFormCollection typed, CancellationToken cancel) =>
        TypedNumber.IsAmbiguous(typed["mass"]) ? (null, TypedMass.Ambiguous)
        : !TypedMass.TryRead(typed["mass"], out Grams mass) ? (null, WeighExhibit.MassUnclear)
        : (await carry.HandleAsync(person, new CarryOutDestruction.Command(id, typed["residue"].ToString(), mass, ExhibitTexts.Kept(typed["heavier"])), cancel), null);

    async Task<(Outcome?, string?)> WitnessAsync(Guid person, Guid id, IFormCollection typed, CancellationToken cancel) =>
        typed["answer"].ToString() is not ("yes" or "no") ? (null, AnswerMissing)
        : typed["answer"] == "no" && ExhibitTexts.RefusesReason(typed["objection"]) is { } missing ? (null, missing.Code)
        : (await witness.HandleAsync(person, new WitnessDestruction.Command(id, typed["answer"] == "no" ? typed["objection"].ToString() : null), cancel), null);

    async Task<DestructionSheet?> ReadAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, "exhibits.destruction", cancel) is not { } facts) return null;
        var exhibit = facts.Exhibit;
        var may = ExhibitAccess.Refuses(ExhibitAction.Destroy, facts) is null;
        if (exhibit.Destruction is null && !may) return null;
        var disposal = await DisposalDesk.ReadAsync(new RecordSession(log), facts, cancel);
        var checks = DestructionChecks.Of(disposal);
        var orders = ExhibitChoices.Orders(facts, when, ExhibitOrderKind.Destroy);
        var form = new ExhibitForm(exhibit.Id, exhibit.Number, ExhibitWords.What(exhibit, facts.Family))
        {
            Act = Guid.CreateVersion7(), Packages = [.. exhibit.ToRead(facts.Now).Select(p => (p.Number, p.Seal))],
            Choices = new Dictionary<string, IReadOnlyList<Choice>>
            {
                ["order"] = orders,
                ["witness"] = may ? ExhibitWords.People(facts.Register, facts.Now, a => DestructionChecks.RefusesWitness(a.Person, null, facts) is null && !DisposalFacts.AreOrdersOf(a.Person, orders, facts)) : [],
            },
        };
        return new DestructionSheet(
            form, exhibit.Destruction is { } d ? Rows(d, facts) : [],
            [.. checks.Where(_ => exhibit.Destruction?.CarriedOut is null).Select(c => new CheckLine(ExhibitWords.Of(c.Check), c.Met ? null : WhyOf(c.Check, disposal), c.Met) { Do = c.Met ? null : DoOf(c.Check, facts, may) })],
            [.. (exhibit.Destruction?.Order.Witnesses ?? []).Select(w => (
                facts.Register.NameOf(w), SaidBy(w, exhibit.Destruction!)))],
            StepOf(disposal, checks, may))
        {
            Status = exhibit.Destruction?.CarriedOut is null ? null : (ExhibitWords.Of(exhibit.Status), ExhibitWords.ToneOf(exhibit.Status)), OnlyCourt = facts.Standing.Court.IsCourts, MayReplace = may && exhibit.Destruction is { CarriedOut: null },
        };
    }

    // That a witness objects stands here; what they say is the integrity officer's.
    string SaidBy(Guid witness, Destruction destruction) => destruction.Signed.TryGetValue(witness, out var at) ? ExhibitWords.Say("destroy.signed", when.Moment(at))
        : destruction.Upheld.TryGetValue(witness, out var answered) ? ExhibitWords.Say("destroy.upheld", when.Moment(answered))
        : ExhibitsText.Of(destruction.Objections.ContainsKey(witness) ? "destroy.objects" : "destroy.not-signed");

    // What of the court it waits for is said as such.
    static string WhyOf(DestructionCheck check, DisposalFacts facts) =>
        check == DestructionCheck.Weighing && WeighingTrust.Awaited(facts.Of) is { Count: > 0 } awaited
            ? ExhibitWords.Say("check-why.weighing-awaited", string.Join(", ", awaited.Select(r => r.Package is { } p ? ExhibitWords.Say("grams.package", p) : ExhibitsText.Of("check-why.all-of-it"))))
        : check == DestructionCheck.Order && facts.RefusesOrder(facts.Of.Exhibit.Destruction!.Order.OrderId, ExhibitOrderKind.Destroy) is { } court
            ? ExhibitsText.Of(court.Code) : ExhibitWords.Why(check);

    static Link? DoOf(DestructionCheck check, ExhibitFacts facts, bool may)
    {
        var home = $"/exhibits/{facts.Exhibit.Id:D}";
        return check switch
        {
            DestructionCheck.Order when facts.Standing.Sees => To($"/cases/{facts.Exhibit.Case:D}/court", "do.order"),
            DestructionCheck.Witnesses when may => To("#replace", "destroy.replace"),
            DestructionCheck.Retest or DestructionCheck.Sample when May(ExhibitAction.Sample) => To(home + "/sample", "do.sample"),
            DestructionCheck.Weighing or DestructionCheck.Account when May(ExhibitAction.Weigh) => To(home + "/weigh", "do.weigh"),
            DestructionCheck.Custody or DestructionCheck.Signatures => To(home, "do.exhibit"),
            DestructionCheck.Packages when may => To("#packages", "destroy.packages"),
            _ => null,
        };

        static Link To(string href, string key) => new(href, ExhibitsText.Of(key));
        bool May(ExhibitAction action) => ExhibitAccess.Refuses(action, facts) is null;
    }

    static string? StepOf(DisposalFacts facts, IReadOnlyList<(DestructionCheck Check, bool Met)> checks, bool may)
    {
        var (exhibit, me) = (facts.Of.Exhibit, facts.Of.Actor.Person);
        if (exhibit.Destruction is not { } destruction) return may ? "order" : null;
        if (destruction.Awaits(me) && ExhibitAccess.Refuses(ExhibitAction.WitnessDestruction, facts.Of) is null) return "witness";
        if (!may || destruction.CarriedOut is not null || checks.Any(c => !c.Met && c.Check != DestructionCheck.Packages)) return null;
        return checks.All(c => c.Met) ? "residue" : "packages";
    }

    List<SummaryItem> Rows(Destruction destruction, ExhibitFacts facts)
    {
        var items = new List<SummaryItem>
        {
            new(ExhibitsText.Of("destroy.order"), $"{destruction.Order.Order}, {when.Day(destruction.Order.Ordered)}"),
            new(ExhibitsText.Of("destroy.place"), destruction.Order.Place),
            new(ExhibitsText.Of("destroy.method"), destruction.Order.Method),
            new(ExhibitsText.Of("show.by"), $"{facts.Register.NameOf(destruction.By)}, {when.Moment(destruction.At)}"),
        };
        if (destruction.Read.Length > 0) items.Add(new(ExhibitsText.Of("destroy.read"), string.Join("; ", destruction.Read.OrderBy(p => p.Number).Select(p => ExhibitWords.PackageOf(p.Number, p.Seal)))));
        if (destruction.CarriedOut is { } done)
            items.Add(new(ExhibitsText.Of("destroy.residue"), $"{done.Residue} {ExhibitWords.Of(done.ResidueMass)}, {when.Moment(destruction.CarriedOutAt!.Value)}"));
        if (destruction.CarriedOut?.Heavier is { } heavier) items.Add(new(ExhibitsText.Of("destroy.heavier"), heavier));
        return items;
    }

    static string FieldOf(string code) => code switch
    {
        ProposeDestruction.PlaceMissing => "place",
        ProposeDestruction.MethodMissing => "method",
        ProposeDestruction.TwoWitnesses or ProposeDestruction.InTheChain or ProposeDestruction.HoldersUnit or DisposalFacts.OrderedIt => "first",
        CarryOutDestruction.ResidueMissing => "residue",
        CarryOutDestruction.ResidueHeavy => "heavier",
        WeighExhibit.MassUnclear or TypedMass.Ambiguous => "mass",
        AnswerMissing => "answer",
        ExhibitTexts.ReasonMissing => "objection",
        _ => DisposalFacts.IsOfOrder(code) ? "order" : "",
    };

    static IResult Page(DestructionSheet sheet, int status) => Rendered.Page<DestructionPage>(new { Sheet = sheet }, status);
}
