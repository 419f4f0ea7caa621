using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Notifying;

/// <summary>Notices by mail: all that a host sees of this part of the room.</summary>
internal static class Notices
{
    /// <summary>The file of the mail server's settings, in the folder of a node's secrets.</summary>
    public const string SettingsFile = "smtp";

    /// <summary>Adds the schedule, the commands and the page. The host gives the log and the register.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="secrets">The folder of the node's secrets. Without settings in it no mail is sent.</param>
    /// <exception cref="InvalidDataException">The settings there say something else than they should.</exception>
    public static IServiceCollection AddNotices(this IServiceCollection services, string secrets) => services
        .AddSingleton(new Mailing(SmtpSettings.ReadFile(Path.Combine(secrets, SettingsFile))))
        .AddSingleton<FoldedStream<SentNotices>>().AddSingleton<SetNoticeKey>()
        .AddSingleton<SendNotices>().AddHostedService(s => s.GetRequiredService<SendNotices>())
        .AddScoped<ShowNotices>().AddScoped<INextSteps, NoticeNextSteps>();

    /// <summary>Maps the page.</summary>
    public static IEndpointRouteBuilder MapNotices(this IEndpointRouteBuilder routes)
    {
        ShowNotices.Map(routes.MapGroup("").ExcludeFromDescription());
        return routes;
    }
}
