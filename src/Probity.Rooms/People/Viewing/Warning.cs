namespace Probity.People.Viewing;

/// <summary>When the end of a clearance is said, before it comes and from then on.</summary>
internal static class Warning
{
    /// <summary>So many days before the end it is said, each time more urgently; 0 is the end itself.</summary>
    public static readonly IReadOnlyList<int> Days = [0, 1, 7, 30];

    /// <summary>The nearest of these that has been reached; null as long as none has.</summary>
    public static int? Of(DateTimeOffset until, DateTimeOffset now) => Days.Where(d => until.AddDays(-d) <= now).Select(d => (int?)d).FirstOrDefault();
}
