using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Probity.Stripping.Confining;

namespace Probity.Stripping;

/// <summary>The program that cleans one file, shut in. <see cref="StripperProcess"/> starts it; a person has no use for it.</summary>
public static class StripperProgram
{
    /// <summary>Confines this process for good, then reads a file from standard input, and writes its copy to standard output and one line about it to standard error.</summary>
    /// <param name="arguments">What <see cref="StripperProcess"/> put behind the verb.</param>
    /// <returns>0 for a copy, 1 for a refusal, 2 for wrong arguments.</returns>
    /// <remarks>The line is a JSON object with kind, taken, refusal and missing. All three must be pipes: a confined process writes no file.</remarks>
    public static int Run(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        // The console's streams would make ready what they need with the first byte, when nothing can be made any more.
        using var input = Standard(0, FileAccess.Read);
        using var output = Standard(1, FileAccess.Write);
        using var report = Standard(2, FileAccess.Write);
        if (arguments is not [var written] || Read(written) is not { } limits)
        {
            report.Write("This verb is used by the program itself, to clean files apart from everything else.\n"u8);
            return 2;
        }
        // A line made once: what it needs has been loaded when nothing can be loaded any more.
        _ = Line(new("text", [Taken.Exif], null), []);
        var missing = Confinement.Apply(limits);
        var result = MetadataStripper.Strip(input, output, limits);
        report.Write(Line(result, missing));
        return result.Cleaned ? 0 : 1;
    }

    static FileStream Standard(int number, FileAccess access) => new(new SafeFileHandle(number, ownsHandle: false), access, bufferSize: 0);

    internal static string Write(StripLimits limits) => string.Create(CultureInfo.InvariantCulture,
        $"{limits.MostInput},{limits.MostOutput},{limits.MostUnpacked},{limits.MostRatio},{limits.MostParts},{limits.MostDepth},{limits.MostNested},{(long)limits.MostTime.TotalSeconds},{limits.MostMemory}");

    static StripLimits? Read(string written)
    {
        var numbers = written.Split(',').Select(n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return numbers is [>= 0 and <= int.MaxValue, >= 0, >= 0, >= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue, >= 0 and <= int.MaxValue, >= 1 and <= 86400, >= 1]
            ? new StripLimits
            {
                MostInput = (int)numbers[0],
                MostOutput = numbers[1],
                MostUnpacked = numbers[2],
                MostRatio = (int)numbers[3],
                MostParts = (int)numbers[4],
                MostDepth = (int)numbers[5],
                MostNested = (int)numbers[6],
                MostTime = TimeSpan.FromSeconds(numbers[7]),
                MostMemory = numbers[8],
            }
            : null;
    }

    static byte[] Line(StripResult result, IReadOnlyList<string> missing)
    {
        var to = new MemoryStream();
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteString("kind", result.Kind);
            List("taken", result.Taken);
            json.WriteString("refusal", result.Refusal);
            List("missing", missing);
            json.WriteEndObject();

            void List(string name, IReadOnlyList<string> items)
            {
                json.WriteStartArray(name);
                foreach (var item in items)
                    json.WriteStringValue(item);
                json.WriteEndArray();
            }
        }
        return [.. to.ToArray(), (byte)'\n'];
    }
}
