namespace Probity.Access.Contract;

/// <summary>The units that somebody stands too near to where a unit itself, and nobody by name, is said to have done something.</summary>
internal static class UnitsAround
{
    /// <summary>
    /// The units that somebody belongs to: where they hold or held a post within the time that the conflict check looks back, those above them, those that they
    /// command, and those of the posts over and under theirs.
    /// </summary>
    public static HashSet<Guid> Of(Guid person, Register register, DateTimeOffset now)
    {
        var since = now.AddMonths(-Recusal.MonthsAfterPosting);
        var posts = register.PostingsOf(person).Where(p => p.InForceWithin(since, now)).Select(p => p.Post).Distinct().ToList();
        var units = new HashSet<Guid>();
        foreach (var post in posts.Concat(posts.SelectMany(register.Line)).Distinct())
        {
            for (Guid? unit = register.Posts[post].Unit; unit is { } id && units.Add(id);) unit = register.Units.GetValueOrDefault(id)?.Parent;
        }

        var commanded = posts.Where(p => register.Posts[p].Role == Role.Commander).Select(p => register.Posts[p].Unit).ToList();
        if (commanded.Count > 0) units.UnionWith(register.Units.Keys.Where(unit => commanded.Any(own => register.IsWithin(unit, own))));
        return units;
    }
}
