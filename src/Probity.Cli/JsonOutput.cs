using System.Text.Encodings.Web;
using System.Text.Json;

namespace Probity.Cli;

/// <summary>Writes a verb's JSON to a file, or to standard output for <c>-</c>. Names are camelCase.</summary>
internal static class JsonOutput
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes <paramref name="value"/> whole or not at all: a file appears under its name only when complete.</summary>
    public static void Write<T>(string target, T value)
    {
        if (target == "-")
        {
            using var output = Console.OpenStandardOutput();
            JsonSerializer.Serialize(output, value, Options);
            output.WriteByte((byte)'\n');
            return;
        }

        var part = target + ".part";
        using (var file = File.Create(part)) JsonSerializer.Serialize(file, value, Options);
        File.Move(part, target, overwrite: true);
    }
}
