using System.Security.Cryptography;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Photographing;

/// <summary>
/// Keeps a photograph as it was taken, byte for byte, on the record, where it is as safe as the rest and is erased with its case. Its file has to be that of
/// a picture (<see cref="PictureFile"/>), and the same picture is kept once: whoever was alone shows each thing by a picture of its own.
/// </summary>
internal sealed class KeepPhoto(ExhibitDesk desk, TransparencyLog log)
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
    public const string TooSmall = "exhibits.photo-too-small";

    /// <summary>It does not say for what: whoever tries learns nothing of another case.</summary>
    public const string Used = "exhibits.photo-used";

    /// <param name="Exhibit">What it shows.</param>
    /// <param name="Photo">Its id, made by whoever sends it.</param>
    /// <param name="Bytes">The file.</param>
    /// <param name="About">What is to be seen, in a few words.</param>
    internal sealed record Command(Guid Exhibit, Guid Photo, byte[] Bytes, string? About);

    /// <param name="command">What was sent.</param>
    /// <param name="picture">What its file says; null where it is none.</param>
    /// <param name="isListed">Whether the same picture is on the record.</param>
    /// <param name="facts">The exhibit.</param>
    public static Decision Decide(Command command, Picture? picture, bool isListed, ExhibitFacts facts)
    {
        if (command.Bytes.Length > MaxBytes) return Decision.Refuse(TooLarge);
        var sha256 = SumOf(command.Bytes);
        if (facts.Exhibit.Photos.FirstOrDefault(p => p.Id == command.Photo) is { } kept) return kept.Sha256 == sha256 ? Decision.Accept() : Decision.Refuse(Used);
        if (facts.Exhibit.Photos.Length >= MaxPhotos) return Decision.Refuse(TooMany);
        if (picture is null) return Decision.Refuse(NotAPhoto);
        if (picture.Width < PictureFile.LeastSide || picture.Height < PictureFile.LeastSide) return Decision.Refuse(TooSmall);
        if (isListed || facts.Exhibit.Photos.Any(p => p.Sha256 == sha256)) return Decision.Refuse(Used);
        if (ExhibitTexts.Refuses(command.About, ExhibitTexts.MaxLine) is { } unfit) return unfit;
        var parts = command.Bytes.Chunk(PartBytes).ToList();
        return Decision.Accept([
            facts.Exhibit.File(new PhotoKept(command.Photo, picture.MediaType, command.Bytes.Length, sha256, parts.Count, ExhibitTexts.Kept(command.About))),
            Exhibit.FilingOf(ListOf(picture.Sum).Value, facts.Exhibit.Case, new PictureListed(command.Exhibit, command.Photo)),
            .. parts.Select(part => Exhibit.FilingOf(StreamOf(command.Exhibit, command.Photo), facts.Exhibit.Case, new PhotoPart(Convert.ToBase64String(part))))]);
    }

    /// <summary>The sum of a file as it is recorded.</summary>
    public static string SumOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The stream that a picture has by what it shows. It outlives the case: the picture stands for nothing else after it was erased, either.</summary>
    public static StreamId ListOf(string sum) => new(Streams.Derive(Guid.Empty, "picture/" + sum));

    /// <summary>The stream of a photograph's parts.</summary>
    public static Guid StreamOf(Guid exhibit, Guid photo) => Streams.Derive(exhibit, $"photograph/{photo:D}");

    /// <summary>The photograph of an exhibit with these bytes that stands for nothing yet, or for this act; or null. A form that was refused has kept it already.</summary>
    public async Task<Guid?> FindAsync(Guid exhibit, Guid act, byte[] bytes, CancellationToken cancel) =>
        (await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(exhibit), cancel)).PhotoFor(act, SumOf(bytes))?.Id;

    /// <summary>Whether a person has kept this photograph of an exhibit, and it stands for nothing but this act.</summary>
    public async Task<bool> IsFreeAsync(Guid person, Guid exhibit, Guid act, Guid photo, CancellationToken cancel) =>
        await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(exhibit), cancel) is var known && known.Photos.Any(p => p.Id == photo && p.By == person) && known.ActsBy(photo).All(a => a == act);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var picture = command.Bytes.Length > MaxBytes ? null : PictureFile.Read(command.Bytes);
        return desk.RunAsync(person, command.Exhibit, ExhibitAction.Photograph, async (session, facts) => Decide(
            command, picture, picture is not null && await session.CountAsync(ListOf(picture.Sum), cancel) > 0, facts), cancel);
    }
}
