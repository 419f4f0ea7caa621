using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Registering;
using Probity.Interdiction.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.PayingSources;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class RecordPaymentPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sources/new", async (HttpContext http, IRegister registers, TimeProvider time) =>
            await AnswerAsync(http, registers, time, Guid.CreateVersion7(), null, [], StatusCodes.Status200OK));
        pages.MapPost("/sources/new", async (HttpContext http, RecordPayment slice, ICaseDirectory cases, IRegister registers, TimeProvider time) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
            var id = RecordPayment.IdOf(person, key);
            (form, var nobody) = PersonChoices.Resolve(form, await PeopleAsync(person, registers, time, http.RequestAborted));
            var (command, errors) = await ReadAsync(person, id, form, cases, http.RequestAborted);
            if (nobody.Count > 0) (command, errors) = (null, [.. errors, .. nobody]);
            if (command is null) return await AnswerAsync(http, registers, time, key, form, errors, StatusCodes.Status422UnprocessableEntity);
            switch (await slice.HandleAsync(person, command, http.RequestAborted))
            {
                case Outcome.Done(var index):
                    http.Wrote(index);
                    return new SeeOther($"/sources/{id:D}");
                case Outcome.Refused { Refusal: var refusal }:
                    return await AnswerAsync(http, registers, time, key, form, [new(FieldOf(refusal.Code, command.Alone), InterdictionText.Of(refusal.Code))], StatusCodes.Status422UnprocessableEntity);
                default:
                    return await AnswerAsync(http, registers, time, key, form, [new("", InterdictionText.Of("record.stale"))], StatusCodes.Status409Conflict);
            }
        });
    }

    static async Task<IResult> AnswerAsync(
        HttpContext http, IRegister registers, TimeProvider time, Guid key, IFormCollection? form, IReadOnlyList<FieldError> errors, int status)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(http.RequestAborted);
        var actor = Actor.From(register, person, now);
        var mine = register.Units.Values.Where(u => TargetAccess.RegistersIn(u.Id, actor, register)).OrderBy(u => u.Name, StringComparer.CurrentCulture).ToList();
        if (mine.Count == 0) return Results.Forbid();
        return new RazorComponentResult<RecordPaymentPage>(new
        {
            Key = key, Units = mine.Select(u => new Choice(u.Id.ToString("D"), u.Name)).ToList(),
            Seconds = Named(person, mine, alone: false, register, now), StandIns = Named(person, mine, alone: true, register, now), Errors = errors,
            Fields = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [],
        })
        { StatusCode = status, PreventStreamingRendering = true };
    }

    static async Task<IReadOnlyList<(string, IReadOnlyList<Choice>)>> PeopleAsync(Guid person, IRegister registers, TimeProvider time, CancellationToken cancel)
    {
        var (now, register) = (time.GetUtcNow(), await registers.ReadAsync(cancel));
        var mine = register.Units.Values.Where(u => TargetAccess.RegistersIn(u.Id, Actor.From(register, person, now), register)).ToList();
        return [("second", Named(person, mine, alone: false, register, now)), ("standin", Named(person, mine, alone: true, register, now))];
    }

    static List<Choice> Named(Guid person, IReadOnlyList<Unit> mine, bool alone, Register register, DateTimeOffset now) =>
        [.. mine.SelectMany(u => PaymentAccess.Seconds(person, u.Id, alone, [], register, now)).Distinct()
            .Select(p => new Choice(p.ToString("D"), ShowTarget.NameAndPost(p, register, now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    static async Task<(RecordPayment.Command? Command, IReadOnlyList<FieldError> Errors)> ReadAsync(
        Guid person, Guid id, IFormCollection form, ICaseDirectory cases, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        if (!Guid.TryParseExact(form["unit"], "D", out var unit)) Miss("unit", RegisterTarget.UnitUnknown);
        if (!PaymentPolicy.IsCode(PaymentPolicy.CodeOf(form["code"]))) Miss("code", RecordPayment.CodeWrong);
        var amount = Money.AmountOf(form["amount"].ToString().Trim());
        if (amount is null) Miss("amount", RecordPayment.AmountWrong);
        var currency = form["currency"].ToString().Trim().ToUpperInvariant();
        if (!Money.IsCurrency(currency)) Miss("currency", RecordPayment.CurrencyWrong);
        if (!DateOnly.TryParseExact(form["paid"].ToString().Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var paid)) Miss("paid", RecordPayment.DayWrong);
        if (!Enum.TryParse<PaymentPurpose>(form["purpose"], ignoreCase: true, out var purpose)) Miss("purpose", RecordPayment.PurposeMissing);
        CaseEntry? about = null;
        if (form["case"].ToString().Trim().ToUpperInvariant() is { Length: > 0 } number && (about = await cases.ByNumberAsync(person, number, cancel)) is null) Miss("case", RecordPayment.CaseUnknown);
        var alone = form["alone"] == "yes";
        if (errors.Count > 0) return (null, errors);
        Guid? second = Guid.TryParseExact(form[alone ? "standin" : "second"], "D", out var signer) ? signer : null;
        return (new RecordPayment.Command(
            id, unit, PaymentPolicy.CodeOf(form["code"]), amount!.Value, currency, paid, purpose, about?.Id, second, alone, form["absence"]), errors);

        void Miss(string field, string code) => errors.Add(new(field, InterdictionText.Of(code)));
    }

    static string FieldOf(string code, bool alone) => code switch
    {
        RecordPayment.CodeWrong => "code",
        RecordPayment.AmountWrong => "amount",
        RecordPayment.CurrencyWrong => "currency",
        RecordPayment.DayWrong => "paid",
        RecordPayment.PurposeMissing => "purpose",
        RecordPayment.CaseUnknown => "case",
        RecordPayment.SecondWrong => alone ? "standin" : "second",
        Overrides.AbsenceMissing or TargetTexts.ReasonTooShort => "absence",
        _ => "",
    };
}
