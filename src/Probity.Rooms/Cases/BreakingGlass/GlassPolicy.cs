namespace Probity.Cases.BreakingGlass;

/// <summary>The limits of opening a case without being assigned to it ("break-glass").</summary>
internal static class GlassPolicy
{
    /// <summary>
    /// How long such an opening lasts: one long watch. A default of ours and of no standard; who needs the case for longer is let in by name.
    /// </summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromHours(12);

    /// <summary>Within what time it is judged by somebody who watches over cases: 72 hours, as the house's design has it (docs/decisions/0033).</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromHours(72);

    /// <summary>Whether it should have been judged by now.</summary>
    public static bool IsOverdue(DateTimeOffset opened, DateTimeOffset now) => now > opened + ReviewWithin;
}
