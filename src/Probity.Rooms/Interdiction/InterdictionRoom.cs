using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Inspecting;
using Probity.Interdiction.PayingSources;
using Probity.Interdiction.Registering;
using Probity.Interdiction.Releasing;
using Probity.Interdiction.Selecting;
using Probity.Interdiction.Setting;
using Probity.Interdiction.Viewing;
using Probity.Interdiction.ViewingTargets;
using Probity.Interdiction.Watching;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Interdiction;

/// <summary>The room of the airport and seaport teams: all that a host sees of it.</summary>
internal static class InterdictionRoom
{
    /// <summary>Adds the room's commands. The host gives the log, the register and the cases' room.</summary>
    public static IServiceCollection AddInterdiction(this IServiceCollection services) => services
        .AddSingleton<TargetDesk>().AddSingleton<RegisterTarget>().AddSingleton<SelectTarget>().AddSingleton<InspectTarget>().AddSingleton<ReleaseTarget>()
        .AddSingleton<AnswerOverride>().AddSingleton<CountersignOverride>().AddSingleton<SetThreshold>()
        .AddSingleton<PaymentDesk>().AddSingleton<RecordPayment>().AddSingleton<SignPayment>().AddSingleton<ApprovePayment>().AddSingleton<TakeReceipt>();

    /// <summary>Adds its lists and pages.</summary>
    public static IServiceCollection AddInterdictionPages(this IServiceCollection services) => services
        .AddSingleton<IView, TargetsView>()
        .AddScoped<Targets>().AddScoped<ShowTargets>().AddScoped<TargetTimeline>().AddScoped<ShowTarget>().AddScoped<ActOnTarget>().AddScoped<ShowThresholds>()
        .AddScoped<OverrideRates>().AddScoped<ShowOverrides>()
        .AddScoped<Risk.Contract.IRiskSignals, OverrideSignal>()
        .AddSingleton<IView, PaymentsView>().AddScoped<Payments>().AddScoped<ShowPayments>().AddScoped<ShowPayment>().AddScoped<ShowTotals>()
        .AddScoped<INextSteps, InterdictionNextSteps>().AddScoped<INextSteps, PaymentNextSteps>()
        .AddNavigation<InterdictionText>("interdiction", "/interdiction", 12, "targets.title", TargetAccess.HasAnyRole)
        .AddNavigation<InterdictionText>("sources", "/sources", 14, "payments.title", PaymentAccess.HasAnyRole);

    /// <summary>Maps the room's pages.</summary>
    public static IEndpointRouteBuilder MapInterdiction(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowTargets.Map(pages);
        RegisterTargetPage.Map(pages);
        ActOnTarget.Map(pages);
        ShowThresholds.Map(pages);
        ShowOverrides.Map(pages);
        ShowPayments.Map(pages);
        RecordPaymentPage.Map(pages);
        ShowTotals.Map(pages);
        ShowPayment.Map(pages);
        return routes;
    }
}
