using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Why a log is continued by another.</summary>
public enum SuccessionCause
{
    /// <summary><c>rolled-back</c>: witnesses have seen more than the log holds.</summary>
    RolledBack,

    /// <summary><c>forked</c>: the log's key has signed two histories.</summary>
    Forked,

    /// <summary><c>signing-key-stolen</c>: somebody else can sign as the log.</summary>
    SigningKeyStolen,

    /// <summary><c>other</c>: the reason in words says it.</summary>
    Other,
}

/// <summary>
/// The ledger's own entry: from here on this log continues another one, whose entries are all those before it. It stands in
/// <see cref="Stream"/> and in a compartment that is never erased. Its payload is UTF-8 JSON: <c>origin</c>, <c>key</c> (vkey), <c>size</c>,
/// <c>root</c> and <c>note</c> of the other log's last checkpoint, <c>cause</c>, <c>reason</c>, <c>by</c> if somebody is named,
/// <c>witnessed</c> (<c>size</c>, <c>root</c>, <c>note</c>) if a witness shows a checkpoint that this history does not hold, and <c>lost</c>,
/// how many entries that counts beyond these, if any; in this order and no other member.
/// </summary>
/// <param name="Predecessor">The other log.</param>
/// <param name="Cause">Why it could not go on.</param>
/// <param name="Reason">The same in words, 1 to <see cref="LongestReason"/> characters on one line.</param>
/// <param name="By">Who decided it, or null.</param>
/// <param name="Witnessed">The whole text of the checkpoint of the other log that a witness shows and this history does not hold; or null.</param>
public sealed record Succeeded(Predecessor Predecessor, SuccessionCause Cause, string Reason, string? By, string? Witnessed)
{
    /// <summary>The entry's type. No caller may append it.</summary>
    public const string Type = "ledger.succeeded.v1";

    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 2_000;

    /// <summary>The most characters of who decided.</summary>
    public const int LongestBy = 200;

    static readonly Guid Own = new("1ed6e700-0000-8000-8000-000000000002");
    static readonly (SuccessionCause Cause, string Text)[] Causes =
    [
        (SuccessionCause.RolledBack, "rolled-back"), (SuccessionCause.Forked, "forked"),
        (SuccessionCause.SigningKeyStolen, "signing-key-stolen"), (SuccessionCause.Other, "other"),
    ];

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The stream of all these entries, in every log.</summary>
    public static StreamId Stream { get; } = new(Own);

    /// <summary>What these entries are encrypted under; it is never erased.</summary>
    public static CompartmentId Compartment { get; } = new(Own);

    /// <summary>Every cause, as it is written.</summary>
    public static IReadOnlyList<string> CauseNames { get; } = [.. Causes.Select(one => one.Text)];

    /// <summary>A cause from its name, or null.</summary>
    public static SuccessionCause? FindCause(string name) =>
        Causes.Where(one => one.Text == name).Select(one => (SuccessionCause?)one.Cause).FirstOrDefault();

    /// <summary>A cause's name.</summary>
    public static string NameOf(SuccessionCause cause) => Causes.Single(one => one.Cause == cause).Text;

    /// <summary>What <see cref="Witnessed"/> says, or null.</summary>
    public Checkpoint? WitnessedCheckpoint { get; } = Witnessed is null ? null : Open(Witnessed, Predecessor.Key);

    /// <summary>How many entries the witnessed checkpoint counts beyond those that are here: so many are lost at least. Null where it counts no more.</summary>
    public long? Lost => WitnessedCheckpoint is { } seen && seen.Size > Predecessor.Size ? seen.Size - Predecessor.Size : null;

    /// <summary>Whether a text can be a reason, or say who: not empty, not too long, on one line.</summary>
    public static bool IsText(string text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl) && SignedNote.IsUnicode(text);

    /// <summary>The payload's bytes.</summary>
    public byte[] Encode()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        json.WriteStartObject();
        json.WriteString("origin", Predecessor.Key.Name);
        json.WriteString("key", Predecessor.Key.ToString());
        Write(json, Predecessor.Last, Predecessor.Note);
        json.WriteString("cause", NameOf(Cause));
        json.WriteString("reason", Reason);
        if (By is not null) json.WriteString("by", By);
        if (WitnessedCheckpoint is { } seen)
        {
            json.WriteStartObject("witnessed");
            Write(json, seen, Witnessed!);
            json.WriteEndObject();
        }

        if (Lost is { } lost) json.WriteNumber("lost", lost);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a payload; accepts only the bytes that <see cref="Encode"/> writes.</summary>
    /// <exception cref="FormatException">The bytes are not such a payload.</exception>
    public static Succeeded Decode(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 2 });
            var root = json.RootElement;
            var read = new Succeeded(
                Predecessor.Open(Text(root, "key")!, Text(root, "note")!),
                FindCause(Text(root, "cause")!) ?? throw Malformed(), Text(root, "reason")!, Text(root, "by"),
                root.TryGetProperty("witnessed", out var seen) ? Text(seen, "note") : null);
            // One comparison covers every member, and that there is no other.
            if (IsText(read.Reason, LongestReason) && (read.By is null || IsText(read.By, LongestBy)) && payload.Span.SequenceEqual(read.Encode())) return read;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Said below.
        }

        throw Malformed();
    }

    static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    static void Write(Utf8JsonWriter json, Checkpoint checkpoint, string note)
    {
        json.WriteNumber("size", checkpoint.Size);
        json.WriteString("root", checkpoint.Root.ToString());
        json.WriteString("note", note);
    }

    static Checkpoint Open(string note, VerifierKey key)
    {
        try
        {
            return Checkpoint.Open(SignedNote.Parse(note), key).Checkpoint;
        }
        catch (InvalidSignatureException fault)
        {
            throw new FormatException($"The checkpoint that a witness shows is not signed by {key.Name}: {fault.Message}", fault);
        }
    }

    static FormatException Malformed() => new($"The payload of an entry '{Type}' does not say which log is continued.");
}
