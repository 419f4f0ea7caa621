using System.Diagnostics;

namespace Probity.Lens.Tests;

public sealed class InputFileTests
{
    [Fact]
    public void A_pipe_without_a_writer_is_given_up() => WithPipe(pipe =>
        Assert.Throws<BadInputException>(() => InputFile.Open(pipe, new FileStreamOptions(), TimeSpan.FromMilliseconds(200))));

    [Fact]
    public void A_pipe_with_a_writer_is_read() => WithPipe(pipe =>
    {
        var writing = Task.Run(() => File.WriteAllText(pipe, "late"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(InputFile.Open(pipe, new FileStreamOptions()));
        Assert.Equal("late", reader.ReadToEnd());
    });

    static void WithPipe(Action<string> test)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes elsewhere.");
        var pipe = Path.Combine(Path.GetTempPath(), "probity-" + Path.GetRandomFileName());
        Process.Start("mkfifo", pipe).WaitForExit();
        try
        {
            test(pipe);
        }
        finally
        {
            File.Delete(pipe);
        }
    }
}
