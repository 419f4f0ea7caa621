using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using HashAlgorithmName = System.Security.Cryptography.HashAlgorithmName;

namespace Probity.Tests.Records;

/// <summary>
/// What must not be found any more: canaries in every form that they might have been written in, and the keys of what was erased. The
/// keys are computed here from their description (FORMATS of the ledger), not by the ledger.
/// </summary>
internal sealed class Traces
{
    readonly List<(string What, byte[] Bytes)> _needles = [];

    /// <summary>A text: UTF-8, UTF-16 in both orders, and of the UTF-8 bytes hexadecimal and base64 in its three alignments.</summary>
    public void AddText(string canary)
    {
        _needles.Add((canary + " as UTF-8", Encoding.UTF8.GetBytes(canary)));
        _needles.Add((canary + " as UTF-16LE", Encoding.Unicode.GetBytes(canary)));
        _needles.Add((canary + " as UTF-16BE", Encoding.BigEndianUnicode.GetBytes(canary)));
        AddForms(canary, Encoding.UTF8.GetBytes(canary));
    }

    /// <summary>Bytes: as they are, hexadecimal and base64.</summary>
    public void AddBytes(string what, byte[] bytes)
    {
        _needles.Add((what, bytes));
        AddForms(what, bytes);
    }

    void AddForms(string what, byte[] bytes)
    {
        _needles.Add((what + " in hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes))));
        _needles.Add((what + " in HEXADECIMAL", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))));
        for (var before = 0; before < 3; before++)
        {
            // Of each alignment the characters that depend on these bytes alone.
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var (from, to) = ((before * 8 + 5) / 6, (before + bytes.Length) * 8 / 6);
            _needles.Add(($"{what} in base64, {before} after", Encoding.ASCII.GetBytes(text[from..to])));
        }
    }

    /// <summary>The keys of a compartment as they stand now: its key, what is derived from it for these records, and its wrapped bytes.</summary>
    public void AddKeys(string what, (int Version, byte[] Wrapped) row, byte[] wrappingKey, Guid compartment, IEnumerable<long> indexes)
    {
        var wrapped = row.Wrapped;
        var place = new byte[20];
        compartment.ToByteArray(bigEndian: true).CopyTo(place, 0);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(16), row.Version);
        using var wrapping = Key.Import(AeadAlgorithm.XChaCha20Poly1305, wrappingKey, KeyBlobFormat.RawSymmetricKey);
        var key = AeadAlgorithm.XChaCha20Poly1305.Decrypt(wrapping, wrapped.AsSpan(0, 24), place, wrapped.AsSpan(24));
        Assert.NotNull(key);
        AddBytes($"the wrapped key of {what}", wrapped);
        AddBytes($"the key of {what}", key);
        var extracted = HKDF.Extract(HashAlgorithmName.SHA256, key, []);
        AddBytes($"the extracted key of {what}", extracted);
        AddBytes($"the payload key of {what}", HKDF.Expand(HashAlgorithmName.SHA256, extracted, 32, "probity payload 1"u8.ToArray()));
        foreach (var index in indexes)
        {
            var info = new byte[8 + "probity salt 1".Length];
            Encoding.ASCII.GetBytes("probity salt 1").CopyTo(info, 0);
            BinaryPrimitives.WriteInt64BigEndian(info.AsSpan(info.Length - 8), index);
            AddBytes($"the salt of record {index} of {what}", HKDF.Expand(HashAlgorithmName.SHA256, extracted, 32, info));
        }
    }

    public int Count => _needles.Count;

    /// <summary>What is found in these bytes.</summary>
    public IEnumerable<string> In(string where, byte[] bytes) =>
        _needles.Where(needle => bytes.AsSpan().IndexOf(needle.Bytes) >= 0).Select(needle => $"{where}: {needle.What}");

    /// <summary>What is found in all files below a folder; the lock of a node that runs is open to nobody else, and empty.</summary>
    public IReadOnlyList<string> InFolder(string folder)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetFileName(file) != "lock" || new FileInfo(file).Length > 0).SelectMany(file => In(file, Read(file)))];
            }
            catch (IOException) when (again < 50)
            {
                // The node that runs there was writing its newest checkpoint, or has renamed it: the whole folder is looked at anew.
                Thread.Sleep(20);
            }
        }
    }

    public static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
