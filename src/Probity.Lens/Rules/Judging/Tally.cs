namespace Probity.Lens.Rules;

/// <summary>Counts what judging one rule finds in a run of cases.</summary>
internal sealed class Tally
{
    int _violationsBefore;
    long _activationsBefore;
    int _case;

    public List<Violation> Violations { get; } = [];
    public int Cases { get; set; }
    public long Activations { get; private set; }
    public long Pending { get; private set; }
    public long Unknown { get; private set; }
    public int Vacuous { get; private set; }

    public void Begin(int caseNumber)
    {
        _case = caseNumber;
        _violationsBefore = Violations.Count;
        _activationsBefore = Activations;
    }

    public void End()
    {
        if (Violations.Count > _violationsBefore) Cases++;
        if (Activations == _activationsBefore) Vacuous++;
    }

    public void Satisfy() => Activations++;

    public void LeavePending()
    {
        Activations++;
        Pending++;
    }

    public void LeaveUnknown()
    {
        Activations++;
        Unknown++;
    }

    public void Violate(Reason reason, int first, int second = -1, int number = 0, long moment = 0)
    {
        Activations++;
        Violations.Add(new Violation(reason, _case, first, second, number, moment));
    }

    /// <summary>Adds what was found over all cases, of an activation that was counted with its case.</summary>
    public void Find(Violation violation) => Violations.Add(violation);

    /// <summary>What the case at hand brought, to be repeated for cases like it.</summary>
    public (Violation[] Violations, long Activations) Last() =>
        ([.. Violations.Skip(_violationsBefore)], Activations - _activationsBefore);

    public void Repeat((Violation[] Violations, long Activations) like)
    {
        foreach (var violation in like.Violations) Violations.Add(violation with { Case = _case });
        Activations += like.Activations;
    }

    /// <summary>Takes up what was found in the cases after these.</summary>
    public void Add(Tally later)
    {
        Violations.AddRange(later.Violations);
        Cases += later.Cases;
        Activations += later.Activations;
        Pending += later.Pending;
        Unknown += later.Unknown;
        Vacuous += later.Vacuous;
    }
}
