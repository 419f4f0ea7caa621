namespace Probity.Cli;

/// <summary>Writes a file whole or not at all: it appears under its name only when complete.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        var part = path + ".part";
        File.WriteAllText(part, text);
        File.Move(part, path, overwrite: true);
    }
}
