using System.Diagnostics;
using System.Globalization;
using Probity.Lens.Logs;

namespace Probity.Benchmarks.Lens;

/// <summary>The peak memory of one read, in a process of its own: this one has done other things before.</summary>
internal static class PeakMemory
{
    const string Asked = "PROBITY_BENCH_READ";

    /// <summary>Megabytes.</summary>
    public static double OfChild(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Under `dotnet x.dll` the process is dotnet, and needs to be told the assembly.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(PeakMemory).Assembly.Location);
        start.Environment[Asked] = Path.Combine(folder, "logs", "roadfines.xes.gz");
        using var child = Process.Start(start)!;
        var peak = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(peak, CultureInfo.InvariantCulture);
    }

    /// <summary>In the child: reads, prints its peak, and says that this was all.</summary>
    public static bool Answered()
    {
        if (Environment.GetEnvironmentVariable(Asked) is not { } path) return false;
        var log = LogReader.Read(path);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64 / 1e6:0.0}"));
        GC.KeepAlive(log);
        return true;
    }
}
