namespace Probity.Shared;

/// <summary>
/// The rule for counts that everybody sees: one from 1 to 4 could point at a person, so it is not told. Nothing and many are.
/// A count that follows from the others by subtraction falls under the same rule.
/// </summary>
internal static class PublicCount
{
    /// <summary>The least count that is told.</summary>
    public const int Least = 5;

    /// <summary>Whether a count is too small to be told.</summary>
    public static bool IsTooSmall(int count) => count is > 0 and < Least;
}
