namespace Probity.Cli;

/// <summary>Writes a file whole or not at all: it appears under its name only when complete.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    public static void Write(string path, Action<Stream> write)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"there is no folder {folder} to write {Path.GetFileName(path)} into; make it first");
        var part = path + ".part";
        using (var file = File.Create(part)) write(file);
        File.Move(part, path, overwrite: true);
    }
}
