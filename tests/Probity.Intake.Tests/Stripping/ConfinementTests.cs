using System.Diagnostics;
using Probity.Stripping;
using Probity.Stripping.Confining;

namespace Probity.Intake.Tests.Stripping;

public class ConfinementTests
{
    static readonly string Self = Environment.ProcessPath!;

    static List<string> WaysOut(string attempt)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Confinement is made of Linux's pieces.");
        using var process = Process.Start(new ProcessStartInfo(Self, [EscapeProcess.Verb, attempt, ""]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var ways = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, attempt), (process.ExitCode, errors.Result.Trim()));
        return [.. ways.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    [Fact]
    public void Who_cleans_a_file_has_no_way_out()
    {
        Assert.Empty(WaysOut(EscapeProcess.EveryWay));
        // Unless it is the confinement that holds it, that proves nothing: without, every way leads out.
        Assert.Equal(EscapeProcess.Attempts.Keys.Except(EscapeProcess.OnlyConfined), WaysOut(EscapeProcess.Free));
    }

    [Fact]
    public void This_machine_has_every_piece()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Confinement is made of Linux's pieces.");
        Assert.SkipUnless(Landlock(), "This kernel has no Landlock.");
        Assert.Empty(Confined(PictureSamples.Jpeg()).Confined.Missing);
    }

    static bool Landlock() => Environment.OSVersion.Version >= new Version(5, 13) && Kernel.Call(444, 0, 0, 1) > 0;

    static (ConfinedResult Confined, byte[] Copy) Confined(byte[] file, StripLimits? limits = null, string verb = StripperProcess.Verb, params string[] more)
    {
        var copy = new MemoryStream();
        var confined = (more.Length == 0 ? StripperProcess.OfThisProgram() : new StripperProcess(Self, [verb, .. more])).StripAsync(new MemoryStream(file), copy, limits ?? StripLimits.Default).GetAwaiter().GetResult();
        return (confined, copy.ToArray());
    }

    public static TheoryData<string> Kinds => ["png", "docx", "pdf-streams", "mp4"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_confined_process_makes_the_same_copy(string kind)
    {
        var sample = AllSamples.ByName[kind]();
        var (confined, copy) = Confined(sample);
        var stripped = Stripped.Of(sample);
        Assert.Equal(stripped.Copy, copy);
        Assert.Equal(stripped.Result.Kind, confined.Result.Kind);
        Assert.Equal(stripped.Result.Taken, confined.Result.Taken);
        Assert.Null(confined.Result.Refusal);
    }

    [Fact]
    public void A_refusal_comes_through()
    {
        var (confined, copy) = Confined([0xFF, 0xD8, 0xFF, 0xDB, 0, 0]);
        Assert.Equal(StripRefusals.Malformed, confined.Result.Refusal);
        Assert.Equal(FileKinds.Jpeg, confined.Result.Kind);
        Assert.Empty(copy);
    }

    [Fact]
    public void More_than_allowed_is_not_even_sent() =>
        Assert.Equal(StripRefusals.TooLarge, Confined(new byte[2_000_000], StripLimits.Default with { MostInput = 1_000_000 }).Confined.Result.Refusal);

    [Theory]
    [InlineData("endless", StripRefusals.TooSlow)]
    [InlineData("silent", StripRefusals.Broken)]
    [InlineData("lying", StripRefusals.Broken)]
    [InlineData("memory", StripRefusals.Broken)]
    public void A_process_that_goes_astray_is_a_refusal(string how, string refusal)
    {
        var limits = StripLimits.Default with { MostTime = how == "endless" ? TimeSpan.FromSeconds(3) : StripLimits.Default.MostTime };
        Assert.Equal(refusal, Confined([1], limits, EscapeProcess.Verb, how).Confined.Result.Refusal);
    }
}
