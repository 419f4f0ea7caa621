namespace Probity.Ledger;

/// <summary>
/// Where a node gets its wrapping key from: a file, a variable of the environment, or a command, which is the seam to a hardware module
/// (PKCS#11), a key service or a vault. Asked once, when the node starts.
/// </summary>
public interface IWrappingKeySource
{
    /// <summary>Where that is, in words for an error.</summary>
    string Name { get; }

    /// <summary>The key's 32 bytes. The caller wipes them; they are never logged.</summary>
    /// <exception cref="InvalidDataException">There is no key, or what is there is none; the message says what to do.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    byte[] Read();
}
