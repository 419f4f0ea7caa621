using Probity.Lens.Rules;

namespace Probity.Lens.Discovery;

/// <summary>
/// Leaves out constraints that follow from others (after Di Ciccio, Maggi, Montali and Mendling, Information Systems 64, 2017,
/// who do it with automata; here by the known hierarchy of the templates). One is left out where a stronger one is broken in the
/// same cases; since what breaks the weaker breaks the stronger, equal numbers are the same cases. A constraint of two halves
/// stands for both where all three are broken in the same cases, and is left out for its halves otherwise. Conclusions from two
/// constraints are drawn only where no case breaks any of them.
/// </summary>
internal sealed class Implied
{
    static readonly RuleKind[] Forwards = [RuleKind.Response, RuleKind.AlternateResponse, RuleKind.ChainResponse];
    static readonly RuleKind[] Backwards = [RuleKind.Precedence, RuleKind.AlternatePrecedence, RuleKind.ChainPrecedence];
    static readonly RuleKind[] BothWays = [RuleKind.Succession, RuleKind.AlternateSuccession, RuleKind.ChainSuccession];

    readonly IReadOnlyList<Constraint> _found;
    readonly Dictionary<(RuleKind, int, int, int), Constraint> _byName;

    /// <summary>For response and for precedence that no case breaks: the targets of each activity.</summary>
    readonly Dictionary<(RuleKind, int), HashSet<int>> _targets = [];

    public Implied(IReadOnlyList<Constraint> found)
    {
        _found = found;
        _byName = found.ToDictionary(c => (c.Kind, c.Activation, c.Target, c.Count));
        foreach (var c in found.Where(c => c is { Kind: RuleKind.Response or RuleKind.Precedence, Broken: 0 }))
        {
            if (!_targets.TryGetValue((c.Kind, c.Activation), out var targets)) _targets[(c.Kind, c.Activation)] = targets = [];
            targets.Add(c.Target);
        }
    }

    public List<Constraint> Without(CancellationToken cancellation)
    {
        var left = new List<Constraint>();
        foreach (var constraint in _found)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Follows(constraint)) left.Add(constraint);
        }

        return left;
    }

    bool Follows(Constraint c)
    {
        var (a, b) = (c.Activation, c.Target);
        if (Halves(c) is var (one, other) && !Stands(c, one, other)) return true;
        switch (c.Kind)
        {
            case RuleKind.Existence:
                return Whole(c, RuleKind.Exactly, a, -1, c.Count) || Same(c, RuleKind.Existence, a, -1, c.Count + 1)
                    || (c.Count == 1 && (AtEdge(c, RuleKind.Init) || AtEdge(c, RuleKind.End)));
            case RuleKind.Absence:
                return Whole(c, RuleKind.Exactly, a, -1, c.Count - 1) || Same(c, RuleKind.Absence, a, -1, c.Count - 1);
            case RuleKind.RespondedExistence:
                return Forwards.Concat(Backwards).Any(kind => Stronger(c, kind)) || Whole(c, RuleKind.Coexistence, a, b) || Whole(c, RuleKind.Coexistence, b, a)
                    || Same(c, RuleKind.Existence, b);
            case RuleKind.Coexistence:
                return BothWays.Any(kind => Whole(c, kind, a, b) || Whole(c, kind, b, a));
            case RuleKind.Response or RuleKind.AlternateResponse or RuleKind.ChainResponse:
                return Directed(c, Forwards, a, b) || (c.Kind == RuleKind.Response && (Same(c, RuleKind.End, b) || (c.Broken == 0 && InTwoSteps(c.Kind, a, b))));
            case RuleKind.Precedence or RuleKind.AlternatePrecedence or RuleKind.ChainPrecedence:
                return Directed(c, Backwards, b, a) || (c.Kind == RuleKind.Precedence && (Same(c, RuleKind.Init, b) || (c.Broken == 0 && InTwoSteps(c.Kind, a, b))));
            case RuleKind.Succession or RuleKind.AlternateSuccession:
                return Idle(c) || BothWays[(Array.IndexOf(BothWays, c.Kind) + 1)..].Any(kind => Stronger(c, kind))
                    || (c is { Kind: RuleKind.Succession, Broken: 0 } && InTwoSteps(RuleKind.Response, a, b) && InTwoSteps(RuleKind.Precedence, b, a));
            case RuleKind.NotSuccession:
                return Same(c, RuleKind.NotCoexistence, a, b) || Same(c, RuleKind.NotCoexistence, b, a) || (c.Broken == 0 && NeverAfter(a, b));
            default:
                return false;
        }
    }

    /// <summary>Whether a stronger template of the same direction, or the succession of its rank or above, says it too.</summary>
    bool Directed(Constraint c, RuleKind[] ranks, int before, int after)
    {
        var rank = Array.IndexOf(ranks, c.Kind);
        return Idle(c) || ranks[(rank + 1)..].Any(kind => Stronger(c, kind)) || BothWays[rank..].Any(kind => Whole(c, kind, before, after));
    }

    /// <summary>Whether it is an alternate form of activities that come once, and so says no more than the plain one.</summary>
    bool Idle(Constraint c) => c.Kind switch
    {
        RuleKind.AlternateResponse or RuleKind.AlternatePrecedence => Unbroken(RuleKind.Absence, c.Activation, 2),
        RuleKind.AlternateSuccession => Unbroken(RuleKind.Absence, c.Activation, 2) && Unbroken(RuleKind.Absence, c.Target, 2),
        _ => false,
    };

    bool Stronger(Constraint c, RuleKind kind) =>
        _byName.TryGetValue((kind, c.Activation, c.Target, 1), out var other) && other.Broken == c.Broken && !Idle(other);

    bool Same(Constraint c, RuleKind kind, int activation, int target = -1, int count = 1) =>
        _byName.TryGetValue((kind, activation, target, count), out var other) && other.Broken == c.Broken;

    /// <summary>Whether a constraint of two halves, of which <paramref name="c"/> or a stronger one is one, stands for it.</summary>
    bool Whole(Constraint c, RuleKind kind, int activation, int target, int count = 1) =>
        _byName.TryGetValue((kind, activation, target, count), out var whole) && whole.Broken == c.Broken && !Idle(whole)
        && Halves(whole) is var (one, other) && Stands(whole, one, other);

    bool Unbroken(RuleKind kind, int activation, int count = 1) => _byName.TryGetValue((kind, activation, -1, count), out var c) && c.Broken == 0;

    bool Always(RuleKind kind, int activation, int target) => _targets.TryGetValue((kind, activation), out var targets) && targets.Contains(target);

    bool Stands(Constraint whole, Constraint? one, Constraint? other) =>
        one is null || other is null || (one.Value.Broken == whole.Broken && other.Value.Broken == whole.Broken && !IsHalfSaid(whole));

    /// <summary>Whether one half follows from where cases begin or end, or from what is in all of them: then the other half alone tells something.</summary>
    bool IsHalfSaid(Constraint whole) => whole.Broken == 0 && whole.Kind switch
    {
        RuleKind.Coexistence => Unbroken(RuleKind.Existence, whole.Activation) || Unbroken(RuleKind.Existence, whole.Target),
        RuleKind.Succession => Unbroken(RuleKind.Init, whole.Activation) || Unbroken(RuleKind.End, whole.Target),
        _ => false,
    };

    /// <summary>Whether the beginning or the end says it too. A case without events has neither, and lacks the activity all the same.</summary>
    bool AtEdge(Constraint c, RuleKind kind) =>
        _byName.TryGetValue((kind, c.Activation, -1, 1), out var edge) && edge.Broken == c.Broken && edge.Called == c.Called;

    (Constraint? One, Constraint? Other)? Halves(Constraint c)
    {
        var (a, b) = (c.Activation, c.Target);
        return c.Kind switch
        {
            RuleKind.Exactly => (Find(RuleKind.Existence, a, -1, c.Count), Find(RuleKind.Absence, a, -1, c.Count + 1)),
            RuleKind.Coexistence => (Find(RuleKind.RespondedExistence, a, b), Find(RuleKind.RespondedExistence, b, a)),
            RuleKind.Succession => (Find(RuleKind.Response, a, b), Find(RuleKind.Precedence, b, a)),
            RuleKind.AlternateSuccession => (Find(RuleKind.AlternateResponse, a, b), Find(RuleKind.AlternatePrecedence, b, a)),
            RuleKind.ChainSuccession => (Find(RuleKind.ChainResponse, a, b), Find(RuleKind.ChainPrecedence, b, a)),
            _ => null,
        };
    }

    Constraint? Find(RuleKind kind, int activation, int target, int count = 1) =>
        _byName.TryGetValue((kind, activation, target, count), out var c) ? c : null;

    /// <summary>a, then x, then b. Neither goes in circles where the activation occurs: the last, or the first, would have no partner.</summary>
    bool InTwoSteps(RuleKind kind, int a, int b) =>
        _targets.TryGetValue((kind, a), out var targets) && targets.Any(x => x != b && Always(kind, x, b));

    /// <summary>Whether order and number of the others leave no b after an a.</summary>
    bool NeverAfter(int a, int b) =>
        (Unbroken(RuleKind.Absence, b, 2) && (Always(RuleKind.Precedence, a, b) || Unbroken(RuleKind.Init, b)))
        || (Unbroken(RuleKind.Absence, a, 2) && (Always(RuleKind.Response, b, a) || Unbroken(RuleKind.End, a)));
}
