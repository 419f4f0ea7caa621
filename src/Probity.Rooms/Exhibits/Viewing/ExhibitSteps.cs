using System.Globalization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Transferring;
using Probity.Shared;

namespace Probity.Exhibits.Viewing;

/// <summary>What a person may do with an exhibit now, by the same guard that the commands obey.</summary>
internal static class ExhibitSteps
{
    /// <summary>What the exhibit waits for from this person.</summary>
    public static IEnumerable<NextStep> Next(ExhibitFacts facts)
    {
        var (exhibit, chain, me) = (facts.Exhibit, facts.Exhibit.Chain, facts.Actor.Person);
        var home = $"/exhibits/{exhibit.Id:D}";
        if (chain.Given.FirstOrDefault(r => r.To == me) is { } coming && May(ExhibitAction.Receive, facts))
            yield return Step(coming.IsOverdue(facts.Now) ? "take-overdue" : "take", home + "/take", facts.Register.NameOf(coming.From));
        else if (Overdue(facts).FirstOrDefault() is { } claim)
            yield return claim;
        if (chain.Holder == me && chain.Given.All(r => r.From != me) && chain.Taken.FirstOrDefault(r => r.From == me && !r.IsOverdue(facts.Now)) is { } taken
            && May(ExhibitAction.HandOver, facts) && ExhibitAccess.LeftOf(exhibit) is null)
            yield return Step("claimed", $"{home}/hand-over", facts.Register.NameOf(taken.To));
        foreach (var act in exhibit.Acts.Values.Where(a => CanSign(a, facts)).OrderBy(a => a.At))
            yield return Step("sign", $"{home}/sign/{act.Act:D}", facts.Register.NameOf(act.By));
        // After a day it is nobody's of the unit to wait any longer.
        if (facts.Actor.Has(Role.Overseer) && chain.Alone.FirstOrDefault(h => facts.Now > h.At + WitnessedAct.Within) is { } half && !half.IsOverdue(facts.Now))
            yield return Step("half", home, facts.Register.NameOf(half.From), facts.Register.NameOf(half.To));
        if (exhibit.Destruction?.Awaits(me) == true && May(ExhibitAction.WitnessDestruction, facts)) yield return Step("destruction", home + "/destruction");
        if (exhibit.ToReview is { } analysis && May(ExhibitAction.ReviewAnalysis, facts))
            yield return Step("review", $"{home}/review/{analysis.Id:D}", facts.Register.NameOf(analysis.Analyst));
        if (exhibit is { Status: Contract.ExhibitStatus.AtLab, ToReview: null, Substance: not null } && !exhibit.Results.Any() && May(ExhibitAction.Analyse, facts))
            yield return Step("analyse", home + "/analysis");
        if (chain.Holder == me && exhibit.Destruction is { IsDone: false, CarriedOut: null } && May(ExhibitAction.Destroy, facts)) yield return Step("destroy", home + "/destruction");
        foreach (var order in facts.Standing.Court.Orders.Where(o => chain.Holder == me && o.Covers(exhibit.Id) && IsAhead(o.Said.Kind, exhibit)
            && facts.Standing.Court.WaitsFor(o, facts.Family.Select(e => e.Id).Append(exhibit.Id)) is null))
        {
            var (action, page) = order.Said.Kind switch
            {
                ExhibitOrderKind.Destroy => (ExhibitAction.Destroy, "destruction"), ExhibitOrderKind.Return => (ExhibitAction.Return, "return"), _ => (ExhibitAction.Forfeit, "forfeit"),
            };
            if (May(action, facts)) yield return Step($"ordered-{page}", $"{home}/{page}", order.Said.Reference);
            // Who has it and keeps no store hands it to who does: it is given back there.
            else if (action == ExhibitAction.Return && chain.Given.All(r => r.From != me) && May(ExhibitAction.HandOver, facts)) yield return Step("ordered-store", home + "/hand-over", order.Said.Reference, order.Said.To);
        }

        // Who keeps it chose the balance: who watches is told too.
        if (facts.Actor.Has(Role.Integrity) && chain.Holder != me && exhibit.AwaitsFinerWeighing && May(ExhibitAction.View, facts)) yield return Step("weighed-roughly", home, facts.Register.NameOf(chain.Holder));
        // Given away, it is for who takes it.
        if (HasGiven(facts)) yield break;
        // Before it is weighed: the seal is on the balance too.
        if (chain.Holder == me && Unsealed.Of(exhibit, facts.Now) is { Count: > 0 } open && May(ExhibitAction.Reseal, facts))
            yield return Step("seal", string.Create(CultureInfo.InvariantCulture, $"{home}/reseal?package={open[0]}"), open.Count > 10 ? string.Join(", ", open.Take(10)) + " …" : string.Join(", ", open));
        if (chain.Holder == me && exhibit.Readings.IsEmpty && IsWeighed(exhibit) && May(ExhibitAction.Weigh, facts)) yield return Step("weigh", home + "/weigh");
        else if (chain.Holder == me && exhibit.AwaitsIntake(facts.Now) && IsWeighed(exhibit) && facts.Actor.Has(Role.Custodian) && May(ExhibitAction.Weigh, facts)) yield return Step("weigh-intake", home + "/weigh");
        if (chain.Holder == me && exhibit.AwaitsFinerWeighing && May(ExhibitAction.Weigh, facts)) yield return Step("weigh-finer", home + "/weigh");
        // What is left after an analysis is a figure of the laboratory's report until somebody puts it on a balance.
        if (chain.Holder == me && exhibit.AwaitsWeighingOfRest && May(ExhibitAction.Weigh, facts)) yield return Step("weigh-rest", home + "/weigh");
        // Whoever seized it has it still, at whatever hour: the store is where it belongs.
        if (IsWithSeizer(exhibit, me) && !facts.Actor.Has(Role.Custodian) && !facts.Actor.Has(Role.Analyst) && May(ExhibitAction.HandOver, facts)) yield return Step("store", home + "/hand-over");
    }

    /// <summary>Whether who seized an exhibit has it still and has not given it away.</summary>
    public static bool IsWithSeizer(Exhibit exhibit, Guid person) =>
        exhibit is { IsOver: false, IsBeingReturned: false, IsMissing: false, Origin: null, FromRegister: null } && exhibit.Seizer == person && exhibit.Chain is { Last: null } chain && chain.Given.All(r => r.From != person);

    // What is on its way is not opened, weighed or moved by who gave it away, until nobody came for it.
    static bool HasGiven(ExhibitFacts facts) => facts.Exhibit.Chain is var chain && chain.Holder == facts.Actor.Person && chain.Given.Any(r => r.From == facts.Actor.Person);

    /// <summary>
    /// What one person has signed and the other has not in time: for both of them, and for who watches. Who signed it is told even where they see no more
    /// of the exhibit than its label.
    /// </summary>
    public static IEnumerable<NextStep> Overdue(ExhibitFacts facts)
    {
        var (me, home) = (facts.Actor.Person, $"/exhibits/{facts.Exhibit.Id:D}");
        var (sees, watches) = (May(ExhibitAction.View, facts), facts.Actor.Has(Role.Integrity) || facts.Actor.Has(Role.Overseer));
        return from half in facts.Exhibit.Chain.Alone
               where half.IsOverdue(facts.Now) && (sees ? watches || half.From == me || half.To == me : half.Signer == me)
               select Step("claim", sees ? home : $"{home}/withdraw/{half.Half:D}", facts.Register.NameOf(half.From), facts.Register.NameOf(half.To), facts.Register.NameOf(half.Signer));
    }

    /// <summary>Whether a mass means anything of it: of a telephone or of banknotes it does not.</summary>
    public static bool IsWeighed(Exhibit exhibit) => exhibit.Substance is not null || Balancing.MassBalance.Applies(exhibit);

    static bool IsAhead(ExhibitOrderKind kind, Exhibit exhibit) => !exhibit.IsOver && !exhibit.IsBeingReturned && kind switch
    {
        ExhibitOrderKind.Destroy => exhibit.Destruction is null, ExhibitOrderKind.Return => exhibit.Substance is null, _ => !exhibit.IsForfeited,
    };

    /// <summary>What may be done too.</summary>
    public static IEnumerable<Link> Also(ExhibitFacts facts)
    {
        var home = $"/exhibits/{facts.Exhibit.Id:D}";
        var given = HasGiven(facts);
        if (!given && May(ExhibitAction.Weigh, facts)) yield return new Link(home + "/weigh", ExhibitsText.Of("weigh.title"));
        if (!given && May(ExhibitAction.Reseal, facts)) yield return new Link(home + "/reseal", ExhibitsText.Of(facts.Exhibit.Packages.IsEmpty ? "reseal.first" : "reseal.title"));
        if (!given && May(ExhibitAction.Move, facts) && ExhibitChoices.Places(facts).Count > 0) yield return new Link(home + "/move", ExhibitsText.Of("move.title"));
        if (May(ExhibitAction.Photograph, facts)) yield return new Link(home + "/photograph", ExhibitsText.Of("photo.title"));
        if (!given && facts.Exhibit.Substance is not null && May(ExhibitAction.Sample, facts)) yield return new Link(home + "/sample", ExhibitsText.Of("sample.title"));
        if (!given && facts.Exhibit is { Substance: not null, ToReview: null } && May(ExhibitAction.Analyse, facts))
        {
            yield return new Link(home + "/analysis", ExhibitsText.Of("analysis.title"));
            yield return new Link(home + "/analysis/nothing", ExhibitsText.Of("nothing.title"));
        }

        var chain = facts.Exhibit.Chain;
        if (chain.Holder == facts.Actor.Person && May(ExhibitAction.HandOver, facts) && !chain.Given.Any(r => r.From == facts.Actor.Person) && ExhibitAccess.LeftOf(facts.Exhibit) is null)
            yield return new Link(home + "/hand-over", ExhibitsText.Of("give.title"));
        foreach (var half in chain.Alone.Where(h => WithdrawHandOver.IsFor(h, facts) && May(ExhibitAction.Withdraw, facts)))
            yield return new Link($"{home}/withdraw/{half.Half:D}", ExhibitsText.Of($"half.{WithdrawHandOver.KeyOf(half, facts)}.title"));
        if (chain.Holder != facts.Actor.Person && ExhibitAccess.LeftOf(facts.Exhibit) is null && May(ExhibitAction.Receive, facts)) yield return new Link(home + "/take", ExhibitsText.Of("take.title"));
        if (facts.Exhibit.Destruction is not null || May(ExhibitAction.Destroy, facts)) yield return new Link(home + "/destruction", ExhibitsText.Of("destroy.title"));
        if (facts.Exhibit is { Substance: null, IsOver: false, IsBeingReturned: false } && May(ExhibitAction.Return, facts)) yield return new Link(home + "/return", ExhibitsText.Of(facts.Exhibit.IsForfeited ? "return.state.title" : "return.title"));
        if (!facts.Exhibit.IsForfeited && May(ExhibitAction.Forfeit, facts)) yield return new Link(home + "/forfeit", ExhibitsText.Of("forfeit.title"));
        if (May(ExhibitAction.ReadStory, facts)) yield return new Link(home + "/story", ExhibitsText.Of("story.title"));
        if (facts.Exhibit.Origin is null || facts.Standing.Sees) yield return new Link($"/exhibits/{facts.Exhibit.Root:D}/grams", ExhibitsText.Of("grams.title"));
        yield return new Link(home + "/labels", ExhibitsText.Of("labels.title"));
    }

    /// <summary>Whether this person is who an act waits for, or may stand in.</summary>
    public static bool CanSign(WitnessedAct act, ExhibitFacts facts) => act.SignedBy is null && May(ExhibitAction.Countersign, facts)
        && SecondPerson.RefusesSigner(facts.Actor.Person, act.By, facts) is null
        && !(facts.Exhibit.IsBeingReturned && facts.Exhibit.Return?.Act == act.Act && Disposing.ReturnExhibit.IsOfHoldersUnit(facts.Actor.Person, facts))
        && !Disposing.ReturnExhibit.IsByOrderOf(facts.Actor.Person, act.Act, facts)
        && (act.Witness == facts.Actor.Person || act.Alone is not null || act.IsOverdue(facts.Now));

    static bool May(ExhibitAction action, ExhibitFacts facts) => ExhibitAccess.Refuses(action, facts) is null;

    static NextStep Step(string key, string href, params ReadOnlySpan<object?> words) =>
        new(ExhibitWords.Say($"next.{key}", words), ExhibitWords.Say($"next.{key}.why", words), ExhibitsText.Of($"next.{key}.do"), href);
}
