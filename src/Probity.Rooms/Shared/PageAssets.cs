using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Probity.Shared;

/// <summary>Styles and pictures, embedded in the assembly and served under the hash of their content, so they can be kept for ever.</summary>
/// <remarks>They are compressed once, when they are first asked for. Pages are not compressed: they mix what a reader typed with what they may see (BREACH).</remarks>
public static class PageAssets
{
    const string Prefix = "Probity.Shared.Assets.";

    static readonly FrozenDictionary<string, Asset> Known = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => Asset.Read(name, name[Prefix.Length..]))
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    internal static IEnumerable<string> Names => Known.Keys;

    /// <summary>The address of an asset. Throws for a name that does not exist: a page that asks for one is wrong.</summary>
    public static string Href(string name) => Known[name].Href;

    /// <summary>An asset's text, for what is served at an address of its own.</summary>
    internal static string TextOf(string name) => System.Text.Encoding.UTF8.GetString(Known[name].Plain);

    /// <summary>How many bytes of an asset a browser loads.</summary>
    internal static int WeightOf(string name) => Known[name].Brotli.Length;

    internal static IResult Serve(HttpContext context, string hash, string name)
    {
        if (!Known.TryGetValue(name, out var asset) || asset.Hash != hash) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        if (Accepts("br")) return Body(asset.Brotli, "br");
        if (Accepts("gzip")) return Body(asset.Gzip, "gzip");
        return Results.Bytes(asset.Plain, asset.ContentType);

        bool Accepts(string coding) => accepted.Any(value => value.Quality is not 0 && value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase));

        IResult Body(byte[] bytes, string coding)
        {
            headers.ContentEncoding = coding;
            return Results.Bytes(bytes, asset.ContentType);
        }
    }

    sealed class Asset(string name, byte[] plain)
    {
        // A large file takes seconds to make as small as can be, for a tenth less: few people draw, and they do not wait for it.
        const int Large = 256 << 10;

        readonly Lazy<byte[]> _brotli = new(() => Squeeze(plain, target => new BrotliStream(target, LevelOf(plain))));
        readonly Lazy<byte[]> _gzip = new(() => Squeeze(plain, target => new GZipStream(target, LevelOf(plain))));

        internal string Name => name;
        internal string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(plain))[..16];
        internal string ContentType { get; } = ContentTypeOf(name);
        internal byte[] Plain => plain;
        internal byte[] Brotli => _brotli.Value;
        internal byte[] Gzip => _gzip.Value;
        internal string Href => $"/assets/{Hash}/{Name}";

        internal static Asset Read(string resource, string name)
        {
            using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return new Asset(name, copy.ToArray());
        }

        static string ContentTypeOf(string name) => Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".js" => "text/javascript; charset=utf-8",
            ".txt" => "text/plain; charset=utf-8",
            ".woff2" => "font/woff2",
            var other => throw new InvalidOperationException($"No content type for {other}"),
        };

        static CompressionLevel LevelOf(byte[] plain) => plain.Length > Large ? CompressionLevel.Optimal : CompressionLevel.SmallestSize;

        static byte[] Squeeze(byte[] plain, Func<Stream, Stream> coder)
        {
            using var target = new MemoryStream();
            using (var stream = coder(target)) stream.Write(plain);
            return target.ToArray();
        }
    }
}
