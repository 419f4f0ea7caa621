using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Charging;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Correcting;
using Probity.Cases.Deciding;
using Probity.Cases.Disclosing;
using Probity.Cases.Hearing;
using Probity.Cases.Opening;
using Probity.Cases.Ordering;
using Probity.Cases.SeeingCourt;
using Probity.Cases.SeeingReadings;
using Probity.Cases.Viewing;
using Probity.Cases.ViewingDocket;
using Probity.Cases.Walling;
using Probity.Cases.Working;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases;

/// <summary>The pages of the cases' room, as the host sees them.</summary>
internal static class CasePages
{
    public static IServiceCollection AddCasePages(this IServiceCollection services) => services
        .AddSingleton<IView, DocketView>()
        .AddScoped<Docket>().AddScoped<ICaseDirectory>(s => s.GetRequiredService<Docket>()).AddScoped<ShowDocket>()
        .AddScoped<CaseTimeline>().AddScoped<CaseOversight>().AddScoped<CaseSteps>().AddScoped<ShowCase>().AddScoped<CaseForms>()
        .AddScoped<INextSteps, CaseNextSteps>().AddScoped<INextSteps, WatcherNextSteps>().AddScoped<INextSteps, ReliefNextSteps>().AddScoped<Probity.Access.Contract.IHoldings, CaseHoldings>().AddScoped<INextSteps, Ordering.SignedOrderNextSteps>()
        .AddScoped<CourtList>().AddScoped<ShowCourt>().AddScoped<CourtParts>().AddScoped<Contract.ICourtParts>(s => s.GetRequiredService<CourtParts>()).AddScoped<ShowCourtCase>().AddScoped<INextSteps, CourtNextSteps>()
        .AddNavigation<CourtPages>("court", "/court", 15, "List.Nav", user => SignedInPerson.Has(user, Role.Judge) || SignedInPerson.Has(user, Role.Registry) || SignedInPerson.Has(user, Role.Prosecutor) || SignedInPerson.Has(user, Role.Overseer))
        .AddScoped<ShowReadings>().AddScoped<ShowMatches>().AddScoped<ShowUnassigned>()
        .AddNavigation<NeedToKnowPages>("conflicts", "/cases/conflicts", 90, "Conflict.Nav", user => user.Identity?.IsAuthenticated == true && !CaseAccess.HasAnyRole(user))
        .AddNavigation<CasesPages>("cases", "/cases", 10, "Docket.Title", CaseAccess.HasAnyRole);

    /// <summary>Maps the pages, and the docket's API beside them.</summary>
    public static IEndpointRouteBuilder MapCasePages(this IEndpointRouteBuilder routes)
    {
        Docket.Map(routes.MapGroup("/api/cases").WithTags("Cases").AddEndpointFilter<ApiGuard>());
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowDocket.Map(pages);
        ShowCase.Map(pages);
        TakeReceipt.MapPage(pages);
        OpenCasePage.Map(pages);
        RecordStepPage.Map(pages);
        EnterStagePage.Map(pages);
        GiveAccessPage.Map(pages);
        EndAccessPage.Map(pages);
        ConflictsPage.Map(pages);
        LiftWallPage.Map(pages);
        ApproveLiftPage.Map(pages);
        BreakGlassPage.Map(pages);
        ReviewGlassPage.Map(pages);
        ShowUnassigned.Map(pages);
        ShowReadings.Map(pages);
        ShowMatches.Map(pages);
        ShowCourt.Map(pages);
        ShowCourtCase.Map(pages);
        ChargingForms.Map(pages);
        DisclosingForms.Map(pages);
        HearingForms.Map(pages);
        OrderingForms.Map(pages);
        NamePartyPage.Map(pages);
        EndPartyPage.Map(pages);
        DecideInCasePage.Map(pages);
        ProposeClosingPage.Map(pages);
        ApproveClosingPage.Map(pages);
        ProposeAssignmentPage.Map(pages);
        ApproveAssignmentPage.Map(pages);
        RequestAssignmentPage.Map(pages);
        return routes;
    }
}
