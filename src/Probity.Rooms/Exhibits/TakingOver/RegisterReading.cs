using Microsoft.Extensions.Options;
using Probity.Lens;
using Probity.Shared;
using Probity.Shared.Uploads;

namespace Probity.Exhibits.TakingOver;

/// <summary>
/// Reads the file of a register in its turn and in bounded time. Its bytes are in memory alone and for one request: nothing of it lies anywhere between
/// the preview and the taking over, for which it is sent again.
/// </summary>
internal sealed class RegisterReading(IOptions<SharedOptions> options, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>What a form with a register may send.</summary>
    public static UploadLimit Limit { get; } = new(ReadRegister.MaxBytes, PerMinute: 30);

    public const string FileMissing = "exhibits.register-file-missing";
    public const string FileTooLarge = "exhibits.register-file-too-large";
    public const string FileUnreadable = "exhibits.register-unreadable";
    public const string FileTooSlow = "exhibits.register-too-slow";

    /// <summary>What the file states; or the code of what is wrong with it, and what its reader says in its own words.</summary>
    public async Task<(StatedRegister? Read, string? Code, string? Detail)> ReadAsync(Stream file, string name, RegisterChoices choices, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.Value.TimeZone).DateTime);
        if (!await _turns.WaitAsync(Patience, cancel)) return (null, FileTooSlow, null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return (await Task.Run(() => ReadRegister.Read(file, name, choices, today, limit.Token), limit.Token), null, null);
        }
        catch (BadInputException fault)
        {
            return (null, FileUnreadable, fault.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, FileTooSlow, null);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
