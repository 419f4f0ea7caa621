using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Probity.Procedures.Checking;

/// <summary>A file that is written while it is sent, so that its size costs no memory: the writer waits for the line.</summary>
internal static class WrittenFile
{
    /// <summary>The answer.</summary>
    /// <param name="name">What the browser is to call it; never what somebody uploaded was called.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="write">Writes it.</param>
    public static IResult Of(string name, string type, Action<Stream, CancellationToken> write) => Results.Stream(to => SendAsync(to, write), type, name);

    static async Task SendAsync(Stream to, Action<Stream, CancellationToken> write)
    {
        var pipe = new Pipe();
        using var gone = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(pipe.Writer, write, gone.Token));
        try
        {
            await pipe.Reader.CopyToAsync(to, gone.Token);
        }
        finally
        {
            // Whoever listened may have gone; the writer is then told to stop.
            await gone.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    static async Task WriteAsync(PipeWriter to, Action<Stream, CancellationToken> write, CancellationToken cancel)
    {
        try
        {
            await using (var stream = to.AsStream(leaveOpen: true)) write(stream, cancel);
            await to.CompleteAsync();
        }
        catch (Exception e)
        {
            // Comes out where the reader copies: the answer breaks off, and never looks whole.
            await to.CompleteAsync(e);
        }
    }
}
