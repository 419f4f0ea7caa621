using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.People.Barring;
using Probity.People.Contract;
using Probity.People.Clearing;
using Probity.People.Covering;
using Probity.People.Leave;
using Probity.People.Passports;
using Probity.People.Requiring;
using Probity.People.Revetting;
using Probity.People.Rotating;
using Probity.People.Selecting;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Shared.Record;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People;

/// <summary>The room of the people of an agency, of which there is vetting: all that a host sees of it.</summary>
internal static class PeopleRoom
{
    /// <summary>Adds the room's commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<ClearanceDesk>().AddSingleton<InviteForClearance>().AddSingleton<SubmitForm>().AddSingleton<RecordChecks>().AddSingleton<AssessClearance>().AddSingleton<DecideClearance>()
        .AddSingleton<SuspendClearance>().AddSingleton<WithdrawClearance>().AddSingleton<AppealVetting>().AddSingleton<DiscontinueClearance>().AddSingleton<ReportCircumstances>()
        .AddSingleton<FoldedStream<Requirements>>().AddSingleton<IPostRequirements, ClearedForPost>().AddSingleton<ISensitivePosts, MarkedPosts>().AddSingleton<MarkPost>()
        .AddRevetting()
        .AddRotating()
        .AddLeave()
        .AddBarring()
        .AddSelection()
        .AddPassports();

    /// <summary>Adds its lists and pages.</summary>
    public static IServiceCollection AddPeoplePages(this IServiceCollection services) => services
        .AddSingleton<IView, ClearancesView>()
        .AddScoped<Clearances>().AddScoped<ShowClearances>().AddScoped<ClearanceTimeline>().AddScoped<ShowClearance>().AddScoped<ActOnClearance>().AddScoped<ShowInvite>().AddScoped<ShowPosts>().AddSingleton<Remembered<(long Register, long Requirements), Coverage>>().AddSingleton<CoverRules>().AddScoped<StaffStanding>().AddScoped<IStanding>(s => s.GetRequiredService<StaffStanding>()).AddScoped<ShowCoverage>().AddScoped<INextSteps, VettingNextSteps>()
        .AddSingleton<IView, HeldView>().AddScoped<AnswerHeld>().AddScoped<ShowHeld>().AddScoped<INextSteps, HeldNextSteps>()
        .AddRevettingPages()
        .AddRotatingPages()
        .AddLeavePages()
        .AddBarringPages()
        .AddSelectionPages()
        .AddPassportPages()
        .AddScoped<Risk.Contract.IRiskSignals, ClearanceSignal>()
        .AddNavigation<PeopleText>("vetting", "/vetting", 22, "vetting.nav", ClearanceAccess.Serves);

    /// <summary>Maps the room's pages.</summary>
    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowClearances.Map(pages);
        ShowInvite.Map(pages);
        ShowPosts.Map(pages);
        ShowCoverage.Map(pages);
        ShowClearance.Map(pages);
        ActOnClearance.Map(pages);
        ShowHeld.Map(pages, routes.MapGroup("/api").WithTags("People").AddEndpointFilter<ApiGuard>().DisableAntiforgery());
        routes.MapRevetting(pages);
        routes.MapRotating(pages);
        pages.MapLeave();
        pages.MapBarring();
        BarApi.Map(routes);
        routes.MapSelection(pages);
        routes.MapPassports(pages);
        return routes;
    }
}
