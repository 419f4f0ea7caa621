using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Probity.Shared;

/// <summary>Days and hours as people write them, in the unit's zone and the reader's language.</summary>
public sealed class When(IStringLocalizer<SharedText> text, IOptions<SharedOptions> options, TimeProvider clock)
{
    /// <summary>4 November 2026.</summary>
    public string Day(DateTimeOffset at) => Local(at).ToString(text["Format.Day"], CultureInfo.CurrentCulture);

    /// <summary>4 November 2026.</summary>
    public string Day(DateOnly day) => day.ToString(text["Format.Day"], CultureInfo.CurrentCulture);

    /// <summary>4 Nov 2026.</summary>
    public string ShortDay(DateTimeOffset at) => Local(at).ToString(text["Format.ShortDay"], CultureInfo.CurrentCulture);

    /// <summary>4 November 2026, 14:05.</summary>
    public string Moment(DateTimeOffset at) => Local(at).ToString(text["Format.Moment"], CultureInfo.CurrentCulture);

    /// <summary>2 hours ago; the day itself once it is a month old.</summary>
    public string Ago(DateTimeOffset at)
    {
        var age = clock.GetUtcNow() - at;
        if (age < TimeSpan.FromMinutes(1)) return text["Ago.Now"];
        if (age < TimeSpan.FromHours(1)) return text.Count("Ago.Minutes", (long)age.TotalMinutes);
        if (age < TimeSpan.FromDays(1)) return text.Count("Ago.Hours", (long)age.TotalHours);
        return age < TimeSpan.FromDays(31) ? text.Count("Ago.Days", (long)age.TotalDays) : Day(at);
    }

    /// <summary>The zone in which all of these are said: UTC, or its name and how far from UTC it is today.</summary>
    public string Zone
    {
        get
        {
            var zone = options.Value.TimeZone;
            var offset = zone.GetUtcOffset(clock.GetUtcNow());
            return zone == TimeZoneInfo.Utc
                ? "UTC"
                : string.Create(CultureInfo.InvariantCulture, $"{zone.Id} (UTC{(offset < TimeSpan.Zero ? "-" : "+")}{offset:hh\\:mm})");
        }
    }

    DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, options.Value.TimeZone);
}
