using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Probity.Stripping.Confining;

namespace Probity.Stripping;

/// <summary>What became of a file in a process of its own.</summary>
/// <param name="Result">What was taken out, or why there is no copy.</param>
/// <param name="Missing">Pieces of the confinement that this machine does not have, codes of <see cref="ConfinementPieces"/>; all of them where the process ended without saying.</param>
public sealed record ConfinedResult(StripResult Result, IReadOnlyList<string> Missing);

/// <summary>Cleans files in processes of their own, one for each, which can do nothing but that.</summary>
/// <param name="program">The program to start.</param>
/// <param name="arguments">What leads it to <see cref="StripperProgram"/>.</param>
public sealed class StripperProcess(string program, IReadOnlyList<string> arguments)
{
    /// <summary>The verb of the house's own program.</summary>
    public const string Verb = "strip-file";

    const int LongestReport = 16384;

    /// <summary>This very program, by that verb.</summary>
    /// <exception cref="InvalidOperationException">The system does not say which program this is.</exception>
    public static StripperProcess OfThisProgram()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        // Run as "dotnet probity.dll", the program is the runtime's.
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? new(program, [Environment.GetCommandLineArgs()[0], Verb]) : new(program, [Verb]);
    }

    /// <summary>Makes a copy of a file. Where the result is a refusal, throw away what output holds.</summary>
    /// <param name="input">The file.</param>
    /// <param name="output">Takes the copy, at most as much as the limits allow.</param>
    /// <param name="limits">How much the file may ask for; the process is ended when its time is over.</param>
    /// <param name="stop">Ends the process.</param>
    /// <returns>What was taken out, or why there is no copy.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public async Task<ConfinedResult> StripAsync(Stream input, Stream output, StripLimits limits, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        using var process = Process.Start(Described(limits))!;
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(stop);
        clock.CancelAfter(limits.MostTime);
        try
        {
            var report = ReportAsync(process.StandardError.BaseStream, clock.Token);
            var copy = CopyAsync(process.StandardOutput.BaseStream, output, limits.MostOutput, clock.Token);
            var fed = await FeedAsync(process.StandardInput.BaseStream, input, limits.MostInput, clock.Token);
            if (!fed || !await copy)
                return Refused(StripRefusals.TooLarge);
            var line = await report;
            await process.WaitForExitAsync(clock.Token);
            return process.ExitCode is 0 or 1 && Read(line, process.ExitCode == 0) is { } result ? result : Refused(StripRefusals.Broken);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Refused(StripRefusals.TooSlow);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    static ConfinedResult Refused(string why) => new(new(null, [], why), ConfinementPieces.All);

    ProcessStartInfo Described(StripLimits limits)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory) };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(StripperProgram.Write(limits));
        start.Environment.Clear();
        // Where the runtime is not in its usual place, the program has to be told.
        if (RuntimeEnvironment.GetRuntimeDirectory() is var runtime && runtime.Contains("/shared/", StringComparison.Ordinal))
            start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(runtime, "../../.."));
        // A heap of that size and no larger, and no thread, file or channel that is made later: none can be made once the process is confined.
        start.Environment["DOTNET_GCHeapHardLimit"] = limits.MostMemory.ToString("X", CultureInfo.InvariantCulture);
        foreach (var off in new[] { "DOTNET_gcConcurrent", "DOTNET_gcServer", "DOTNET_TieredCompilation", "DOTNET_EnableDiagnostics", "DOTNET_EnableWriteXorExecute" })
            start.Environment[off] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return start;
    }

    static async Task<bool> FeedAsync(Stream to, Stream input, long most, CancellationToken stop)
    {
        try
        {
            await using (to)
            {
                return await CopyAsync(input, to, most, stop);
            }
        }
        catch (IOException)
        {
            // It ended before it had read all; how, its report and code say.
            return true;
        }
    }

    static async Task<bool> CopyAsync(Stream from, Stream to, long most, CancellationToken stop)
    {
        var piece = new byte[81920];
        var total = 0L;
        for (int read; (read = await from.ReadAsync(piece, stop)) > 0;)
        {
            if ((total += read) > most)
                return false;
            await to.WriteAsync(piece.AsMemory(0, read), stop);
        }
        return true;
    }

    static async Task<byte[]> ReportAsync(Stream from, CancellationToken stop)
    {
        using var line = new MemoryStream();
        return await CopyAsync(from, line, LongestReport, stop) ? line.ToArray() : [];
    }

    // The process reads a stranger's file: what it says is believed only where it is of the known form.
    static ConfinedResult? Read(byte[] line, bool cleaned)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var said = json.RootElement;
            var result = new StripResult(said.GetProperty("kind").GetString(), Codes(said.GetProperty("taken")), said.GetProperty("refusal").GetString());
            return result.Cleaned == cleaned && (result.Kind is null || IsCode(result.Kind)) && (result.Refusal is null || IsCode(result.Refusal)) ? new(result, Codes(said.GetProperty("missing"))) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    static List<string> Codes(JsonElement list) =>
        [.. list.EnumerateArray().Select(c => c.GetString() is { } code && IsCode(code) ? code : throw new InvalidOperationException("Not a code."))];

    static bool IsCode(string code) => code.Length is > 0 and <= 40 && code.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
