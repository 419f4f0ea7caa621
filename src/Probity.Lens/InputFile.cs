namespace Probity.Lens;

/// <summary>Opens what a caller names to be read: a file, or a pipe that somebody fills.</summary>
internal static class InputFile
{
    /// <summary>How long the first word of a pipe's writer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Opens it. A pipe that has no writer would let nobody go, so it is opened on a thread of its own.</summary>
    /// <exception cref="BadInputException">Nobody has begun to write to the pipe.</exception>
    public static FileStream Open(string path, FileStreamOptions options) => Open(path, options, Patience);

    internal static FileStream Open(string path, FileStreamOptions options, TimeSpan patience)
    {
        var opening = Task.Factory.StartNew(
            () => new FileStream(path, options), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (((IAsyncResult)opening).AsyncWaitHandle.WaitOne(patience)) return opening.GetAwaiter().GetResult();
        opening.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        throw new BadInputException($"{path}: a pipe that nobody writes to; it was waited for {patience.TotalSeconds:0} seconds.");
    }
}
