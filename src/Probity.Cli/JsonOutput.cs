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

        WholeFile.Write(target, file => JsonSerializer.Serialize(file, value, Options));
    }

    /// <summary>
    /// Lets a verb write JSON too long to hold, whole or not at all; it calls <see cref="Utf8JsonWriter.Flush"/> as it goes.
    /// </summary>
    public static void Stream(string target, Action<Utf8JsonWriter> write)
    {
        if (target == "-")
        {
            using var output = Console.OpenStandardOutput();
            To(output);
            output.WriteByte((byte)'\n');
            return;
        }

        WholeFile.Write(target, To);

        void To(Stream output)
        {
            using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Options.Encoder });
            write(writer);
        }
    }
}
