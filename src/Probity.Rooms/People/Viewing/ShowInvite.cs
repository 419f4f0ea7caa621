using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Barring;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Viewing;

/// <summary>The form by which vetting asks somebody for a clearance.</summary>
internal sealed class ShowInvite(InviteForClearance slice, BarDesk barred, IRegister registers, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/vetting/new", async (Guid? person, HttpContext http, ShowInvite show) =>
            Serves(http) ? await show.ShowAsync(person ?? Guid.Empty, null, null, http.RequestAborted) : Results.Forbid());
        pages.MapPost("/vetting/new", async (HttpContext http, ShowInvite show) => Serves(http) ? await show.TakeAsync(http) : Results.Forbid());
    }

    static bool Serves(HttpContext http) => SignedInPerson.Has(http.User, Role.Vetting) || SignedInPerson.Has(http.User, Role.Overseer);

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var subject = Guid.TryParse(form["person"], out var of) ? of : Guid.Empty;
        var outcome = await slice.HandleAsync(SignedInPerson.Of(http.User)!.Value, new(subject, PeopleText.Named<ClearanceLevel>(form["level"])), http.RequestAborted);
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(subject, outcome, form["level"], http.RequestAborted);
        http.Wrote(index);
        return new SeeOther("/vetting");
    }

    async Task<IResult> ShowAsync(Guid subject, Outcome? refused, string? level, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        if (!register.People.TryGetValue(subject, out var known) || known.IsErased) return new SeeOther("/vetting");
        var refusal = (refused as Outcome.Refused)?.Refusal;
        IReadOnlyList<FieldError> errors = refused is null ? []
            : [new FieldError(refusal?.Code == InviteForClearance.LevelMissing ? "level" : "", PeopleText.Of(refusal?.Code ?? Answers.Stale))];
        return Rendered.Page<InvitePage>(new
        {
            Person = subject, Name = register.NameOf(subject), Post = ShowClearances.PostOf(subject, register, time.GetUtcNow()), Level = level, Errors = errors,
            IsBarred = AnswerMatch.Of(subject, await barred.ReadAsync(cancel), register).Any(),
        }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
