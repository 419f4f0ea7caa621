using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Records.Deciding;
using Probity.Records.Holding;
using Probity.Records.Performing;
using Probity.Records.Proposing;
using Probity.Records.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Records;

/// <summary>The room of erasure and legal holds: all that a host sees of it.</summary>
internal static class RecordsRoom
{
    /// <summary>Adds the room. The host gives the log, the views and their <see cref="IPurge"/>.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddSingleton<ErasureDesk>().AddSingleton<ProposeErasure>().AddSingleton<ApproveErasure>().AddSingleton<RefuseErasure>()
        .AddSingleton<PlaceHold>().AddSingleton<ReleaseHold>()
        .AddSingleton<IReaction, PerformErasure>().AddSingleton<IReaction, FinishErasure>()
        .AddSingleton<IView, ErasureView>().AddScoped<ShowErasure>().AddScoped<ShowRecords>()
        .AddScoped<INextSteps, RecordsNextSteps>()
        .AddNavigation<RecordsText>("records", "/records", 60, "records.title", ErasureAccess.HasAnyRole);

    /// <summary>Maps the room's pages and API.</summary>
    public static IEndpointRouteBuilder MapRecords(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/records").WithTags("Records").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ProposeErasure.Map(api);
        ApproveErasure.Map(api);
        RefuseErasure.Map(api);
        PlaceHold.Map(api);
        ReleaseHold.Map(api);
        ShowRecords.Map(pages, api);
        ShowErasure.Map(pages);
        return routes;
    }
}
