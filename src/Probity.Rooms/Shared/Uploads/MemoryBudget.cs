namespace Probity.Shared.Uploads;

/// <summary>How many bytes of uploads the process may hold at once, for all people together.</summary>
/// <param name="most">The most.</param>
internal sealed class MemoryBudget(long most)
{
    long _taken;

    /// <summary>How many are held now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes some; false, with none taken, where they would be too many.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= most) return true;
        Give(bytes);
        return false;
    }

    /// <summary>Gives some back.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
