using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Interests.Ties;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class DeclareTiePage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/conduct/interests/ties/new", async (HttpContext http, IRegister registers, TimeProvider time) =>
            await RefusesAsync(http, registers, time) is { } refused ? refused : Answer(Guid.CreateVersion7(), null, [], [], StatusCodes.Status200OK));
        pages.MapPost("/conduct/interests/ties/new", async (HttpContext http, DeclareTie slice, PeopleNames names, IRegister registers, TimeProvider time) =>
        {
            if (await RefusesAsync(http, registers, time) is { } barred) return barred;
            var person = SignedInPerson.Of(http.User)!.Value;
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!Guid.TryParseExact(form["key"], "D", out var key)) return Results.BadRequest();
            var register = await registers.ReadAsync(http.RequestAborted);
            var typed = form["name"].ToString().Trim();
            // A few letters are no name: nobody reads the list of all through this field.
            var found = typed.Length < 3 ? [] : names.Beginning(register, typed, 200).Where(p => p != person).Take(Most).ToList();
            Guid? other = Guid.TryParseExact(form["other"], "D", out var chosen) && found.Contains(chosen) ? chosen : found is [var only] ? only : null;
            if (other is null && found.Count > 1)
            {
                var choices = found.Select(p => new Choice(p.ToString("D"), string.Join(" · ", [register.NameOf(p), .. register.PostsOf(p, time.GetUtcNow()).Select(o => $"{o.Title}, {register.Units[o.Unit].Name}").Take(1)]))).ToList();
                return Answer(key, form, choices, [new("other", ConductText.Of("tie.several"))], StatusCodes.Status422UnprocessableEntity);
            }

            TieKind? kind = Enum.TryParse<TieKind>(form["kind"], ignoreCase: true, out var k) && Enum.IsDefined(k) ? k : null;
            int? degree = int.TryParse(form["degree"].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? d : null;
            switch (await slice.HandleAsync(person, new DeclareTie.Command(DeclareTie.IdOf(person, key), other, kind, degree), http.RequestAborted))
            {
                case Outcome.Done(var index):
                    http.Wrote(index);
                    return new SeeOther("/conduct/interests");
                case Outcome.Refused { Refusal: var refusal }:
                    return Answer(refusal.Code == ConductTexts.RecordedOtherwise ? Guid.CreateVersion7() : key, form, [], [new(FieldOf(refusal.Code), ConductText.Of(refusal.Code))], StatusCodes.Status422UnprocessableEntity);
                default:
                    return Answer(key, form, [], [new("", ConductText.Of(Answers.Stale))], StatusCodes.Status409Conflict);
            }
        });
    }

    static async Task<IResult?> RefusesAsync(HttpContext http, IRegister registers, TimeProvider time) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : Actor.From(await registers.ReadAsync(http.RequestAborted), person, time.GetUtcNow()).Posts.IsEmpty ? Results.Forbid() : null;

    static IResult Answer(Guid key, IFormCollection? form, IReadOnlyList<Choice> several, IReadOnlyList<FieldError> errors, int status) => Rendered.Page<DeclareTiePage>(
        new { Key = key, Several = several, Errors = errors, Fields = form?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [] }, status);

    static string FieldOf(string code) => code switch
    {
        DeclareTie.PersonUnknown or DeclareTie.OneSelf or DeclareTie.Known or DeclareTie.LeavesNobody or DeclareTie.TooMany => "name",
        DeclareTie.KindMissing => "kind",
        DeclareTie.DegreeWrong => "degree",
        _ => "",
    };
}
