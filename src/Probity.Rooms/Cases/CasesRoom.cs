using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Probity.Cases.Assigning;
using Probity.Cases.Closing;
using Probity.Cases.Deciding;
using Probity.Cases.Opening;
using Probity.Cases.Viewing;
using Probity.Cases.Working;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases;

/// <summary>The room of cases: all that a host sees of it.</summary>
internal static class CasesRoom
{
    /// <summary>
    /// Adds the room. The host gives the log, the register and the seeds of draws (<see cref="DrawSeeds.FromSecret"/>), and
    /// runs <see cref="CommitSeeds"/> when it starts.
    /// </summary>
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Clerk>();
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        return services
            .AddSingleton<CaseDesk>().AddSingleton<Contract.ICaseFiles, CaseFiles>().AddSingleton<Contract.ICaseGuard, CaseGuard>().AddSingleton<CaseReading>().AddSingleton<CommitSeeds>()
            .AddSingleton<OpenCase>().AddSingleton<ViewCase>().AddSingleton<TakeReceipt>()
            .AddSingleton<RequestAssignment>().AddSingleton<DrawSeat>().AddSingleton<ViewDraws>()
            .AddSingleton<ProposeAssignment>().AddSingleton<ApproveAssignment>()
            .AddSingleton<GiveAccess>().AddSingleton<RecordStep>().AddSingleton<EnterStage>()
            .AddSingleton<DecideInCase>()
            .AddSingleton<ProposeClosing>().AddSingleton<ApproveClosing>()
            .AddSingleton<IReaction, HandlerIsRequested>().AddSingleton<IReaction, ProsecutorIsRequested>()
            .AddSingleton<IReaction, RedrawIsRequested>().AddSingleton<IReaction, VoidedDrawIsRequestedAnew>()
            .AddSingleton<IReaction, RequestIsDrawn>();
    }

    /// <summary>Maps the room's API.</summary>
    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder routes)
    {
        // The guard answers 401 itself, as a problem: a program is not sent to a sign-in page.
        var api = routes.MapGroup("/api/cases").WithTags("Cases").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        OpenCase.Map(api);
        ViewCase.Map(api);
        TakeReceipt.MapApi(api);
        RequestAssignment.Map(api);
        ViewDraws.Map(api);
        ProposeAssignment.Map(api);
        ApproveAssignment.Map(api);
        GiveAccess.Map(api);
        RecordStep.Map(api);
        EnterStage.Map(api);
        DecideInCase.Map(api);
        ProposeClosing.Map(api);
        ApproveClosing.Map(api);
        return routes;
    }
}
