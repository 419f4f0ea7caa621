using System.Security.Cryptography;

namespace Probity.Sealing;

/// <summary>
/// The key of one part of one deposit, handed on to somebody who has no slot of their own in it: by the custodian of identities, or by those who hold the shares of the recovery key. It opens that part
/// and nothing else.
/// </summary>
/// <param name="Deposit">The deposit.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Box">The part's key, sealed for whoever it is handed to.</param>
public sealed record Grant(Guid Deposit, PartKind Part, byte[] Box)
{
    /// <summary>Bytes of a box.</summary>
    public const int BoxSize = SealedPart.SlotSize;

    /// <summary>Hands a key on.</summary>
    public static Grant Seal(Guid deposit, PartKind part, SealingPublicKey to, ReadOnlySpan<byte> partKey) => new(deposit, part, to.Seal(Info(deposit, part), partKey));

    /// <summary>The part's key; null where it is handed to somebody else.</summary>
    public byte[]? Open(SealingKey key) => key.Open(Info(Deposit, Part), Box) is { Length: SecretBox.KeySize } opened ? opened : null;

    static byte[] Info(Guid deposit, PartKind part) => [.. "probity grant 1"u8, (byte)part, .. deposit.ToByteArray(bigEndian: true)];
}

/// <summary>A slot of the recovery key, as it leaves the node to be opened by those who hold the shares.</summary>
/// <param name="Deposit">The deposit.</param>
/// <param name="Report">The report that it belongs to.</param>
/// <param name="Book">SHA-256 of its book, in base64.</param>
/// <param name="Slot">The place of the slot.</param>
/// <param name="Box">The slot, in base64.</param>
public sealed record RecoverySlot(Guid Deposit, Guid Report, string Book, int Slot, string Box);

/// <summary>What is brought to those who hold the shares: the slots, for whom, and the proof that it was asked for on the record, where nobody can remove it.</summary>
/// <param name="Form"><see cref="CurrentForm"/>.</param>
/// <param name="To">The public key of whoever is to read, in base64.</param>
/// <param name="Receipt">The receipt (C2SP tlog-proof, with content) of the entry by which two people agreed to it.</param>
/// <param name="Slots">The slots.</param>
public sealed record RecoveryRequest(string Form, string To, string Receipt, IReadOnlyList<RecoverySlot> Slots)
{
    /// <summary>The form that this program writes.</summary>
    public const string CurrentForm = "probity-recovery-1";

    /// <summary>The most bytes of a request or its answer.</summary>
    public const int Longest = 32 << 20;

    /// <summary>Opens each slot with the recovery key and seals what is in it for whoever is to read. A slot that is not of this key is left out.</summary>
    /// <exception cref="FormatException">A box or key cannot be read.</exception>
    public RecoveryAnswer Open(SealingKey recovery)
    {
        var to = SealingPublicKey.Parse(To);
        var grants = new List<RecoveryGrant>();
        foreach (var slot in Slots)
        {
            var binding = new PartBinding(slot.Deposit, slot.Report, Convert.FromBase64String(slot.Book), PartKind.Content);
            if (recovery.Open(binding.Info(slot.Slot), Convert.FromBase64String(slot.Box)) is not { Length: SecretBox.KeySize } key) continue;
            grants.Add(new RecoveryGrant(slot.Deposit, Convert.ToBase64String(Grant.Seal(slot.Deposit, PartKind.Content, to, key).Box)));
            CryptographicOperations.ZeroMemory(key);
        }

        return new RecoveryAnswer(CurrentForm, grants);
    }

    /// <summary>Writes it as it is brought.</summary>
    public byte[] Write() => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(this, RecoveryJson.Default.RecoveryRequest);

    /// <summary>Reads it; null where it is none.</summary>
    public static RecoveryRequest? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= Longest && DepositJson.Read(bytes, RecoveryJson.Default.RecoveryRequest) is { Form: CurrentForm } read ? read : null;
}

/// <summary>One key that was handed on.</summary>
public sealed record RecoveryGrant(Guid Deposit, string Box);

/// <summary>What is brought back.</summary>
public sealed record RecoveryAnswer(string Form, IReadOnlyList<RecoveryGrant> Grants)
{
    /// <summary>Writes it as it is brought.</summary>
    public byte[] Write() => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(this, RecoveryJson.Default.RecoveryAnswer);

    /// <summary>Reads it; null where it is none.</summary>
    public static RecoveryAnswer? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= RecoveryRequest.Longest && DepositJson.Read(bytes, RecoveryJson.Default.RecoveryAnswer) is { Form: RecoveryRequest.CurrentForm } read ? read : null;
}

/// <summary>The form of what is brought to the holders of shares and back.</summary>
[System.Text.Json.Serialization.JsonSourceGenerationOptions(
    PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[System.Text.Json.Serialization.JsonSerializable(typeof(RecoveryRequest))]
[System.Text.Json.Serialization.JsonSerializable(typeof(RecoveryAnswer))]
internal sealed partial class RecoveryJson : System.Text.Json.Serialization.JsonSerializerContext;
