using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Probity.Sealing;

/// <summary>What somebody in the book is to reports.</summary>
public enum HolderPart
{
    /// <summary>Handles reports: the integrity office.</summary>
    Integrity,

    /// <summary>Watches over them, and handles those that the integrity office must not see.</summary>
    Overseer,

    /// <summary>Keeps the identities of those who gave theirs, and reads no report.</summary>
    Custodian,
}

/// <summary>Somebody whom reports are sealed for.</summary>
/// <param name="Id">The person.</param>
/// <param name="Part">What they do.</param>
/// <param name="Key">Their public key, in base64.</param>
public sealed record BookHolder(Guid Id, HolderPart Part, string Key);

/// <summary>A unit that a source can tick.</summary>
/// <param name="Id">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The unit that it is part of.</param>
/// <param name="Bars">The places in <see cref="RecipientBook.Holders"/> of those who get no key of a report about it.</param>
public sealed record BookUnit(Guid Id, string Name, Guid? Parent, IReadOnlyList<int> Bars);

/// <summary>A post that a source can tick.</summary>
/// <inheritdoc cref="BookUnit"/>
public sealed record BookPost(Guid Id, Guid Unit, string Title, IReadOnlyList<int> Bars);

/// <summary>A person whom a source may name.</summary>
/// <param name="Words">The keys of the words of their name; see <see cref="NameWords"/>.</param>
/// <param name="Bars">As of a unit.</param>
public sealed record BookName(IReadOnlyList<string> Words, IReadOnlyList<int> Bars);

/// <summary>
/// What the reporter's side knows of the house: public keys, and who gets none if somebody or something is ticked. The node works it out and hands it over; the names of people
/// lie in it as keyed hashes of their words.
/// </summary>
public sealed record RecipientBook
{
    /// <summary>The most bytes of one.</summary>
    public const int Longest = 32 << 20;

    /// <summary>The most holders.</summary>
    public const int MostHolders = 200;

    /// <summary>Raised by one with each change.</summary>
    public required long Version { get; init; }

    /// <summary>The day on which it was worked out, UTC.</summary>
    public required DateOnly Issued { get; init; }

    /// <summary>Whom reports are sealed for, in the order of the slots.</summary>
    public required IReadOnlyList<BookHolder> Holders { get; init; }

    /// <summary>The public key whose other half was split; null where there is none.</summary>
    public string? Recovery { get; init; }

    /// <summary>What can be ticked.</summary>
    public required IReadOnlyList<BookUnit> Units { get; init; }

    /// <summary>What can be ticked within a unit.</summary>
    public required IReadOnlyList<BookPost> Posts { get; init; }

    /// <summary>The key of the names' hashes: 32 bytes in base64.</summary>
    public required string NameKey { get; init; }

    /// <summary>Who can be named.</summary>
    public required IReadOnlyList<BookName> Names { get; init; }

    /// <summary>How many slots each part of a deposit has: one for each holder, and one for the recovery key.</summary>
    [JsonIgnore]
    public int Slots => Holders.Count + 1;

    /// <summary>Writes it, as it is handed over and hashed.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BookJson.Default.RecipientBook);

    /// <summary>SHA-256 of what <see cref="Write"/> writes: what deposits are bound to.</summary>
    public byte[] Hash() => SHA256.HashData(Write());

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is no book, or one that contradicts itself.</exception>
    public static RecipientBook Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest) throw new FormatException($"The book has more than {Longest} bytes.");
        try
        {
            var book = JsonSerializer.Deserialize(bytes, BookJson.Default.RecipientBook) ?? throw new FormatException("The book is empty.");
            book.Check();
            return book;
        }
        catch (JsonException fault)
        {
            throw new FormatException($"The book cannot be read: {fault.Message}", fault);
        }
    }

    void Check()
    {
        if (Holders.Count > MostHolders) throw new FormatException($"The book has {Holders.Count} holders; {MostHolders} at most.");
        foreach (var holder in Holders) SealingPublicKey.Parse(holder.Key);
        if (Recovery is not null) SealingPublicKey.Parse(Recovery);
        if (Convert.FromBase64String(NameKey).Length != SecretBox.KeySize) throw new FormatException("The key of the names is no key.");
        foreach (var bars in Units.Select(unit => unit.Bars).Concat(Posts.Select(post => post.Bars)).Concat(Names.Select(name => name.Bars)))
        {
            foreach (var place in bars)
                if (place < 0 || place >= Holders.Count) throw new FormatException($"The book bars a holder {place} whom it does not have.");
        }
    }
}

/// <summary>The book's form: names in camelCase, nothing unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(RecipientBook))]
internal sealed partial class BookJson : JsonSerializerContext;
