using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Correcting;
using Probity.Cases.Deciding;
using Probity.Cases.ViewingDocket;
using Probity.Cases.Working;
using Probity.Shared;

namespace Probity.Cases;

/// <summary>
/// What a person may do in a case now, each with its reason: from the same guard and the same rules that the commands obey, so
/// that no button leads to a refusal that was known before.
/// </summary>
internal sealed class CaseSteps(IStringLocalizer<CasesPages> text)
{
    /// <summary>What moves the case on: the first of these is what it waits for.</summary>
    public IEnumerable<NextStep> Next(CaseFacts facts)
    {
        var @case = facts.Case;
        foreach (var step in Watch(facts)) yield return step;
        if (!@case.Exists || @case.Stage == Stage.Closed) yield break;
        var home = $"/cases/{@case.Id:D}";
        if (@case.Closing is { } closing && May(CaseAction.ApproveClosing, facts)
            && (closing.Outcome != CaseOutcome.NoFurtherAction || facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Overseer)))
        {
            yield return Step("ApproveClosing", home + "/closing/approval", facts.Register.NameOf(closing.By), CaseWords.Of(closing.Outcome));
        }

        if (May(CaseAction.ApproveAssignment, facts))
        {
            foreach (var (seat, proposal) in @case.SeatProposals.OrderBy(p => p.Key))
                yield return Step("ApproveAssignment", $"{home}/assignment/{DocketQuery.Camel(seat)}/approval", facts.Register.NameOf(proposal.By), CaseWords.Of(seat));
        }

        if (May(CaseAction.RequestAssignment, facts))
        {
            foreach (var seat in Enum.GetValues<Seat>().Where(s => Vacant(s, @case) && (!@case.Held.Contains(s) || RequestAssignment.Watches(facts))))
                yield return Step(@case.Held.Contains(seat) ? "DrawHeld" : "Draw", $"{home}/draw/{DocketQuery.Camel(seat)}", CaseWords.Of(seat));
        }

        if (@case.Closing is not null) yield break;
        var ended = DecideInCase.HasEnded(@case);
        var next = @case.Stage + 1;
        var gate = EnterStage.GateOf(next, @case, facts.Actor.Person);
        if (!ended && next < Stage.Closed && gate is null && May(CaseAction.EnterStage, facts))
            yield return Step("Stage", home + "/stage", CaseWords.Of(next), CaseWords.Of(@case.Stage));
        if (@case.Court.DisclosureIsStale && CourtRules.RefusesProsecuting(@case) is null && May(CaseAction.Disclose, facts))
            yield return Step("Disclose", home + "/court/disclose", @case.Court.Disclosure.Count(i => i.State == DisclosureState.Open));
        if (@case.Stage == Stage.Prosecute && DecideInCase.OpenIn(@case).Count > 0 && gate is not null && May(CaseAction.Decide, facts))
            yield return new NextStep(text["Next.Decide"], text[$"Next.Undecided.{gate}"], text["Next.Decide.Do"], home + "/decisions/new");
        if (May(CaseAction.RecordStep, facts) && @case.Stage <= Stage.Investigate)
        {
            yield return gate is null
                ? Step("Step", home + "/steps/new", CaseWords.Of(@case.Stage))
                // The reason names what the next stage still waits for.
                : new NextStep(text["Next.Step"], text["Next.Needed", CaseWords.Of(next), CasesText.Of(gate)], text["Next.Step.Do"], home + "/steps/new");
        }

        if (@case.SeatProposals.IsEmpty && May(CaseAction.ProposeClosing, facts)
            && Enum.GetValues<CaseOutcome>().Any(o => o != CaseOutcome.NoFurtherAction && ProposeClosing.IsBorneOut(o, @case)))
            yield return Step("Closing", home + "/closing");
    }

    // Who came in without being assigned, and who is kept out: also in a closed case.
    IEnumerable<NextStep> Watch(CaseFacts facts)
    {
        var home = $"/cases/{facts.Case.Id:D}";
        foreach (var glass in ReviewGlass.WaitingFor(facts))
        {
            var late = GlassPolicy.IsOverdue(glass.At, facts.Now);
            yield return Step(late ? "ReviewLate" : "Review", $"{home}/openings/{glass.Id:D}/review", facts.Register.NameOf(glass.Person))
                with { Due = glass.At + GlassPolicy.ReviewWithin };
        }

        if (facts.Case.Glasses.FirstOrDefault(g => !g.IsReviewed && g.Person != facts.Actor.Person) is { } seen
            && May(CaseAction.SeeReadings, facts) && !May(CaseAction.ReviewGlass, facts))
            yield return Step("Opened", home + "/readings", facts.Register.NameOf(seen.Person));
        if (May(CaseAction.SignOrder, facts))
        {
            foreach (var order in facts.Case.Court.Orders.Where(o => o.IsAwaited && o.By != facts.Actor.Person))
                yield return Step("SignOrder", $"{home}/court/signOrder", facts.Register.NameOf(order.By), CaseWords.Of(order.Said.Kind), string.Join(", ", order.Said.Exhibits.Select(e => e.Label)));
        }

        if (May(CaseAction.SignOrder, facts))
        {
            foreach (var order in facts.Case.Court.Orders.Where(o => o is { Stands: true, LiftAskedBy: not null } && o.LiftAskedBy != facts.Actor.Person))
                yield return Step("LiftSigned", $"{home}/court/liftSigned", facts.Register.NameOf(order.LiftAskedBy!.Value), CaseWords.Of(order.Said.Kind), string.Join(", ", order.Said.Exhibits.Select(e => e.Label)));
        }

        if (facts.Case.Stage == Stage.Closed || !May(CaseAction.ApproveLift, facts)) yield break;
        foreach (var (person, wall) in facts.Case.Walls.Where(w => w.Value.LiftAskedBy is not null).OrderBy(w => w.Key))
            yield return Step("Lift", $"{home}/walls/{person:D}/approval", facts.Register.NameOf(wall.LiftAskedBy!.Value), facts.Register.NameOf(person));
    }

    /// <summary>What may be done too, and moves nothing on by itself.</summary>
    public IEnumerable<Link> Also(CaseFacts facts)
    {
        var @case = facts.Case;
        if (@case.Exists) yield return new Link($"/cases/{@case.Id:D}/exhibits", text["Also.Exhibits"]);
        if (facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Overseer) || (facts.Actor.Has(Role.Prosecutor) && @case.Prosecutor == facts.Actor.Person))
            yield return new Link($"/records/cases/{@case.Id:D}", text["Also.Records"]);
        if (May(CaseAction.SeeReadings, facts)) yield return new Link($"/cases/{@case.Id:D}/readings", text["Also.Readings"]);
        if (@case.Exists && (May(CaseAction.SeeReadings, facts) || @case.Handler == facts.Actor.Person || @case.Prosecutor == facts.Actor.Person))
            yield return new Link($"/cases/{@case.Id:D}/copies", text["Also.Copies"]);
        if ((@case.Stage >= Stage.Prosecute && (@case.Stage < Stage.Closed || !@case.Court.Charges.IsEmpty)) || !@case.Court.Orders.IsEmpty || (@case.Exists && May(CaseAction.ProposeOrder, facts))) yield return new Link($"/cases/{@case.Id:D}/court", text["Also.Court"]);
        yield return new Link($"/cases/conflicts?number={Uri.EscapeDataString(@case.Number)}", text["Also.Conflict"]);
        if (!@case.Exists || @case.Stage == Stage.Closed)
        {
            foreach (var link in OfParties(facts)) yield return link;
            yield break;
        }

        var home = $"/cases/{@case.Id:D}";
        if (DecideInCase.OpenIn(@case).Count > 0 && (@case.Stage > Stage.Prosecute || EnterStage.GateOf(@case.Stage + 1, @case, facts.Actor.Person) is null) && May(CaseAction.Decide, facts))
            yield return new Link(home + "/decisions/new", text["Decide.Title"]);
        if (@case.Stage > Stage.Investigate && May(CaseAction.RecordStep, facts)) yield return new Link(home + "/steps/new", text["Step.Title"]);
        if (May(CaseAction.RecordStep, facts)) yield return new Link($"/procedures/case-handling/{@case.Id:D}/deviations", text["Also.Deviations"]);
        if (May(CaseAction.GiveAccess, facts)) yield return new Link(home + "/access", text["Access.Title"]);
        if (!@case.Named.IsEmpty && May(CaseAction.GiveAccess, facts)) yield return new Link(home + "/access/end", text["Also.EndAccess"]);
        foreach (var link in OfParties(facts)) yield return link;

        if (@case.Walls.Values.Any(w => w.LiftAskedBy is null) && May(CaseAction.LiftWall, facts)) yield return new Link(home + "/walls/lift", text["Also.Lift"]);
        if (@case.Closing is null && @case.Stage <= Stage.Investigate && @case.SeatProposals.IsEmpty && May(CaseAction.ProposeClosing, facts))
            yield return new Link(home + "/closing", text["Closing.Title"]);
        if (@case.Closing is not null || !May(CaseAction.ProposeAssignment, facts)) yield break;
        foreach (var seat in Enum.GetValues<Seat>())
        {
            if (@case.Draws.TryGetValue(seat, out var draw) ? draw.Seed is null : !@case.Seats.ContainsKey(seat)) continue;
            if (!@case.SeatProposals.ContainsKey(seat))
                yield return new Link($"{home}/assignment/{DocketQuery.Camel(seat)}", text["Assign.Title", CaseWords.Of(seat)]);
        }
    }

    IEnumerable<Link> OfParties(CaseFacts facts)
    {
        var (@case, actor, register, now, _) = facts;
        if (!@case.Exists || CasePlace.Parties.IsShutBy(@case, actor)) yield break;
        if (May(CaseAction.NameParties, facts) && NameParty.OpenTo(@case, actor, register, now).Any()) yield return new Link($"/cases/{@case.Id:D}/parties/new", text["Also.NameParty"]);
        if (May(CaseAction.EndParty, facts) && EndParty.OpenTo(@case, actor, register, now).Any()) yield return new Link($"/cases/{@case.Id:D}/parties/end", text["Also.EndParty"]);
    }

    NextStep Step(string key, string href, params object[] words) =>
        new(text[$"Next.{key}", words], text[$"Next.{key}.Why", words], text[$"Next.{key}.Do"], href);

    static bool Vacant(Seat seat, Case @case) => !@case.Draws.ContainsKey(seat) && !@case.Seats.ContainsKey(seat)
        && !@case.SeatProposals.ContainsKey(seat) && (seat == Seat.Handler || @case.Stage == Stage.Prosecute);

    static bool May(CaseAction action, CaseFacts facts) =>
        CaseAccess.Refuses(action, facts.Actor, facts.Case, facts.Register, facts.Now) is null;
}
