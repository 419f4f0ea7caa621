using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Gifts;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class DeclareGiftPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/conduct/gifts/new", async (HttpContext http, IRegister registers, IPolicies policies, TimeProvider time) =>
            await RefusesAsync(http, registers, time) is { } refused ? refused : Answer(await DaysAsync(http, policies), Guid.CreateVersion7(), null, [], StatusCodes.Status200OK));
        pages.MapPost("/conduct/gifts/new", async (HttpContext http, DeclareGift slice, ICaseDirectory cases, IRegister registers, IPolicies policies, TimeProvider time) =>
        {
            if (await RefusesAsync(http, registers, time) is { } barred) return barred;
            var days = await DaysAsync(http, policies);
            var person = SignedInPerson.Of(http.User)!.Value;
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
            CaseEntry? about = null;
            var number = form["case"].ToString().Trim().ToUpperInvariant();
            if (number.Length > 0) about = await cases.ByNumberAsync(person, number, http.RequestAborted);
            var command = Read(DeclareGift.IdOf(person, key), form, about?.Id);
            var wrong = DeclareGift.Wrong(command, time.GetUtcNow()).Concat(number.Length > 0 && about is null ? [DeclareGift.CaseUnknown] : Array.Empty<string>()).ToList();
            if (wrong.Count > 0) return Answer(days, key, form, [.. wrong.Select(code => new FieldError(FieldOf(code), ConductText.Of(code)))], StatusCodes.Status422UnprocessableEntity);
            switch (await slice.HandleAsync(person, command, http.RequestAborted))
            {
                case Outcome.Done(var index):
                    http.Wrote(index);
                    return new SeeOther($"/conduct/gifts/{command.Gift:D}");
                case Outcome.Refused { Refusal: var refusal }:
                    return Answer(days, refusal.Code == ConductTexts.RecordedOtherwise ? Guid.CreateVersion7() : key, form, [new(FieldOf(refusal.Code), ConductText.Of(refusal.Code))], StatusCodes.Status422UnprocessableEntity);
                default:
                    return Answer(days, key, form, [new("", ConductText.Of(Answers.Stale))], StatusCodes.Status409Conflict);
            }
        });
    }

    static async Task<IResult?> RefusesAsync(HttpContext http, IRegister registers, TimeProvider time) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : CodeDuty.Binds(Actor.From(await registers.ReadAsync(http.RequestAborted), person, time.GetUtcNow())) ? null : Results.Forbid();

    static async Task<int> DaysAsync(HttpContext http, IPolicies policies) => (await policies.ReadAsync(http.RequestAborted)).Of(PolicyRules.GiftDeclaredWithin);

    static IResult Answer(int days, Guid key, IFormCollection? form, IReadOnlyList<FieldError> errors, int status) => Rendered.Page<DeclareGiftPage>(
        new { Days = days, Key = key, Errors = errors, Fields = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [] }, status);

    static DeclareGift.Command Read(Guid id, IFormCollection form, Guid? about) => new(
        id, form["giver"], form["tie"], form["what"], Money.AmountOf(form["value"].ToString().Trim()), form["currency"].ToString().Trim().ToUpperInvariant(), Chosen<GiftDirection>(form["direction"]),
        DateOnly.TryParseExact(form["happened"].ToString().Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        Chosen<GiftHandling>(form["handling"]), about, form["inspected"] == "yes");

    static T? Chosen<T>(string? typed) where T : struct, Enum => Enum.TryParse<T>(typed, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    static string FieldOf(string code) => code switch
    {
        DeclareGift.GiverUnfit => "giver",
        DeclareGift.TieUnfit => "tie",
        DeclareGift.WhatUnfit => "what",
        DeclareGift.ValueWrong => "value",
        DeclareGift.CurrencyWrong => "currency",
        DeclareGift.DirectionMissing => "direction",
        DeclareGift.HandlingMissing => "handling",
        DeclareGift.DayWrong => "happened",
        DeclareGift.CaseUnknown => "case",
        _ => "",
    };
}
