using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Probity.Access.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>The form on which an offer or a threat is recorded within a minute.</summary>
internal sealed class ShowRecord(PeopleNames names, RecordApproach slice, ChangeRoster rosters, IRegister registers, IOptions<SharedOptions> options, TimeProvider time)
{
    public const string Address = "/protection/record";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowRecord show) => !ProtectionForms.Serves(http.User) ? Results.Forbid()
            : await show.ShowAsync(SignedInPerson.Of(http.User)!.Value, Guid.CreateVersion7(), null, [], StatusCodes.Status200OK, http.RequestAborted));
        pages.MapPost(Address, async (HttpContext http, ShowRecord show) =>
            ProtectionForms.Serves(http.User) ? await show.TakeAsync(http, SignedInPerson.Of(http.User)!.Value) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
        var register = await registers.ReadAsync(cancel);
        var (people, unknown) = PeopleIn(form["people"], register);
        var command = Read(RecordApproach.IdOf(person, key), form, people);
        var wrong = RecordApproach.Wrong(command, register, time.GetUtcNow()).Select(code => new FieldError(FieldOf(code), ProtectionText.Of(code))).Concat(unknown).ToList();
        if (form["amount"].ToString().Trim().Length > 0 && command.Amount is null) wrong.Add(new FieldError("amount", ProtectionText.Of(RecordApproach.AmountWrong)));
        if (wrong.Count > 0) return await ShowAsync(person, key, form, wrong, StatusCodes.Status422UnprocessableEntity, cancel);
        switch (await slice.HandleAsync(person, command, cancel))
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return new SeeOther($"/protection/approaches/{command.Id:D}?recorded=1");
            case Outcome.Refused { Refusal: var refusal }:
                // What was typed is not recorded: it stands in the form still, under a key of its own.
                return await ShowAsync(person, refusal.Code == ProtectionTexts.RecordedOtherwise ? Guid.CreateVersion7() : key, form, [new(FieldOf(refusal.Code), ProtectionText.Of(refusal.Code))], StatusCodes.Status422UnprocessableEntity, cancel);
            default:
                return await ShowAsync(person, key, form, [new("", ProtectionText.Of(Answers.Stale))], StatusCodes.Status409Conflict, cancel);
        }
    }

    async Task<IResult> ShowAsync(Guid person, Guid key, IFormCollection? form, IReadOnlyList<FieldError> errors, int status, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var typed = form is null ? new() { ["happened"] = ProtectionForms.Typed(now, options.Value.TimeZone) } : ProtectionForms.TypedIn(form);
        return Rendered.Page<RecordApproachPage>(
            new { Key = key, Fields = typed, Errors = errors, Units = UnitsAround(person, register, now), Emergency = (await rosters.ReadAsync(cancel)).Emergency }, status);
    }

    // The tree that the person's own units stand in.
    static IReadOnlyList<Choice> UnitsAround(Guid person, Register register, DateTimeOffset now)
    {
        var roots = register.PostsOf(person, now).Select(p => RootOf(p.Unit, register)).ToHashSet();
        return [.. register.Units.Values.Where(u => roots.Contains(RootOf(u.Id, register))).Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)];
    }

    static Guid RootOf(Guid unit, Register register)
    {
        for (var at = unit; ; unit = at)
        {
            if (register.Units.GetValueOrDefault(at)?.Parent is not { } above) return at;
            at = above;
        }
    }

    // One name a line, each of whom has to be one of the staff: nobody is left out because they were not found.
    (IReadOnlyList<Guid> People, IReadOnlyList<FieldError> Wrong) PeopleIn(string? typed, Register register)
    {
        var lines = (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(RecordApproach.MostNamed + 1).ToList();
        if (lines.Count == 0) return ([], []);
        var everybody = ProtectionForms.People(names, register, time.GetUtcNow(), _ => true).ToList();
        var (found, wrong) = (new List<Guid>(), new List<FieldError>());
        foreach (var line in lines)
        {
            var (resolved, not) = PersonChoices.Resolve(new FormCollection(new Dictionary<string, StringValues> { ["people"] = line }), ("people", everybody));
            wrong.AddRange(not);
            if (not.Count == 0 && Guid.TryParseExact(resolved["people"], "D", out var person)) found.Add(person);
        }

        return (found, wrong.Take(1).ToList());
    }

    RecordApproach.Command Read(Guid id, IFormCollection form, IReadOnlyList<Guid> people) => new(id, ProtectionForms.Chosen<ApproachKind>(form["kind"]), ProtectionForms.MomentOf(form["happened"], options.Value.TimeZone))
    {
        ViolenceThreatened = form["violent"] == "yes", Place = ProtectionForms.Chosen<ApproachPlace>(form["place"]), Spot = form["spot"], Way = ProtectionForms.Chosen<ApproachWay>(form["way"]),
        Wish = ProtectionForms.Chosen<ApproachWish>(form["wish"]), Amount = Money.AmountOf(form["amount"].ToString().Trim()), Currency = form["currency"].ToString().Trim().ToUpperInvariant(),
        Answer = ProtectionForms.Chosen<ApproachAnswer>(form["answer"]), Who = form["who"], Told = form["told"], People = people,
        Units = Guid.TryParseExact(form["unit"], "D", out var unit) ? [unit] : [],
    };

    static string FieldOf(string code) => code switch
    {
        RecordApproach.KindMissing => "kind",
        RecordApproach.TimeWrong => "happened",
        RecordApproach.SpotUnfit => "spot",
        RecordApproach.AmountWrong => "amount",
        RecordApproach.CurrencyWrong => "currency",
        RecordApproach.WhoUnfit => "who",
        RecordApproach.ToldUnfit => "told",
        RecordApproach.PersonUnknown => "people",
        RecordApproach.UnitUnknown => "unit",
        _ => "",
    };
}
