using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Protection.Plans;
using Probity.Protection.Viewing;
using Probity.Shared;
using Probity.Shared.Home;
using Probity.Shared.Views;

namespace Probity.Protection;

/// <summary>The room of offers, threats and violence, and of those who are protected from them: all that a host sees of it.</summary>
internal static class ProtectionRoom
{
    /// <summary>Adds the room's commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddProtection(this IServiceCollection services) => services
        .AddSingleton<ApproachDesk>().AddSingleton<IProtectedApproaches>(s => s.GetRequiredService<ApproachDesk>())
        .AddSingleton<RecordApproach>().AddSingleton<AnswerAlert>().AddSingleton<HandleApproach>().AddSingleton<ChangeRoster>()
        .AddSingleton<PlanDesk>().AddSingleton<OpenPlan>().AddSingleton<WorkPlan>().AddSingleton<GivePlan>().AddSingleton<ClosePlan>().AddSingleton<SealPlace>();

    /// <summary>Adds its lists and pages.</summary>
    public static IServiceCollection AddProtectionPages(this IServiceCollection services) => services
        .AddSingleton<IView, ProtectionView>().AddScoped<Protections>()
        .AddScoped<ShowRecord>().AddScoped<ShowApproach>().AddScoped<ShowApproaches>().AddScoped<ShowTrend>().AddScoped<ShowDuty>().AddScoped<ShowPlans>().AddScoped<ShowPlan>()
        .AddScoped<INextSteps, ProtectionNextSteps>()
        .AddSingleton(new QuickLink(() => ProtectionText.Of("record.link"), ShowRecord.Address, ProtectionForms.Serves))
        .AddNavigation<ProtectionText>("protection", "/protection", 46, "nav", ProtectionForms.Serves);

    /// <summary>Maps the room's pages and its part of the API.</summary>
    public static IEndpointRouteBuilder MapProtection(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowRecord.Map(pages);
        ShowApproaches.Map(pages);
        ShowTrend.Map(pages);
        ShowApproach.Map(pages);
        ShowDuty.Map(pages);
        ShowPlans.Map(pages);
        ShowPlan.Map(pages);
        ProtectionApi.Map(routes.MapGroup("/api/approaches").WithTags("Approaches"));
        return routes;
    }
}
