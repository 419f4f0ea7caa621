using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Cases.Working;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.Procedures.Sops;

/// <summary>A case without a seizure, from opening to closing, on the real server.</summary>
internal static class CaseLife
{
    static readonly Guid Officer = StaffHost.Of(Role.Officer);

    public static async Task<Guid> OpenAsync(StaffHost host)
    {
        var id = Guid.CreateVersion7();
        CaseHouse.Done(await Get<OpenCase>(host).HandleAsync(Officer, new(id, StaffHost.Unit, "060121", "A suitcase with a double floor.", []), null, default));
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        return id;
    }

    public static async Task CloseAsync(StaffHost host, Guid id, bool interview = true)
    {
        host.Clock.Now += TimeSpan.FromHours(1);
        CaseHouse.Done(await Get<EnterStage>(host).HandleAsync(Officer, new(id, Stage.Investigate), null, default));
        if (interview) CaseHouse.Done(await Get<RecordStep>(host).HandleAsync(Officer, new(id, Step.InterviewHeld, "Said nothing.", null), null, default));
        host.Clock.Now += TimeSpan.FromHours(5);
        CaseHouse.Done(await Get<RecordStep>(host).HandleAsync(Officer, new(id, Step.ReportFiled, "Not confirmed.", null), null, default));
        CaseHouse.Done(await Get<ProposeClosing>(host).HandleAsync(Officer, new(id, CaseOutcome.NoFurtherAction, CaseHouse.Reason), null, default));
        CaseHouse.Done(await Get<ApproveClosing>(host).HandleAsync(StaffHost.Of(Role.Overseer), new(id, true, null), null, default));
    }

    static T Get<T>(StaffHost host) where T : notnull => host.Services.GetRequiredService<T>();
}
