using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Erasing;
using Probity.Reports.Exchanging;
using Probity.Reports.Granting;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Reports.Routing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports;

/// <summary>The room of reports, staff side: all that a host sees of it.</summary>
internal static class ReportsRoom
{
    /// <summary>Adds what there is without pages. The host gives the log, the register, the deposits and the key of names.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ChangeKeys>().AddSingleton<LockedKeys>().AddSingleton<Unlock>()
        .AddSingleton<UnlockedKeys>().AddSingleton<ISessionEnd>(s => s.GetRequiredService<UnlockedKeys>())
        .AddSingleton<Books>().AddSingleton<ReportReader>().AddGranting()
        .AddSingleton<FoldedStream<ErasedReports>>().AddSingleton<SweepErased>()
        .AddSingleton<FoldedStream<ExchangeState>>().AddSingleton<Removals>().AddSingleton<HeldDoubt>().AddSingleton<FetchRecords>().AddSingleton<CompareHeld>().AddSingleton<ChangeExchange>()
        .AddSingleton<FetchFiles>().AddSingleton<IntakeExchange>().AddHostedService(s => s.GetRequiredService<IntakeExchange>())
        .AddSingleton<KeepLocked>().AddHostedService(s => s.GetRequiredService<KeepLocked>());

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddReportPages(this IServiceCollection services) => services
        .AddScoped<ShowKey>().AddScoped<ShowKeys>().AddScoped<ShowExchange>().AddGrantingPages()
        .AddScoped<INextSteps, KeyNextSteps>().AddScoped<INextSteps, ExchangeNextSteps>();

    /// <summary>Maps the pages.</summary>
    public static IEndpointRouteBuilder MapReports(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowKey.Map(pages);
        ShowKeys.Map(pages);
        ShowExchange.Map(pages);
        ExchangeApi.Map(routes.MapGroup("/api/reports/exchange").WithTags("Reports"));
        GrantingRoom.Map(pages);
        return routes;
    }
}
