namespace Probity.Policies.Contract;

/// <summary>Monday to Friday. Public holidays are not known here: a period in working days ends no later than a national calendar would have it end.</summary>
internal static class WorkingDays
{
    /// <summary>So many working days after a moment, at the same time of day; the day itself is not counted.</summary>
    public static DateTimeOffset After(DateTimeOffset start, int days)
    {
        var at = start;
        for (var left = days; left > 0;)
        {
            at = at.AddDays(1);
            if (at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }

        return at;
    }
}
