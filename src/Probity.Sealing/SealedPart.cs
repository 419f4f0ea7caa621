using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Sealing;

/// <summary>Which of the two parts of a deposit something is.</summary>
public enum PartKind : byte
{
    /// <summary>What was reported, for those who handle it.</summary>
    Content = 1,

    /// <summary>Who reports it, for the custodian of identities.</summary>
    Identity = 2,
}

/// <summary>What a sealed part is bound to: it opens nowhere else.</summary>
/// <param name="Deposit">The deposit.</param>
/// <param name="Report">The report that it belongs to.</param>
/// <param name="Book">SHA-256 of the book that names the recipients, in the order of the slots.</param>
/// <param name="Kind">Which part of it.</param>
public sealed record PartBinding(Guid Deposit, Guid Report, ReadOnlyMemory<byte> Book, PartKind Kind)
{
    internal byte[] Info(int slot)
    {
        Span<byte> place = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)slot);
        return [.. Encoding.ASCII.GetBytes("probity slot 1"), .. Common(), .. place];
    }

    internal byte[] Body(IReadOnlyList<byte[]> slots)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var slot in slots) hash.AppendData(slot);
        return [.. Encoding.ASCII.GetBytes("probity part 1"), .. Common(), .. hash.GetHashAndReset()];
    }

    byte[] Common() => [(byte)Kind, .. Deposit.ToByteArray(bigEndian: true), .. Report.ToByteArray(bigEndian: true), .. Book.Span];
}

/// <summary>
/// A text that each of several people can open: sealed with a key of its own, and that key sealed for each (HPKE). Everybody in the book has a slot. Who must never read it
/// has one that holds a random key for nobody: the slots do not tell who is left out, not even to those who are.
/// </summary>
/// <param name="Slots">A slot for each holder of the book, in its order, and one for the recovery key.</param>
/// <param name="Body">The padded text under the part's own key.</param>
public sealed record SealedPart(IReadOnlyList<byte[]> Slots, byte[] Body)
{
    /// <summary>Bytes of a slot.</summary>
    public const int SlotSize = Hpke.Overhead + SecretBox.KeySize;

    static ReadOnlySpan<byte> BodyKey => "probity body 1"u8;

    /// <summary>Seals a padded text; a null among the readers is somebody who must not open it.</summary>
    /// <returns>The part; its key is wiped.</returns>
    public static SealedPart Seal(PartBinding binding, IReadOnlyList<SealingPublicKey?> readers, ReadOnlySpan<byte> padded)
    {
        var key = RandomNumberGenerator.GetBytes(SecretBox.KeySize);
        var slots = new byte[readers.Count][];
        for (var i = 0; i < slots.Length; i++) slots[i] = readers[i]?.Seal(binding.Info(i), key) ?? Decoy(binding.Info(i));
        var bodyKey = SecretBox.Derive(key, BodyKey);
        var part = new SealedPart(slots, SecretBox.Seal(bodyKey, binding.Body(slots), padded));
        CryptographicOperations.ZeroMemory(bodyKey);
        CryptographicOperations.ZeroMemory(key);
        return part;
    }

    /// <summary>The part's own key, from the slot of whoever holds a private key; null where the slot is not theirs.</summary>
    public byte[]? OpenSlot(PartBinding binding, int slot, SealingKey key) =>
        slot >= 0 && slot < Slots.Count && key.Open(binding.Info(slot), Slots[slot]) is { Length: SecretBox.KeySize } opened ? opened : null;

    /// <summary>The text, with the part's own key; null where it is not what was sealed.</summary>
    public byte[]? OpenBody(PartBinding binding, ReadOnlySpan<byte> partKey)
    {
        var bodyKey = SecretBox.Derive(partKey, BodyKey);
        var padded = SecretBox.Open(bodyKey, binding.Body(Slots), Body);
        CryptographicOperations.ZeroMemory(bodyKey);
        return padded is null ? null : Padding.Strip(padded);
    }

    // Made as a real one is, so that it takes as long and looks the same: the other half of its key is nowhere.
    static byte[] Decoy(byte[] info)
    {
        using var nobody = SealingKey.Generate();
        return nobody.Public.Seal(info, RandomNumberGenerator.GetBytes(SecretBox.KeySize));
    }
}
