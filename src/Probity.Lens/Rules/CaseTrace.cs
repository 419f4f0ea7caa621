using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>
/// A case as rules look at it. Events that follow each other at the same time form one group: nothing says which of them
/// was first, so no rule may lean on their order.
/// </summary>
internal sealed class CaseTrace(EventLog log)
{
    int[] _group = [];

    public int Case { get; private set; }

    /// <summary>The row of the first event.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public int GroupCount { get; private set; }

    /// <summary>Whether no event is earlier than the one before it. XES keeps the order of its file, which may say otherwise.</summary>
    public bool Rising { get; private set; }

    public bool HasTies => GroupCount < Length;

    public int Activity(int position) => log.ActivityColumn[Start + position];
    public int Resource(int position) => log.ResourceColumn[Start + position];
    public long Time(int position) => log.TimeColumn[Start + position];
    public int Group(int position) => _group[position];

    public void Load(int caseNumber)
    {
        Case = caseNumber;
        Start = log.StartOf(caseNumber);
        Length = log.StartOf(caseNumber + 1) - Start;
        if (_group.Length < Length) _group = new int[Math.Max(Length, 2 * _group.Length)];
        GroupCount = Length == 0 ? 0 : 1;
        Rising = true;
        for (var i = 0; i < Length; i++)
        {
            if (i > 0 && Time(i) != Time(i - 1)) GroupCount++;
            if (i > 0 && Time(i) < Time(i - 1)) Rising = false;
            _group[i] = GroupCount - 1;
        }
    }
}
