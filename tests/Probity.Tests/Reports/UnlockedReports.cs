using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>Reports that came in at a server, and the keys of some of its people unlocked.</summary>
internal sealed class UnlockedReports(StaffHost host) : IDisposable
{
    readonly HashSet<Guid> _unlocked = [];
    readonly HashSet<Guid> _reports = [];

    /// <summary>The integrity officer, another one, the overseer, and another one.</summary>
    public static readonly Guid Integrity = StaffHost.Of(Role.Integrity), SecondIntegrity = StaffHost.Other(0), Overseer = StaffHost.Of(Role.Overseer), SecondOverseer = StaffHost.Other(1);

    public static Task<StaffHost> StartAsync() => StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency), (Role.Overseer, StaffHost.Agency)]);

    public SealedReports Sealed { get; } = new(
        (Integrity, HolderPart.Integrity), (SecondIntegrity, HolderPart.Integrity), (Overseer, HolderPart.Overseer), (SecondOverseer, HolderPart.Overseer));

    /// <summary>Unlocks somebody's key.</summary>
    public void Unlock(params Guid[] people)
    {
        foreach (var person in people) _unlocked.Add(person);
        foreach (var report in _reports) Hold(report);
    }

    /// <summary>A report comes in, or its source adds to it, today.</summary>
    public Guid Send(string name, string text = "Somebody at the gate is paid for each container.", int alike = 0, string kind = "bribe", MustNotSee? kept = null, params Guid[] without)
    {
        var report = Cases.Staff.Id(name);
        Sealed.Send(report, DateOnly.FromDateTime(host.Clock.Now.UtcDateTime), text, without, alike, kind, ReportChannel.Pages, kept, _reports.Contains(report) ? [] : [new ContentFile(Guid.NewGuid(), "gate.jpg", 250_000, "key")]);
        _reports.Add(report);
        Hold(report);
        return report;
    }

    void Hold(Guid report)
    {
        var reader = host.Services.GetRequiredService<ReportReader>();
        foreach (var person in _unlocked)
            if (Sealed.For(person, report) is { } opened) reader.Hold(person, opened);
    }

    public void Dispose() => Sealed.Dispose();
}
