namespace Probity.Reports.Files;

/// <summary>A copy of a file that was made, or why there is none.</summary>
/// <param name="Kind">What the file is by its content, as <see cref="CopyKind"/> names it; null where that was not found.</param>
/// <param name="Taken">What the copy lacks, as codes.</param>
/// <param name="Refusal">Why there is no copy, as a code; null where there is one.</param>
internal sealed record CopyMade(string? Kind, IReadOnlyList<string> Taken, string? Refusal);

/// <summary>Makes copies of files that show the same and tell nothing of author, place, device and time, in a process that is shut in. The host brings it.</summary>
internal interface IFileCopies
{
    /// <summary>Makes one. Where the answer is a refusal, what <paramref name="copy"/> holds is of no use.</summary>
    /// <param name="file">The file, as it was sent.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="copy">Takes the copy.</param>
    /// <param name="cancel">Gives up.</param>
    Task<CopyMade> MakeAsync(Stream file, long length, Stream copy, CancellationToken cancel);
}
