namespace Probity.Lens.Conformance;

/// <summary>Tokens that replaying a trace made, used, lacked and left.</summary>
internal record struct ReplayCounts
{
    public long Produced;
    public long Consumed;
    public long Missing;
    public long Remaining;

    /// <summary>No token was lacking on the way and none was left.</summary>
    public bool Fits;
}
