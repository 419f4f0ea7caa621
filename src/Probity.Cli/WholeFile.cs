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
        var part = path + ".part";
        using (var file = File.Create(part)) write(file);
        File.Move(part, path, overwrite: true);
    }
}
