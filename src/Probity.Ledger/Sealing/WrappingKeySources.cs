using System.Security.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>The three sources of a wrapping key, and which of them a folder of secrets has.</summary>
internal static class WrappingKeySources
{
    public const string File = "wrapping";
    public const string Command = "wrapping.command";
    public const string Variable = "PROBITY_WRAPPING_KEY";

    /// <summary>What the next key's source is called while a rotation is under way.</summary>
    public const string Next = ".next";

    public const string NextVariable = Variable + "_NEXT";

    /// <summary>The one source that is there, or null.</summary>
    /// <param name="folder">The folder of secrets.</param>
    /// <param name="withCommand">False where the folder may be a stranger's: nothing that it names is run.</param>
    /// <exception cref="InvalidDataException">There are two: which one is meant is not guessed.</exception>
    public static IWrappingKeySource? Find(string folder, bool withCommand = true)
    {
        var found = new List<IWrappingKeySource>();
        if (RegularFile.KindOf(Path.Combine(folder, File)) != FileKind.Absent) found.Add(new WrappingKeyFile(Path.Combine(folder, File)));
        if (withCommand && RegularFile.KindOf(Path.Combine(folder, Command)) != FileKind.Absent) found.Add(new WrappingKeyCommand(Path.Combine(folder, Command)));
        if (WrappingKeyVariable.IsSet(Variable)) found.Add(new WrappingKeyVariable(Variable));
        return found.Count <= 1 ? found.FirstOrDefault()
            : throw new InvalidDataException($"The wrapping key is in {found[0].Name} and in {found[1].Name}: keep one of them.");
    }

    /// <summary>The one source that is there.</summary>
    /// <exception cref="InvalidDataException">There is none, or there are two.</exception>
    public static IWrappingKeySource Of(string folder) => Find(folder)
        ?? throw new InvalidDataException(
            $"There is no wrapping key: put the file {Path.Combine(folder, File)} back from the copy of the folder of secrets, set {Variable}, or name a program in {Path.Combine(folder, Command)}.");

    /// <summary>What the key after this one comes from, where somebody has prepared that; null where one is to be made.</summary>
    public static IWrappingKeySource? NextOf(string folder) =>
        RegularFile.KindOf(Path.Combine(folder, Command + Next)) != FileKind.Absent ? new WrappingKeyCommand(Path.Combine(folder, Command + Next))
        : RegularFile.KindOf(Path.Combine(folder, File + Next)) != FileKind.Absent ? new WrappingKeyFile(Path.Combine(folder, File + Next))
        : WrappingKeyVariable.IsSet(NextVariable) ? new WrappingKeyVariable(NextVariable)
        : null;

    /// <summary>The key in a text: 32 bytes in base64, white space around it aside.</summary>
    public static byte[] Parse(string text, string name)
    {
        byte[] key;
        try
        {
            key = StrictBase64.Decode(text.Trim());
        }
        catch (FormatException)
        {
            throw Malformed(name);
        }

        if (key.Length == WrappingKey.Size) return key;
        CryptographicOperations.ZeroMemory(key);
        throw Malformed(name);
    }

    static InvalidDataException Malformed(string name) =>
        new($"{name} does not give a wrapping key, which is {WrappingKey.Size} bytes in base64: put the right one back.");
}

/// <summary>A wrapping key in a file, readable by its owner alone.</summary>
internal sealed class WrappingKeyFile(string file) : IWrappingKeySource
{
    const int Longest = 4_096;

    public string File => file;

    public string Name => $"the file {file}";

    public byte[] Read() => WrappingKeySources.Parse(RegularFile.ReadText(file, Longest), Name);
}

/// <summary>A wrapping key in a variable of the environment.</summary>
internal sealed class WrappingKeyVariable(string variable) : IWrappingKeySource
{
    public string Name => $"the variable {variable}";

    public static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    public byte[] Read() => WrappingKeySources.Parse(Environment.GetEnvironmentVariable(variable) ?? "", Name);
}
