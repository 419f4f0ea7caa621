using System.Diagnostics;
using System.Text.Json;
using Probity.Procedures;
using Probity.Procedures.Following;

namespace Probity.Tests.Sample;

/// <summary>The program itself, as a person calls it: what it exports is what the pages judge.</summary>
public sealed class ExportTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    [Fact]
    public async Task What_is_exported_is_judged_by_check_as_on_the_page()
    {
        using var folder = new TemporaryFolder();
        var sop = folder.File("sop.bpmn");
        await using (var file = File.Create(sop))
        await using (var own = typeof(CaseLog).Assembly.GetManifestResourceStream("Probity.Procedures.Sops.case-handling.bpmn")!)
            await own.CopyToAsync(file);

        var export = await RunAsync("export", "xes", "--data", sample.Folder, "--closed", "--out", folder.File("cases.xes"));
        Assert.Equal((0, "", ""), export);
        var check = await RunAsync("check", folder.File("cases.xes"), "--sop", sop, "--json", "-");
        Assert.Equal((1, ""), (check.Code, check.Error));

        var cases = new CaseLog();
        await using (var log = await Probity.Storage.NodeFolder.OpenAsync(sample.Folder, TimeProvider.System, new Probity.Ledger.LogOptions(), default))
            await cases.CatchUpAsync(log, default);
        var page = Judgement.Of(cases, FollowCases.Procedure, DateTimeOffset.UnixEpoch, default);
        using var json = JsonDocument.Parse(check.Output);
        Assert.Equal(page.Cases.Count, json.RootElement.GetProperty("log").GetProperty("traces").GetInt32());
        Assert.Equal(100.0 * page.Followed / page.Cases.Count, json.RootElement.GetProperty("alignments").GetProperty("percentFit").GetDouble(), 9);
        Assert.InRange(page.Followed, 1, page.Cases.Count - 1);
    }

    [Theory]
    [InlineData("export", "xes", "--data", "no-such-folder", "--out", "x.xes")]
    [InlineData("export", "xes")]
    [InlineData("check", "no-such-log.xes", "--sop", "no-such-model.pnml")]
    [InlineData("verify", "no-such-folder")]
    [InlineData("verify")]
    [InlineData("describe", "--no-such-option")]
    [InlineData("demo", "--port", "70000")]
    public async Task A_wrong_call_is_one_line_and_exit_code_2(params string[] call)
    {
        var (code, output, error) = await RunAsync(call);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Matches(@"\Aprobity( \w+)?: [^\n]+\n\z", error.ReplaceLineEndings("\n"));
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await error);
    }

    sealed class TemporaryFolder : IDisposable
    {
        readonly string _path = Directory.CreateTempSubdirectory("probity-export-").FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
