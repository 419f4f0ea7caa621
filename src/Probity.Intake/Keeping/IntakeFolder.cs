using Probity.Sealing;

namespace Probity.Intake.Keeping;

/// <summary>
/// What the reporter's side has beside its record, in the same folder: <c>book.json</c> (whom reports are sealed for), <c>files/</c> (sealed attachments), <c>published</c> (the
/// newest published checkpoint), <c>served</c> (empty; its time is when the folder was first served), <c>exchange.pfx</c> (the certificate that it shows the node) and <c>node</c> (the SHA-256 of the certificate that the node shows).
/// </summary>
public sealed class IntakeFolder
{
    readonly string _root;

    /// <summary>Names a folder.</summary>
    public IntakeFolder(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(FilesFolder);
    }

    /// <summary>Sealed attachments.</summary>
    public string FilesFolder => Path.Combine(_root, "files");

    /// <summary>The certificate of the exchange, with its key.</summary>
    public string CertificateFile => Path.Combine(_root, "exchange.pfx");

    /// <summary>Which certificate the node shows.</summary>
    public string NodeFile => Path.Combine(_root, "node");

    string BookFile => Path.Combine(_root, "book.json");

    string ServedFile => Path.Combine(_root, "served");

    string PublishedFile => Path.Combine(_root, "published");

    /// <summary>Where a sealed file lies.</summary>
    public string FileOf(Guid file) => Path.Combine(FilesFolder, file.ToString("N"));

    /// <summary>The book in force; null where the node has not handed one over.</summary>
    /// <exception cref="FormatException">The file holds none.</exception>
    public RecipientBook? ReadBook() => File.Exists(BookFile) ? RecipientBook.Read(File.ReadAllBytes(BookFile)) : null;

    /// <summary>Keeps the book, whole or not at all.</summary>
    public void WriteBook(ReadOnlySpan<byte> book) => Replace(BookFile, book);

    /// <summary>The newest published checkpoint; null before the first.</summary>
    public string? ReadPublished() => File.Exists(PublishedFile) ? File.ReadAllText(PublishedFile) : null;

    /// <summary>When it was published, UTC; null before the first.</summary>
    public DateTimeOffset? PublishedAt => File.Exists(PublishedFile) ? new DateTimeOffset(File.GetLastWriteTimeUtc(PublishedFile), TimeSpan.Zero) : null;

    /// <summary>Since when the folder is served, UTC: now, where it never was.</summary>
    public DateTimeOffset ServedSince(DateTimeOffset now)
    {
        if (!File.Exists(ServedFile))
        {
            Replace(ServedFile, []);
            File.SetLastWriteTimeUtc(ServedFile, now.UtcDateTime);
        }

        return new DateTimeOffset(File.GetLastWriteTimeUtc(ServedFile), TimeSpan.Zero);
    }

    /// <summary>Publishes a checkpoint.</summary>
    public void Publish(string note, DateTimeOffset now)
    {
        Replace(PublishedFile, System.Text.Encoding.UTF8.GetBytes(note));
        File.SetLastWriteTimeUtc(PublishedFile, now.UtcDateTime);
    }

    /// <summary>The SHA-256 of the node's certificate, in hexadecimal; null where no node was named.</summary>
    public string? ReadNode() => File.Exists(NodeFile) ? File.ReadAllText(NodeFile).Trim().ToLowerInvariant() : null;

    /// <summary>Removes what uploads left that never ended: their keys were in the memory of a process that is gone.</summary>
    public void RemoveUnfinished()
    {
        foreach (var file in Directory.EnumerateFiles(FilesFolder, "*.part")) File.Delete(file);
    }

    static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var part = path + ".part";
        using (var file = File.Create(part))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
