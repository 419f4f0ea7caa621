using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>
/// Somebody who watches over cases looks at who is kept out because of what they declared, and sets aside what only sounds alike: with a reason, for this case, this entry and this name.
/// Never for themselves, nor for whom they are barred from.
/// </summary>
internal sealed class SetMatchAside(CaseDesk desk, FitForWork fit)
{
    public const string NoMatch = "cases.no-match";

    internal sealed record Command(Guid CaseId, Guid Person, int Interest, int Party, string Reason);

    internal sealed record Body(Guid Person, int Interest, int Party, string Reason);

    public static Decision Decide(Command command, CaseFacts facts, IReadOnlyList<DeclaredMatch> matches)
    {
        if (CaseTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        if (Recusal.Between(facts.Actor.Person, [command.Person], facts.Register, facts.Now) is { } bar) return Decision.Refuse(bar, WhoMay(command.Person, facts));
        return matches.Any(m => m.Person == command.Person && m.Interest == command.Interest && m.Party == command.Party)
            ? Decision.Accept(facts.Case.Stream, new MatchSetAside(command.Person, command.Interest, command.Party, command.Reason)) : Decision.Refuse(NoMatch);
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.SetMatchAside, expected, async facts => Decide(command, facts, await fit.MatchesAsync([command.Person], facts, cancel)), cancel);

    /// <summary>What keeps those out who could work the case, or nearly does; the worst first.</summary>
    public async ValueTask<IReadOnlyList<DeclaredMatch>> WaitingAsync(CaseFacts facts, CancellationToken cancel)
    {
        // A closed case is given to nobody.
        if (facts.Case.Stage == Stage.Closed) return [];
        var people = Enum.GetValues<Seat>().SelectMany(seat => Eligible.Candidates(seat, facts.Case, facts.Register, facts.Now)).Concat(facts.Case.Named).Concat(facts.Case.Seats.Values).Distinct().ToList();
        return [.. (await fit.MatchesAsync(people, facts, cancel)).OrderByDescending(m => m.IsSure).ThenBy(m => m.Person).ThenBy(m => m.Interest).ThenBy(m => m.Party)];
    }

    static Reroute WhoMay(Guid declarer, CaseFacts facts)
    {
        var free = facts.Register.Holders(Role.Integrity, facts.Now).Where(p => Recusal.Between(p, [declarer], facts.Register, facts.Now) is null).ToList();
        return free.Count > 0 ? new Reroute(nameof(Role.Integrity), free) : new Reroute(nameof(Role.Overseer), facts.Register.Holders(Role.Overseer, facts.Now));
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/matches", (Guid id, HttpContext http, SetMatchAside slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Person, body.Interest, body.Party, body.Reason), expected, cancel)))
        .Describe<Body>("setMatchAside", "Say that what somebody declared is not who is named in the case.");
}
