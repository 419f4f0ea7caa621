using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Probity.Cases.Assigning;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Charging;
using Probity.Cases.Closing;
using Probity.Cases.Correcting;
using Probity.Cases.Deciding;
using Probity.Cases.Disclosing;
using Probity.Cases.Hearing;
using Probity.Cases.Opening;
using Probity.Cases.Ordering;
using Probity.Cases.Viewing;
using Probity.Cases.Walling;
using Probity.Cases.Working;
using Probity.Shared.Drawing;
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
            .AddSingleton<CaseDesk>().AddSingleton<Contract.ICaseFiles, CaseFiles>().AddSingleton<CaseReading>().AddSingleton<CommitSeeds>()
            .AddSingleton<OpenCase>().AddSingleton<ViewCase>().AddSingleton<TakeReceipt>()
            .AddSingleton<FitForWork>().AddSingleton<SetMatchAside>().AddSingleton<RequestAssignment>().AddSingleton<DrawSeat>().AddSingleton<ViewDraws>()
            .AddSingleton<ProposeAssignment>().AddSingleton<ApproveAssignment>()
            .AddSingleton<GiveAccess>().AddSingleton<RecordStep>().AddSingleton<EnterStage>()
            .AddSingleton<DecideInCase>()
            .AddSingleton<CaseNumbers>().AddSingleton<Contract.ICaseTakingOver, TakeOverCase>().AddSingleton<EndAccess>().AddSingleton<DeclareConflict>().AddSingleton<LiftWall>().AddSingleton<ApproveLift>()
            .AddSingleton<BreakGlass>().AddSingleton<ReviewGlass>().AddSingleton<NameParty>().AddSingleton<EndParty>()
            .AddSingleton<IReaction, VacatedSeatIsRequested>()
            .AddSingleton<BringCharge>().AddSingleton<AmendCharge>().AddSingleton<WithdrawCharge>().AddSingleton<StateElements>()
            .AddSingleton<CaseEvidence>().AddSingleton<LinkEvidence>().AddSingleton<UnlinkEvidence>().AddSingleton<ListItem>().AddSingleton<Disclose>().AddSingleton<WithholdItem>()
            .AddSingleton<NameJudge>().AddSingleton<SetHearing>().AddSingleton<EndHearing>().AddSingleton<DecideBail>().AddSingleton<GiveJudgment>()
            .AddSingleton<PassSentence>().AddSingleton<LodgeAppeal>().AddSingleton<DecideAppeal>().AddSingleton<OrderExhibits>().AddSingleton<SignOrder>().AddSingleton<LiftOrder>().AddSingleton<ConfirmOrder>()
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
        SetMatchAside.Map(api);
        GiveAccess.Map(api);
        EndAccess.Map(api);
        DeclareConflict.Map(api);
        LiftWall.Map(api);
        ApproveLift.Map(api);
        BreakGlass.Map(api);
        ReviewGlass.Map(api);
        NameParty.Map(api);
        EndParty.Map(api);
        RecordStep.Map(api);
        EnterStage.Map(api);
        DecideInCase.Map(api);
        BringCharge.Map(api);
        AmendCharge.Map(api);
        WithdrawCharge.Map(api);
        StateElements.Map(api);
        LinkEvidence.Map(api);
        UnlinkEvidence.Map(api);
        ListItem.Map(api);
        Disclose.Map(api);
        WithholdItem.Map(api);
        NameJudge.Map(api);
        SetHearing.Map(api);
        EndHearing.Map(api);
        DecideBail.Map(api);
        GiveJudgment.Map(api);
        PassSentence.Map(api);
        LodgeAppeal.Map(api);
        DecideAppeal.Map(api);
        OrderExhibits.Map(api);
        SignOrder.Map(api);
        LiftOrder.Map(api);
        ConfirmOrder.Map(api);
        ProposeClosing.Map(api);
        ApproveClosing.Map(api);
        return routes;
    }
}
