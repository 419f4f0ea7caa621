using System.Globalization;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Shared;

namespace Probity.Access.Leaving;

/// <summary>Who is asked to leave, or to come back, is a next step of those who may answer; who has left, of those who remove what they signed in with; and whoever leaves is told of the day.</summary>
internal sealed class LeavingNextSteps(IRegister registers, When when, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Of(person) is not null;

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        if (register.Departures.All.IsEmpty) return [];
        var facts = new RegisterFacts(register, Actor.From(register, id, now), now);
        var steps = new List<NextStep>();
        if (register.Departures.Of(id)?.From is { } own && own > now) steps.Add(new NextStep(Say("next.own-leaving", when.Day(own)), AccessText.Get("next.own-leaving-why"), AccessText.Get("next.own-leaving-do"), "/", own));
        if (!RegisterAccess.Allows(RegisterAction.CarryOutLeaving, facts.Actor)) return steps;
        foreach (var departure in register.Departures.All.Values.Where(d => (!d.IsCarriedOut || d.Return is not null) && !LeavingAccess.HasLapsed(d, now)).OrderBy(d => d.AskedAt).ThenBy(d => d.Id))
        {
            if (steps.Count == most) break;
            var key = May(RegisterAction.AnswerLeaving) ? "leaving" : May(RegisterAction.AnswerReturn) ? "return" : May(RegisterAction.CarryOutLeaving) ? "left" : null;
            if (key is null) continue;
            steps.Add(new NextStep(
                Say("next." + key, register.NameOf(departure.Person), when.Day(departure.From ?? departure.Day)), Say($"next.{key}-why", register.NameOf(departure.Return?.By ?? departure.AskedBy)),
                AccessText.Get($"next.{key}-do"), $"/people/{departure.Person:D}/leaving", key == "leaving" ? departure.Day : null));

            bool May(RegisterAction action) => LeavingAccess.Refuses(action, departure.Person, facts) is null;
        }

        return steps;
    }

    static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, AccessText.Get(key), words);
}
