using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Probity.People.Passports;

/// <summary>
/// What binds a passport to its holder: SHA-256 of a fixed line, their name, the number of a document and a code of 100 random bits, each on its line. Without the code, which
/// only the holder has, nobody finds out by trying whose a token is.
/// </summary>
internal static class HolderMark
{
    const string First = "probity passport holder\n";
    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const int CodeLength = 20;

    /// <summary>The longest number of a document.</summary>
    public const int LongestNumber = 40;

    /// <summary>Draws a code.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString(Alphabet, CodeLength);

    /// <summary>A code as people read it, in groups of four.</summary>
    public static string Shown(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    /// <summary>The mark, in base64url.</summary>
    public static string Of(string name, string document, string code) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{First}{Name(name)}\n{Document(document)}\n{Code(code)}")));

    /// <summary>A document's number without blanks and dashes, in capitals; empty where nothing is left.</summary>
    public static string Document(string typed) => new([.. typed.Normalize().ToUpperInvariant().Where(char.IsLetterOrDigit)]);

    // A name in capitals, with single blanks: it is typed from a document.
    static string Name(string typed) => string.Join(' ', typed.Normalize().ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static string Code(string typed) => new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);
}
