using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Interests;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class DeclareInterestPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var (path, work) in new[] { ("/conduct/interests/new", false), ("/conduct/interests/work", true) })
        {
            pages.MapGet(path, async (HttpContext http, IRegister registers, TimeProvider time) =>
                await RefusesAsync(http, registers, time) is { } refused ? refused : Answer(Guid.CreateVersion7(), work, null, [], StatusCodes.Status200OK));
            pages.MapPost(path, async (HttpContext http, DeclareInterest slice, IRegister registers, TimeProvider time) =>
            {
                if (await RefusesAsync(http, registers, time) is { } barred) return barred;
                var person = SignedInPerson.Of(http.User)!.Value;
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
                var (interest, outside) = (ReadInterest(key, form), ReadWork(key, form));
                var wrong = (work ? DeclareInterest.Wrong(outside, time.GetUtcNow()) : DeclareInterest.Wrong(interest)).ToList();
                if (wrong.Count > 0) return Answer(key, work, form, [.. wrong.Select(code => new FieldError(FieldOf(code), ConductText.Of(code)))], StatusCodes.Status422UnprocessableEntity);
                switch (work ? await slice.HandleAsync(person, outside, http.RequestAborted) : await slice.HandleAsync(person, interest, http.RequestAborted))
                {
                    case Outcome.Done(var index):
                        http.Wrote(index);
                        return new SeeOther("/conduct/interests");
                    case Outcome.Refused { Refusal: var refusal }:
                        return Answer(refusal.Code == ConductTexts.RecordedOtherwise ? Guid.CreateVersion7() : key, work, form, [new(FieldOf(refusal.Code), ConductText.Of(refusal.Code))], StatusCodes.Status422UnprocessableEntity);
                    default:
                        return Answer(key, work, form, [new("", ConductText.Of(Answers.Stale))], StatusCodes.Status409Conflict);
                }
            });
        }
    }

    static async Task<IResult?> RefusesAsync(HttpContext http, IRegister registers, TimeProvider time) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : CodeDuty.Binds(Actor.From(await registers.ReadAsync(http.RequestAborted), person, time.GetUtcNow())) ? null : Results.Forbid();

    static IResult Answer(Guid key, bool work, IFormCollection? form, IReadOnlyList<FieldError> errors, int status) => Rendered.Page<DeclareInterestPage>(
        new { Key = key, Work = work, Errors = errors, Fields = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [] }, status);

    static DeclareInterest.Command ReadInterest(Guid key, IFormCollection form) => new(
        key, Enum.TryParse<InterestKind>(form["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null, form["subject"], form["what"]);

    static DeclareInterest.Work ReadWork(Guid key, IFormCollection form) => new(
        key, form["subject"], form["what"], int.TryParse(form["hours"].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : null,
        Money.AmountOf(form["pay"].ToString().Trim()), form["currency"].ToString().Trim().ToUpperInvariant(),
        DateOnly.TryParseExact(form["until"].ToString().Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) ? until : null);

    static string FieldOf(string code) => code switch
    {
        DeclareInterest.KindMissing => "kind",
        DeclareInterest.SubjectUnfit or DeclareInterest.EmployerUnfit => "subject",
        DeclareInterest.WhatUnfit => "what",
        DeclareInterest.HoursWrong => "hours",
        DeclareInterest.PayWrong => "pay",
        DeclareInterest.CurrencyWrong => "currency",
        DeclareInterest.UntilWrong => "until",
        _ => "",
    };
}
