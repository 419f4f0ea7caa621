using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Probity.Storage;

namespace Probity.Cli.Hosting;

/// <summary>
/// The keys of sessions, forms and second factors: in <c>keys/sessions</c>, encrypted under a key of
/// <c>keys/</c> that stays when the wrapping key is changed, and in no database.
/// </summary>
internal static class SessionKeys
{
    public static IServiceCollection AddSessionKeys(this IServiceCollection services, NodeFolder folder)
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder.SecretsFolder, "sessions"));
        if (!OperatingSystem.IsWindows())
            keys.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        services.AddSingleton(new SessionKeyCipher(folder.DeriveKey(NodeFolder.SessionPurpose)));
        services.AddDataProtection().SetApplicationName("probity").PersistKeysToFileSystem(keys);
        services.AddOptions<KeyManagementOptions>().Configure<SessionKeyCipher>((o, cipher) => o.XmlEncryptor = new SessionKeyEncryptor(cipher));
        return services;
    }
}

/// <summary>AES-256-GCM: nonce ‖ tag ‖ ciphertext.</summary>
internal sealed class SessionKeyCipher(byte[] key)
{
    const int Nonce = 12;
    const int Tag = 16;

    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(sealedBytes.AsSpan(0, Nonce), plain, sealedBytes.AsSpan(Nonce + Tag), sealedBytes.AsSpan(Nonce, Tag));
        return sealedBytes;
    }

    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Nonce + Tag) throw new CryptographicException("A session key is cut short.");
        var plain = new byte[sealedBytes.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(sealedBytes[..Nonce], sealedBytes[(Nonce + Tag)..], sealedBytes.Slice(Nonce, Tag), plain);
        return plain;
    }
}

internal sealed class SessionKeyEncryptor(SessionKeyCipher cipher) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var bytes = cipher.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(bytes)), typeof(SessionKeyDecryptor));
    }
}

/// <summary>Named in the key files by its type: moving or renaming it would orphan them.</summary>
internal sealed class SessionKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
        services.GetRequiredService<SessionKeyCipher>().Decrypt(Convert.FromBase64String(encryptedElement.Value))));
}
