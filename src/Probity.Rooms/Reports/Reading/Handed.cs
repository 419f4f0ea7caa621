using Probity.Sealing;

namespace Probity.Reports.Reading;

/// <summary>Parts of deposits whose key was handed on.</summary>
internal static class Handed
{
    /// <summary>The part's own key; null where the box is somebody else's, of another part, or none.</summary>
    public static byte[]? OpenKey(Guid deposit, PartKind part, string box, SealingKey key)
    {
        var bytes = new byte[Grant.BoxSize];
        return Convert.TryFromBase64String(box, bytes, out var length) && length == bytes.Length ? new Grant(deposit, part, bytes).Open(key) : null;
    }

    /// <summary>What the part says; null where it does not open.</summary>
    public static byte[]? Open(Deposit deposit, PartKind part, string box, SealingKey key) =>
        OpenKey(deposit.Id, part, box, key) is { } partKey ? (part == PartKind.Content ? deposit.Content : deposit.Identity).OpenBody(deposit.Binding(part), partKey) : null;
}
