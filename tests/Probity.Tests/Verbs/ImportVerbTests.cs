using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Probity.Tests.Exhibits.TakingOver;

namespace Probity.Tests.Verbs;

/// <summary>The file of a register looked at through the program itself.</summary>
public sealed class ImportVerbTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("probity-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_wrong_is_said_line_by_line_and_what_was_said_of_the_file_settles_it()
    {
        var (file, list) = (Path.Combine(_folder, "register.csv"), Path.Combine(_folder, "lines.csv"));
        await File.WriteAllBytesAsync(file, Registers.Csv("=A-1,,30/04/2019,heroin,Brown,1.234,kg,S-1,Vault 1", "A-2,,03/04/2019,heroin,Brown,5,kg,,Vault 1"), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await RunAsync(1, "import", "register", file, "--check", "--list", list, "--json", "-"));
        Assert.Equal(["lines", "good", "warned", "wrong", "broken", "tooLong", "headerLine", "unknownColumns", "said"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["2 amount-either True", "3 date-either True", "3 seal-missing False"], json.RootElement.GetProperty("said").EnumerateArray()
            .Select(s => $"{s.GetProperty("line")} {s.GetProperty("code").GetString()} {s.GetProperty("wrong").GetBoolean()}").Order());
        Assert.Contains("\n2,'=A-1,", await File.ReadAllTextAsync(list, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var text = await RunAsync(0, "import", "register", file, "--check", "--days", "day-first", "--decimals", "comma", "--lang", "es");
        Assert.Contains("line 3: Precintos: no hay.", text, StringComparison.Ordinal);
        Assert.Contains("2 lines: 0 fine, 2 to know something of, 0 wrong.", text, StringComparison.Ordinal);
    }

    static async Task<string> RunAsync(int expected, params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        })!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == program.ExitCode, $"exit code {program.ExitCode}: {await error}");
        return await output;
    }
}
