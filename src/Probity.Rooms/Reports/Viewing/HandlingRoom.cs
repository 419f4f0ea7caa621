using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Erasing;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Protecting;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Reports.Viewing;

/// <summary>Handling reports: all that the room of reports sees of it.</summary>
internal static class HandlingRoom
{
    /// <summary>Adds the commands. The host gives the seeds of draws beside the log, the register and the policy pack.</summary>
    public static IServiceCollection AddHandling(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<ReviewDraws>>().AddSingleton<ReviewSeeds>().AddSingleton<DrawReviews>().AddSingleton<ReadingsFiled>().AddSingleton<ReportDesk>()
        .AddSingleton<AcknowledgeReport>().AddSingleton<TriageReport>().AddSingleton<TakeReport>().AddSingleton<TellSource>().AddSingleton<WriteNote>().AddSingleton<RecordFinding>()
        .AddSingleton<CloseReport>().AddSingleton<ReopenReport>().AddSingleton<ReviewClosing>().AddSingleton<StepAside>()
        .AddMatters().AddErasing();

    /// <summary>Adds the list and the pages.</summary>
    public static IServiceCollection AddHandlingPages(this IServiceCollection services) => services
        .AddMatterPages().AddErasingPages()
        .AddSingleton<IView, ReportView>().AddSingleton<KeySeen>().AddSingleton<ActOnReport>()
        .AddScoped<ReportQueue>().AddScoped<ReviewsDue>().AddScoped<AnsweredReports>().AddScoped<ShowQueue>().AddScoped<ShowReport>().AddScoped<ShowFigures>().AddScoped<ShowAnswered>()
        .AddSingleton<ProtectPeople>().AddScoped<ProtectedPeople>().AddScoped<IProtectedPeople>(s => s.GetRequiredService<ProtectedPeople>()).AddScoped<ShowProtection>().AddScoped<INextSteps, ProtectionNextSteps>()
        .AddScoped<IStanding, ReportStanding>().AddScoped<INextSteps, ReportNextSteps>()
        .AddNavigation<HandlingText>("reports", ShowQueue.Address, 44, "nav", ReportForms.Serves);

    /// <summary>Maps the pages and the API.</summary>
    public static IEndpointRouteBuilder MapHandling(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowQueue.Map(pages);
        var unlocked = pages.MapUnlocked();
        ShowReport.Map(unlocked);
        ShowProtection.Map(unlocked);
        ShowFigures.Map(pages);
        ShowAnswered.Map(pages);
        MattersRoom.Map(pages, unlocked, routes);
        ErasingRoom.Map(unlocked, routes);
        HandlingApi.Map(routes.MapGroup("/api/reports").WithTags("Reports"));
        return routes;
    }
}
