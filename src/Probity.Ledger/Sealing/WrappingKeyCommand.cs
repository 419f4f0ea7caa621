using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Probity.Ledger;

/// <summary>
/// A wrapping key that a program writes to its standard output, in base64. The file holds the program's full path in its first line and
/// one argument in each line after it; no shell is asked. What the program says otherwise is shown to nobody.
/// </summary>
internal sealed class WrappingKeyCommand(string file, TimeSpan? patience = null) : IWrappingKeySource
{
    const int Longest = 4_096;
    const int LongestOutput = 1_024;

    readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    public string File => file;

    public string Name => $"the program that {file} names";

    public byte[] Read()
    {
        // Whoever can write it has their program run with the node's rights.
        if (!OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(file) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            throw new InvalidDataException($"{file} may be written by others than its owner: take that right away (chmod go-w).");
        var lines = RegularFile.ReadText(file, Longest).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0 || !Path.IsPathFullyQualified(lines[0]))
            throw new InvalidDataException($"{file} does not begin with the full path of a program.");
        return WrappingKeySources.Parse(Run(lines[0], lines[1..]), Name);
    }

    string Run(string program, string[] arguments)
    {
        using var process = Start(program, arguments);
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            process.StandardInput.Close();
            var silence = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            var output = ReadAsync(process.StandardOutput.BaseStream, limit.Token).GetAwaiter().GetResult();
            silence.GetAwaiter().GetResult();
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            if (process.ExitCode != 0) throw new InvalidDataException($"{program} ended with {process.ExitCode} and gave no wrapping key: run it by hand to see why.");
            return output;
        }
        catch (OperationCanceledException)
        {
            throw new InvalidDataException($"{program} gave no wrapping key within {_patience.TotalSeconds:0.#} seconds: see whether what it asks can be reached.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new InvalidDataException($"{program} cannot be run: {fault.Message}.", fault);
        }
    }

    static async Task<string> ReadAsync(Stream output, CancellationToken ct)
    {
        var bytes = new byte[LongestOutput + 1];
        var length = await output.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return length <= LongestOutput ? Encoding.ASCII.GetString(bytes, 0, length)
            : throw new InvalidDataException("The program for the wrapping key writes more than a key: it may write the key in base64 and nothing else.");
    }
}
