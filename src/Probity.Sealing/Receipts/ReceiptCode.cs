using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Sealing.Receipts;

/// <summary>
/// The eight words by which somebody who gave no name comes back to their report: 103.4 bits, drawn evenly from the 7,776 words of a language. Disposing
/// wipes what it holds; the text of <see cref="ToString"/>, once asked for, cannot be wiped.
/// </summary>
public sealed class ReceiptCode : IDisposable
{
    /// <summary>How many words a code has.</summary>
    public const int Length = 8;

    /// <summary>Bytes of <see cref="Secret"/>.</summary>
    public const int SecretSize = 32;

    readonly WordList list;
    readonly int[] indexes;
    readonly byte[] secret = new byte[SecretSize];
    bool derived;
    bool wiped;

    internal ReceiptCode(WordList list, ReadOnlySpan<int> indexes, int repairs = 0)
    {
        this.list = list;
        this.indexes = indexes.ToArray();
        Repairs = repairs;
    }

    /// <summary>The languages that have a list of words: "en", "es", "pt".</summary>
    public static IReadOnlyList<string> Languages => WordList.Languages;

    /// <summary>The tag of the language whose words these are.</summary>
    public string Language => list.Language;

    /// <summary>How many typing errors had to be repaired to read it; 0 for a code that was drawn.</summary>
    public int Repairs { get; }

    /// <summary>The eight words in their order, with their accents.</summary>
    /// <exception cref="ObjectDisposedException">The code was wiped.</exception>
    public IReadOnlyList<string> Words
    {
        get
        {
            ObjectDisposedException.ThrowIf(wiped, this);
            return [.. indexes.Select(index => list.Words[index])];
        }
    }

    /// <summary>
    /// 32 bytes that stand for the code: HKDF-SHA256 without salt over the language's tag, a zero byte and the eight places in the list (two bytes each,
    /// the high one first), with the info "probity receipt 1". So they do not depend on how the words were typed. Wiped with the code.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The code was wiped.</exception>
    public ReadOnlySpan<byte> Secret
    {
        get
        {
            ObjectDisposedException.ThrowIf(wiped, this);
            if (!derived)
                Derive();
            return secret;
        }
    }

    /// <summary>Draws a new code.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <exception cref="ArgumentException">No list has that tag.</exception>
    public static ReceiptCode Generate(string language)
    {
        var list = WordList.For(language);
        Span<int> drawn = stackalloc int[Length];
        foreach (ref var index in drawn)
            index = RandomNumberGenerator.GetInt32(list.Words.Count);
        var code = new ReceiptCode(list, drawn);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(drawn));
        return code;
    }

    /// <summary>
    /// What somebody may have meant by what they typed, the reading with the fewest repairs first, at most 64; empty where nothing fits. Never throws.
    /// Which one it is shows when its secret is looked up. Whoever asks disposes of them all.
    /// </summary>
    /// <param name="typed">Eight words in any of the languages, in any case, with or without accents, separated or numbered in any way; at most 400 characters.</param>
    public static IReadOnlyList<ReceiptCode> Read(string? typed) => ReceiptReading.Of(typed);

    /// <summary>The words, one space between them.</summary>
    /// <exception cref="ObjectDisposedException">The code was wiped.</exception>
    public override string ToString() => string.Join(' ', Words);

    /// <summary>Overwrites the words' places and the secret.</summary>
    public void Dispose()
    {
        wiped = true;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(indexes.AsSpan()));
        CryptographicOperations.ZeroMemory(secret);
    }

    void Derive()
    {
        Span<byte> material = stackalloc byte[16 + 1 + 2 * Length];
        var tag = Encoding.ASCII.GetBytes(list.Language, material);
        material[tag] = 0;
        var size = tag + 1;
        foreach (var index in indexes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(material[size..], (ushort)index);
            size += 2;
        }
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material[..size], secret, [], "probity receipt 1"u8);
        CryptographicOperations.ZeroMemory(material);
        derived = true;
    }
}
