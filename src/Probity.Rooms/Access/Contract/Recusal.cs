namespace Probity.Access.Contract;

/// <summary>
/// The decision guard: bars a person from a matter by who they are to the people in it, whatever their role. Nobody can
/// override it.
/// </summary>
/// <remarks>
/// Self, and superior or subordinate now or within 24 months, are facts of the register; so are kin and other ties from the moment that one of the two declares them,
/// and they hold for both. An earlier role in the same matter is told by the matter itself.
/// </remarks>
internal static class Recusal
{
    /// <summary>How long a superior or subordinate remains one for the guard after the posting ended.</summary>
    public const int MonthsAfterPosting = 24;

    /// <summary>
    /// Whether a tie takes from somebody what they were given to read: they declared it themselves, or an overseer confirmed it. What only others say of them came too late to keep it from them,
    /// and would let whoever it is about choose who goes on looking.
    /// </summary>
    public static bool IsOwnWord(Guid person, Tie tie) => tie.By == person || tie.Confirmed;

    /// <summary>The bar that holds between a person and those in the matter, or null. A code of <see cref="Bars"/>.</summary>
    /// <param name="person">Whoever would act.</param>
    /// <param name="peopleInMatter">Those in it.</param>
    /// <param name="register">The register.</param>
    /// <param name="now">The time.</param>
    /// <param name="ownWord">Whether of ties only those count that the person declared, or an overseer confirmed.</param>
    public static string? Between(Guid person, IEnumerable<Guid> peopleInMatter, Register register, DateTimeOffset now, bool ownWord = false)
    {
        var (chain, tie) = (default(string), default(string));
        foreach (var other in peopleInMatter)
        {
            if (other == person) return Bars.Self;
            chain ??= Chain(person, other, register, now);
            tie = tie == Bars.Kin ? tie : Tied(person, other, register, ownWord) ?? tie;
        }

        // What everybody can see of the line of command is said rather than what one of the two declared.
        return chain ?? tie;
    }

    /// <summary>Everybody with whom a person shares a bar, themselves included.</summary>
    public static IReadOnlyList<Guid> BarredWith(Guid person, Register register, DateTimeOffset now, bool ownWord = false)
    {
        var since = now.AddMonths(-MonthsAfterPosting);
        // Only who stood on a post above or below one of theirs can be: not everybody is asked, and those who can be are asked as anybody is.
        var others = register.PostingsOf(person).Where(p => p.InForceWithin(since, now)).Select(p => p.Post).Distinct()
            .SelectMany(register.Line).Distinct().SelectMany(register.PostingsOn).Select(p => p.Person).Distinct();
        Guid[] self = register.People.ContainsKey(person) ? [person] : [];
        return [.. self, .. others.Concat(register.TiesOf(person).Select(t => t.Across(person))).Distinct().Where(other => other != person && Between(person, [other], register, now, ownWord) is not null)];
    }

    /// <summary>What one of two people declared to be to the other, or null. A code of <see cref="Bars"/>.</summary>
    public static string? Tied(Guid person, Guid other, Register register, bool ownWord = false)
    {
        string? bar = null;
        foreach (var tie in register.TiesOf(person))
        {
            if (tie.Across(person) != other || (ownWord && !IsOwnWord(person, tie))) continue;
            if (tie.IsKinship) return Bars.Kin;
            bar = Bars.Tie;
        }

        return bar;
    }

    /// <summary>What bars somebody from deciding what is asked or said of a post: they hold it, or are kin of or tied to who does. That somebody commands them is no bar: it is their post.</summary>
    public static string? OfPost(Guid person, Guid post, Register register, DateTimeOffset now)
    {
        string? bar = null;
        foreach (var holder in register.PostingsOn(post).Where(p => p.InForceAt(now)).Select(p => p.Person))
        {
            if (holder == person) return Bars.Self;
            bar ??= Tied(person, holder, register);
        }

        return bar;
    }

    // Two postings count together only where both were in force at one moment of the period.
    static string? Chain(Guid person, Guid other, Register register, DateTimeOffset now)
    {
        var since = now.AddMonths(-MonthsAfterPosting);
        var mine = register.PostingsOf(person).Where(p => p.InForceWithin(since, now)).ToList();
        foreach (var theirs in register.PostingsOf(other).Where(p => p.InForceWithin(since, now)))
        {
            foreach (var own in mine)
            {
                // The later of the starts: if they were ever in force together, they were then. Who took over a post at the
                // moment the other left it was never under them.
                var met = new[] { since, own.From!.Value, theirs.From!.Value }.Max();
                if (!own.InForceAt(met) || !theirs.InForceAt(met)) continue;
                if (register.ReportsTo(theirs.Post, own.Post)) return Bars.Superior;
                if (register.ReportsTo(own.Post, theirs.Post)) return Bars.Subordinate;
            }
        }

        return null;
    }
}

/// <summary>Why somebody is barred: stable codes, and keys of the texts on the pages.</summary>
internal static class Bars
{
    /// <summary>The matter is about them.</summary>
    public const string Self = "recusal.self";

    /// <summary>They command, or within 24 months commanded, somebody whom the matter is about.</summary>
    public const string Superior = "recusal.superior";

    /// <summary>Somebody whom the matter is about commands, or within 24 months commanded, them.</summary>
    public const string Subordinate = "recusal.subordinate";

    /// <summary>One of the two declared that they are kin.</summary>
    public const string Kin = "recusal.kin";

    /// <summary>One of the two declared that they are close, or have a business together.</summary>
    public const string Tie = "recusal.tie";

    /// <summary>They declared a conflict of interest with the matter.</summary>
    public const string Declared = "recusal.declared";

    /// <summary>They have already acted in the matter in a part that excludes this one.</summary>
    public const string EarlierRole = "recusal.earlier-role";

    /// <summary>Their post may not do this.</summary>
    public const string Role = "access.role";
}
