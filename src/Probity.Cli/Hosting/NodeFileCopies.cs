using System.ComponentModel;
using Probity.Reports.Files;
using Probity.Stripping;
using Probity.Stripping.Confining;

namespace Probity.Cli.Hosting;

/// <summary>Copies of files that were sent along, made in a process of this program that is shut in, as the room of reports asks for them.</summary>
internal sealed class NodeFileCopies(StripperProcess stripper) : IFileCopies
{
    /// <summary>The code of a machine that cannot shut in what reads strangers' files.</summary>
    public const string Unconfined = "unconfined";

    // What a process may take for a small file, and how much more for a large one: it holds the whole of it, and grows by doubling.
    const long UsualMemory = 1L << 30;
    const long MemoryOfLarge = 2L << 30;
    const long Large = 128L << 20;
    const long BytesPerSecond = 4L << 20;

    public async Task<CopyMade> MakeAsync(Stream file, long length, Stream copy, CancellationToken cancel)
    {
        try
        {
            var made = await stripper.StripAsync(file, copy, LimitsOf(length), cancel);
            if (made.Result.Cleaned && made.Missing.Contains(ConfinementPieces.Seccomp)) return new CopyMade(null, [], Unconfined);
            return new CopyMade(made.Result.Kind, made.Result.Taken, made.Result.Refusal);
        }
        catch (Win32Exception)
        {
            // It did not even start.
            return new CopyMade(null, [], StripRefusals.Broken);
        }
    }

    static StripLimits LimitsOf(long length) => StripLimits.Default with
    {
        MostInput = (int)ReportFile.LongestToCopy, MostOutput = ReportFile.LongestToCopy, MostMemory = length > Large ? MemoryOfLarge : UsualMemory,
        MostTime = StripLimits.Default.MostTime + TimeSpan.FromSeconds(length / BytesPerSecond),
    };
}
