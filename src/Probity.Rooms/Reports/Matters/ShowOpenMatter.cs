using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Matters;

/// <summary>The form on which a matter is opened of one's own accord.</summary>
internal sealed class ShowOpenMatter(OpenMatter slice, MatterForms forms, IRegister registers, TimeProvider time)
{
    public const string Address = "/matters/new";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowOpenMatter show) => MatterForms.Opens(http.User) ? await show.ShowAsync(http, Guid.NewGuid(), [], [], null) : Results.Forbid());
        pages.MapPost(Address, async (HttpContext http, ShowOpenMatter show) => MatterForms.Opens(http.User) ? await show.TakeAsync(http) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        if (MatterForms.IdIn(form["key"]) is not { } key) return Results.BadRequest();
        var (command, wrong) = CommandIn(OpenMatter.IdOf(person, key), OpenMatter.FirstOf(person, key), form, await ChoicesAsync(person, cancel));
        var outcome = wrong.Count > 0 ? null : await slice.HandleAsync(person, command, cancel);
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, key, ReportForms.TypedIn(form), wrong, outcome);
        http.Wrote(index);
        return new SeeOther(MatterForms.AddressOf(command.Id));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid key, Dictionary<string, string> typed, IReadOnlyList<FieldError> wrong, Outcome? outcome)
    {
        var code = outcome is null ? null : (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        IReadOnlyList<FieldError> errors = code is null ? wrong : [new FieldError(MatterForms.FieldOf("open", code), MattersText.Of(code))];
        return Rendered.Page<OpenMatterPage>(
            new { Key = key, Choices = await ChoicesAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted), Fields = typed, Errors = errors },
            wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : ReportForms.StatusOf(outcome));
    }

    async Task<MatterChoices> ChoicesAsync(Guid person, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        return forms.Choices(MatterCandidates.Of(person, register, now), register, now);
    }

    /// <summary>What a form says, and what of it cannot be.</summary>
    public static (OpenMatter.Command Command, IReadOnlyList<FieldError> Wrong) CommandIn(Guid id, Guid first, IFormCollection form, MatterChoices choices)
    {
        var (accusation, wrong) = MatterForms.AccusationIn(form, choices);
        return (new OpenMatter.Command(id, first, MatterForms.IdIn(form["investigator"]), form["body"], [.. form["people"].Select(MatterForms.IdIn).OfType<Guid>()], accusation, form["knows"] == "yes", form["why"]), wrong);
    }
}
