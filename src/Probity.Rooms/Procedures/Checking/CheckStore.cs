using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Probity.Access.Contract;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>
/// The registers that are being checked, one for each person, in memory only. One ends, and its bytes are overwritten, when its
/// person says so, begins another, signs out, or asks for nothing for a while, and when the server stops.
/// </summary>
internal sealed class CheckStore(CheckLimits limits, TimeProvider time) : BackgroundService, ISessionEnd
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    readonly Lock _lock = new();
    readonly Dictionary<Guid, RegisterCheck> _checks = [];

    /// <summary>Begins a check in the place of the person's last one; null, with nothing taken, where as many are held as may be.</summary>
    public RegisterCheck? Begin(Guid person, UploadedFile file, RegisterLook look)
    {
        EndOverdue();
        End(person);
        lock (_lock)
        {
            if (_checks.Count >= limits.Held) return null;
            return _checks[person] = new RegisterCheck(RandomNumberGenerator.GetHexString(32, lowercase: true), person, file, look) { LastUsed = time.GetUtcNow() };
        }
    }

    /// <summary>The person's own check of this token, which now counts as used; null where there is none.</summary>
    public RegisterCheck? Find(Guid person, string token) => Of(person) is { } check && check.Token == token ? check : null;

    /// <summary>The person's check, which now counts as used; null where there is none.</summary>
    public RegisterCheck? Of(Guid person)
    {
        EndOverdue();
        lock (_lock)
        {
            if (_checks.GetValueOrDefault(person) is not { } check) return null;
            check.LastUsed = time.GetUtcNow();
            return check;
        }
    }

    /// <summary>Ends the person's check, if there is one.</summary>
    public void End(Guid person)
    {
        RegisterCheck? ended;
        lock (_lock) _checks.Remove(person, out ended);
        ended?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) EndOverdue();
        }
        catch (OperationCanceledException)
        {
            foreach (var person in People()) End(person);
        }
    }

    void EndOverdue()
    {
        var oldest = time.GetUtcNow() - limits.Life;
        foreach (var person in People(c => c.LastUsed < oldest)) End(person);
    }

    List<Guid> People(Func<RegisterCheck, bool>? which = null)
    {
        lock (_lock) return [.. _checks.Values.Where(which ?? (_ => true)).Select(c => c.Person)];
    }
}
