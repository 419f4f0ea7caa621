using System.Security.Cryptography;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Photographing;

/// <summary>
/// Keeps a photograph as it was taken, byte for byte, on the record, where it is as safe as the rest and is erased with its case. It is never opened
/// here, only its first bytes are looked at.
/// </summary>
internal sealed class KeepPhoto(ExhibitDesk desk)
{
    /// <summary>The most bytes of one photograph: what a telephone takes at its best.</summary>
    public const int MaxBytes = 12 * 1024 * 1024;

    /// <summary>The most photographs of one exhibit.</summary>
    public const int MaxPhotos = 400;

    // In base64 and JSON it stays under the most that an entry holds.
    const int PartBytes = 2 * 1024 * 1024;

    public const string NotChosen = "exhibits.photo-not-chosen";
    public const string NotAPhoto = "exhibits.not-a-photo";
    public const string TooLarge = "exhibits.photo-too-large";
    public const string TooMany = "exhibits.too-many-photos";

    /// <param name="Exhibit">What it shows.</param>
    /// <param name="Photo">Its id, made by whoever sends it.</param>
    /// <param name="Bytes">The file.</param>
    /// <param name="About">What is to be seen, in a few words.</param>
    internal sealed record Command(Guid Exhibit, Guid Photo, byte[] Bytes, string? About);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        if (facts.Exhibit.Photos.Any(p => p.Id == command.Photo)) return Decision.Accept();
        if (command.Bytes.Length > MaxBytes) return Decision.Refuse(TooLarge);
        if (facts.Exhibit.Photos.Length >= MaxPhotos) return Decision.Refuse(TooMany);
        if (MediaTypeOf(command.Bytes) is not { } type) return Decision.Refuse(NotAPhoto);
        if (ExhibitTexts.Refuses(command.About, ExhibitTexts.MaxLine) is { } unfit) return unfit;
        var parts = command.Bytes.Chunk(PartBytes).ToList();
        return Decision.Accept([
            facts.Exhibit.File(new PhotoKept(
                command.Photo, type, command.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(command.Bytes)), parts.Count, ExhibitTexts.Kept(command.About))),
            .. parts.Select(part => Exhibit.FilingOf(StreamOf(command.Exhibit, command.Photo), facts.Exhibit.Case, new PhotoPart(Convert.ToBase64String(part))))]);
    }

    /// <summary>The stream of a photograph's parts.</summary>
    public static Guid StreamOf(Guid exhibit, Guid photo) => Streams.Derive(exhibit, $"photograph/{photo:D}");

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Photograph, facts => Decide(command, facts), cancel);

    /// <summary>What kind of picture it is by its first bytes, or null: JPEG, PNG, WebP, or HEIC as telephones write it.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : bytes.Length > 12 && bytes[..4].SequenceEqual("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) && (bytes[8..12].SequenceEqual("heic"u8) || bytes[8..12].SequenceEqual("mif1"u8)) ? "image/heic"
        : null;
}
