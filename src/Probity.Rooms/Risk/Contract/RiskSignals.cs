using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Policies.Contract;

namespace Probity.Risk.Contract;

/// <summary>What the record shows of a unit's work that bears on its risks.</summary>
internal enum RiskSignal
{
    /// <summary>Posts that ask for a clearance, held by somebody without a valid one.</summary>
    UnclearedPosts,

    /// <summary>People who have not declared in time what they own.</summary>
    OverdueDeclarations,

    /// <summary>People who have not acknowledged the code of conduct in time.</summary>
    UnacknowledgedCode,

    /// <summary>People in posts who have not, or no longer, a competence that the post makes mandatory.</summary>
    LapsedCompetences,

    /// <summary>Exhibits held with an open matter about seals, places or who had them.</summary>
    CustodyMatters,

    /// <summary>Seizures whose weight does not add up.</summary>
    UnexplainedWeight,

    /// <summary>Cases in which a step was left out and nobody else stands for it.</summary>
    SkippedSteps,

    /// <summary>Steps with a time limit that came after it.</summary>
    LateSteps,

    /// <summary>Decisions against the risk score of what came through.</summary>
    Overrides,

    /// <summary>Sensitive posts held by somebody past the longest time.</summary>
    OverdueRotation,
}

/// <summary>What was counted of a unit, with those below it: so many of so many, and when the oldest of it arose, where that is known.</summary>
internal sealed record SignalCount(Guid Unit, int Count, int Of, DateTimeOffset? Since);

/// <summary>One thing that a room counts and that bears on risks. A room adds one by a class of its own.</summary>
internal interface IRiskSignals
{
    /// <summary>What it counts.</summary>
    RiskSignal Signal { get; }

    /// <summary>The page where this reader sees what was counted, or null where they do not.</summary>
    string? PageFor(ClaimsPrincipal reader);

    /// <summary>The counts of the units asked about. A unit of which it cannot be counted, or that has nothing to count, is left out: it is never 0 of 0.</summary>
    ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel);
}

/// <summary>Which units are counted, and when.</summary>
internal sealed class SignalScope(Register register, IReadOnlyCollection<Guid> units, Policy policy, DateTimeOffset now)
{
    /// <summary>How far back what happened is counted; what stands is counted as it stands.</summary>
    public const int Days = 365;

    readonly Dictionary<Guid, IReadOnlyList<Guid>> _over = [];
    IReadOnlyList<(Post Post, Guid Person)>? _holdings;

    public Register Register => register;
    public Policy Policy => policy;
    public DateTimeOffset Now => now;
    public DateTimeOffset From => now.AddDays(-Days);

    /// <summary>Of the units asked about, those that a unit is or stands below.</summary>
    public IReadOnlyList<Guid> Over(Guid unit) =>
        _over.TryGetValue(unit, out var known) ? known : _over[unit] = [.. units.Where(asked => register.IsWithin(unit, asked))];

    /// <summary>Who holds which post in any of them now.</summary>
    public IReadOnlyList<(Post Post, Guid Person)> Holdings => _holdings ??=
        [.. register.Units.Keys.Where(u => Over(u).Count > 0).SelectMany(register.PostsIn).SelectMany(post => register.PostingsOn(post.Id).Where(p => p.InForceAt(now)).Select(p => (post, p.Person)).Distinct())];

    /// <summary>The people of each unit asked about who hold a post of such a role, each once.</summary>
    public IEnumerable<(Guid Unit, Guid Person)> People(Func<Role, bool> with) =>
        Holdings.Where(h => with(h.Post.Role)).SelectMany(h => Over(h.Post.Unit).Select(unit => (unit, h.Person))).Distinct();
}

/// <summary>Adds up what is counted, unit by unit.</summary>
internal sealed class SignalTally(SignalScope scope)
{
    readonly Dictionary<Guid, SignalCount> _counts = [];

    /// <summary>All that was added.</summary>
    public IReadOnlyList<SignalCount> Counts => [.. _counts.Values];

    /// <summary>Counts something of a unit asked about.</summary>
    public void Add(Guid unit, bool isBad, DateTimeOffset? since = null) => Add(unit, isBad ? 1 : 0, 1, since);

    /// <summary>Counts something of any unit: for each unit asked about that it is or stands below.</summary>
    public void AddBelow(Guid unit, bool isBad, DateTimeOffset? since = null) => AddBelow(unit, isBad ? 1 : 0, 1, since);

    /// <summary>The same of many at once.</summary>
    public void AddBelow(Guid unit, int count, int of, DateTimeOffset? since = null)
    {
        foreach (var over in scope.Over(unit)) Add(over, count, of, since);
    }

    void Add(Guid unit, int count, int of, DateTimeOffset? since)
    {
        var known = _counts.GetValueOrDefault(unit) ?? new SignalCount(unit, 0, 0, null);
        _counts[unit] = new SignalCount(unit, known.Count + count, known.Of + of, count == 0 || since is null || known.Since < since ? known.Since : since);
    }
}
