using Probity.Lens.Rules;

namespace Probity.Lens.Discovery;

/// <summary>Goes through every constraint that can be said of the counts, and takes those that reach what is asked for.</summary>
internal sealed class Candidates(PathCounts counts, DeclareOptions options)
{
    readonly List<Constraint> _found = [];

    /// <exception cref="BadInputException">More than <see cref="DeclareMiner.MostConstraints"/> do.</exception>
    public List<Constraint> Find(CancellationToken cancellation)
    {
        foreach (var activity in counts.Activities) Single(activity);

        for (var a = 0; a < counts.Activities.Count; a++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var b = 0; b < counts.Activities.Count; b++)
                if (a != b) Pair(a, b);
        }

        return _found;
    }

    void Single(int activity)
    {
        var single = counts.Single[activity];
        One(RuleKind.Init, counts.Begun, single.Inits);
        One(RuleKind.End, counts.Begun, single.Ends);
        var fewer = 0;
        for (var n = 1; n <= DeclareMiner.MostCount; n++)
        {
            One(RuleKind.Existence, counts.Cases, single.Cases - fewer, n);
            One(RuleKind.Exactly, counts.Cases, single.Just(n), n);
            fewer += single.Just(n);
            // A case without it says nothing on how often it may come.
            One(RuleKind.Absence, single.Cases, fewer, n + 1);
        }

        void One(RuleKind kind, int called, int kept, int count = 1) => Take(new(kind, activity, -1, count, called, kept, called, kept, counts.Cases));
    }

    void Pair(int first, int second)
    {
        var (a, b) = (counts.Activities[first], counts.Activities[second]);
        var (one, other) = (counts.Single[a], counts.Single[b]);
        var (pair, back) = (counts.Pair(first, second), counts.Pair(second, first));
        var either = one.Cases + other.Cases - pair.Cases;
        Forward(RuleKind.NotSuccession, one.Cases - pair.FollowedCases, one.Events - pair.Response);
        // These say the same of b and a.
        if (first < second) Both(RuleKind.NotCoexistence, either - pair.Cases, one.Events + other.Events - pair.Events - back.Events);
        if (pair.Cases == 0) return;
        if (first < second) Both(RuleKind.Coexistence, pair.Cases, pair.Events + back.Events);
        Forward(RuleKind.RespondedExistence, pair.Cases, pair.Events);
        Forward(RuleKind.Response, pair.ResponseCases, pair.Response);
        Forward(RuleKind.Precedence, pair.PrecedenceCases, pair.Precedence);
        Both(RuleKind.Succession, pair.SuccessionCases, pair.Response + back.Precedence);
        Forward(RuleKind.AlternateResponse, pair.AlternateResponseCases, pair.AlternateResponse);
        Forward(RuleKind.AlternatePrecedence, pair.AlternatePrecedenceCases, pair.AlternatePrecedence);
        Both(RuleKind.AlternateSuccession, pair.AlternateSuccessionCases, pair.AlternateResponse + back.AlternatePrecedence);
        Forward(RuleKind.ChainResponse, pair.ChainResponseCases, pair.ChainResponse);
        Forward(RuleKind.ChainPrecedence, pair.ChainPrecedenceCases, pair.ChainPrecedence);
        Both(RuleKind.ChainSuccession, pair.ChainSuccessionCases, pair.ChainResponse + back.ChainPrecedence);

        void Forward(RuleKind kind, int kept, long fulfilled) => Take(new(kind, a, b, 1, one.Cases, kept, one.Events, fulfilled, counts.Cases));
        void Both(RuleKind kind, int kept, long fulfilled) => Take(new(kind, a, b, 1, either, kept, one.Events + other.Events, fulfilled, counts.Cases));
    }

    void Take(Constraint constraint)
    {
        if (constraint.Kept == 0 || constraint.Support < options.Support || constraint.Confidence < options.Confidence) return;
        if (_found.Count == DeclareMiner.MostConstraints)
            throw new BadInputException($"more than {DeclareMiner.MostConstraints:N0} constraints hold in this log; ask for more support or more confidence.");
        _found.Add(constraint);
    }
}
