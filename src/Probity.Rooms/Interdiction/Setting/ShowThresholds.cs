using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Interdiction.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.Setting;

/// <summary>A unit's threshold as the page shows it.</summary>
public sealed record ThresholdCard(Guid Unit, string Name, int Score, DateTimeOffset? Since, string? Asked, bool MayPropose, bool MayAnswer);

/// <summary>The thresholds of the units that the reader has to do with, and the forms to change them.</summary>
internal sealed class ShowThresholds(SetThreshold slice, IRegister registers, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/interdiction/thresholds", async (HttpContext http, ShowThresholds show) =>
            TargetAccess.HasAnyRole(http.User) ? await show.ShowAsync(SignedInPerson.Of(http.User)!.Value, [], null, null, http.RequestAborted) : Results.Forbid());
        pages.MapGet("/interdiction/thresholds/{unit:guid}/{what:regex(^(propose|answer)$)}", (Guid unit) => new SeeOther("/interdiction/thresholds"));
        pages.MapPost("/interdiction/thresholds/{unit:guid}/{what:regex(^(propose|answer)$)}", async (Guid unit, string what, HttpContext http, ShowThresholds show) =>
            TargetAccess.HasAnyRole(http.User) ? await show.TakeAsync(http, SignedInPerson.Of(http.User)!.Value, unit, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid unit, string what)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = what == "propose"
            ? await slice.HandleAsync(person, new SetThreshold.Proposal(unit, int.TryParse(form["score"].ToString().Trim(), out var score) ? score : -1, form["reason"]), http.RequestAborted)
            : await slice.HandleAsync(person, new SetThreshold.Answer(unit, form["answer"] == "yes", form["refusal"]), http.RequestAborted);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther("/interdiction/thresholds");
        }

        var refusal = (outcome as Outcome.Refused)?.Refusal;
        var field = refusal?.Code switch
        {
            Registering.RegisterTarget.ScoreWrong or SetThreshold.Same => $"score-{unit:D}",
            TargetTexts.ReasonMissing or TargetTexts.ReasonTooShort => what == "propose" ? $"reason-{unit:D}" : $"refusal-{unit:D}",
            _ => "",
        };
        return await ShowAsync(
            person, [new FieldError(field, InterdictionText.Of(refusal?.Code ?? "record.stale"))], refusal,
            form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => $"{f.Key}-{unit:D}", f => f.Value.ToString()), http.RequestAborted);
    }

    async Task<IResult> ShowAsync(
        Guid person, IReadOnlyList<FieldError> errors, Refusal? refusal, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var cards = new List<ThresholdCard>();
        foreach (var unit in register.Units.Values.Where(u => Concerns(u.Id, actor, register)).OrderBy(u => u.Name, StringComparer.CurrentCulture))
        {
            var threshold = await slice.ReadAsync(unit.Id, cancel);
            cards.Add(new ThresholdCard(
                unit.Id, unit.Name, threshold.Score, threshold.Since,
                threshold.Asked is { } asked ? InterdictionText.Say("threshold.asked", register.NameOf(asked.By), asked.Score, asked.Reason) : null,
                threshold.Asked is null && SetThreshold.Proposes(unit.Id, actor, register),
                threshold.Asked is { By: var by } && by != person && SetThreshold.Answers(actor)));
        }

        return Rendered.Page<ThresholdsPage>(new
        {
            Cards = cards, Errors = errors, TurnTo = ShowTarget.TurnTo(refusal, register), Typed = typed ?? new Dictionary<string, string>(),
        }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    // Units whose officers enter targets; whoever watches sees all of those.
    static bool Concerns(Guid unit, Actor actor, Register register) =>
        register.Posts.Values.Any(p => p.Unit == unit && p.Role == Role.Officer)
        && (TargetAccess.SeesAll(actor) || TargetAccess.RegistersIn(unit, actor, register));
}
