using System.IO.Pipelines;
using System.Security.Cryptography;
using Probity.Reports.Exchanging;
using Probity.Sealing;

namespace Probity.Reports.Files;

/// <summary>What somebody gets who asks for a copy.</summary>
internal abstract record CopyAnswer
{
    CopyAnswer() { }

    /// <summary>A copy; it is the caller's to dispose of.</summary>
    public sealed record Ready(HeldCopy Copy, CopyKind Kind) : CopyAnswer;

    /// <summary>None, and why.</summary>
    public sealed record Refused(string Code) : CopyAnswer;

    /// <summary>None now: as many are being made as can be at a time.</summary>
    public sealed record Busy : CopyAnswer;
}

/// <summary>
/// Makes copies of files that were sent along. What a file was sealed with is in the report, so only whoever opens that gets here. The clear bytes go from the sealed file through memory into the process
/// that cleans, piece by piece, and what comes out of it is sealed again before it touches the disk. Nothing is answered before that process has said that the copy is whole.
/// </summary>
internal sealed class MakeCopy(IFileCopies copies, HeldCopies held, ExchangeOptions options) : IDisposable
{
    /// <summary>How many are made at a time, for all who ask.</summary>
    public const int AtOnce = 2;

    public const string Absent = "absent", Damaged = "damaged", TooLarge = "too-large", Broken = "broken";

    readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    /// <summary>The copy of a file, made now unless this sign-in has it already.</summary>
    public async Task<CopyAnswer> RunAsync(Guid person, string sitting, ReportFile file, CancellationToken cancel)
    {
        if (held.Find(person, sitting, file.Content.Id) is { } there) return Answer(there);
        if (file.Content.Length > ReportFile.LongestToCopy) return new CopyAnswer.Refused(TooLarge);
        if (!await _places.WaitAsync(TimeSpan.Zero, cancel)) return new CopyAnswer.Busy();
        try
        {
            await using var source = file.OpenSealed(options.FilesFolder);
            if (source is null) return new CopyAnswer.Refused(Absent);
            if (file.Key is not { } key) return new CopyAnswer.Refused(Damaged);
            using var copy = new HeldCopy(options.FilesFolder);
            if (await PipeAsync(source, key, file.Content.Length, copy, cancel) is not { } made) return new CopyAnswer.Refused(Damaged);
            if (made.Refusal is { } refusal) return new CopyAnswer.Refused(refusal);
            copy.Made = made;
            if (CopyKind.Of(made.Kind) is not null) held.Put(person, sitting, file.Content.Id, copy);
            return copy.Use() ? Answer(copy) : new CopyAnswer.Refused(Broken);
        }
        finally
        {
            _places.Release();
        }
    }

    static CopyAnswer Answer(HeldCopy copy)
    {
        if (CopyKind.Of(copy.Made.Kind) is { } kind) return new CopyAnswer.Ready(copy, kind);
        copy.Dispose();
        return new CopyAnswer.Refused(Broken);
    }

    // Null where the sealed file is not what was sealed.
    async Task<CopyMade?> PipeAsync(Stream source, byte[] key, long length, HeldCopy copy, CancellationToken cancel)
    {
        var pipe = new Pipe();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var opening = OpenAsync(source, pipe.Writer, key, length, ended.Token);
        try
        {
            await using var taking = copy.OpenWrite();
            return await copies.MakeAsync(pipe.Reader.AsStream(), length, taking, cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
        finally
        {
            // A process that refuses reads no further.
            await ended.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await opening;
            CryptographicOperations.ZeroMemory(key);
        }
    }

    static async Task OpenAsync(Stream source, PipeWriter to, byte[] key, long length, CancellationToken cancel)
    {
        try
        {
            await SealedFile.OpenAsync(source, to.AsStream(leaveOpen: true), key, length, cancel);
            await to.CompleteAsync();
        }
        catch (Exception fault) when (fault is InvalidDataException or OperationCanceledException or IOException)
        {
            // Whoever reads is thrown what was thrown here: half a file is none.
            await to.CompleteAsync(fault is InvalidDataException ? fault : new InvalidDataException(fault.Message, fault));
        }
    }

    public void Dispose() => _places.Dispose();
}
