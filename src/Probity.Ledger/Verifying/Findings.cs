using System.Globalization;

namespace Probity.Ledger;

/// <summary>Gathers what checks find, from all threads. Of many faults of one check it keeps the lowest record's.</summary>
internal sealed class Findings
{
    readonly Lock _one = new();
    readonly List<string> _order = [];
    readonly Dictionary<string, string> _passed = [];
    readonly Dictionary<string, (long Count, long? Index, string Message)> _faults = [];

    /// <summary>Says that a check is made, and what it looks at.</summary>
    public void Check(string name, string message)
    {
        lock (_one)
        {
            if (!_passed.ContainsKey(name)) _order.Add(name);
            _passed[name] = message;
        }
    }

    /// <summary>Says what a check found wrong.</summary>
    public void Fault(string name, long? index, string message)
    {
        lock (_one)
        {
            if (!_passed.ContainsKey(name)) _order.Add(name);
            _passed.TryAdd(name, "");
            if (!_faults.TryGetValue(name, out var first)) _faults[name] = (1, index, message);
            else if (index is { } at && (first.Index is null || at < first.Index)) _faults[name] = (first.Count + 1, index, message);
            else _faults[name] = first with { Count = first.Count + 1 };
        }
    }

    public IReadOnlyList<CheckResult> Results()
    {
        lock (_one) return [.. _order.Select(Result)];
    }

    CheckResult Result(string name)
    {
        if (!_faults.TryGetValue(name, out var fault)) return new CheckResult(name, true, null, _passed[name]);
        var more = fault.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (and {fault.Count - 1} more)") : "";
        return new CheckResult(name, false, fault.Index, fault.Message + more);
    }
}
