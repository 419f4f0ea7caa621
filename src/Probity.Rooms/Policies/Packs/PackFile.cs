using System.Collections.Frozen;
using System.Text.Json;
using Probity.Policies.Contract;

namespace Probity.Policies.Packs;

/// <summary>A pack that comes with the program: what a country starts from.</summary>
/// <param name="Pack">The country's code, or <c>default</c>.</param>
/// <param name="CopyOf">The pack that it is a copy of, as long as nobody of that country has decided on its figures.</param>
/// <param name="Figures">What it sets otherwise, by the rule's key.</param>
internal sealed record PackFile(string Pack, string? CopyOf, FrozenDictionary<string, int> Figures)
{
    static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The default and one for each country of the programme, the default first.</summary>
    public static readonly IReadOnlyList<PackFile> All = [.. Resources().Select(Read).OrderBy(p => p.Pack != Policy.DefaultPack).ThenBy(p => p.Pack, StringComparer.Ordinal)];

    /// <summary>A pack by its code, or null.</summary>
    public static PackFile? Find(string? pack) => All.FirstOrDefault(p => p.Pack == pack);

    /// <summary>Every rule's figure in this pack.</summary>
    public IReadOnlyDictionary<string, int> Whole() => PolicyRules.All.ToFrozenDictionary(r => r.Key, r => Figures.TryGetValue(r.Key, out var figure) ? figure : r.Default, StringComparer.Ordinal);

    static IEnumerable<string> Resources() => typeof(PackFile).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("Probity.Policies.Packs.", StringComparison.Ordinal));

    static PackFile Read(string resource)
    {
        using var stream = typeof(PackFile).Assembly.GetManifestResourceStream(resource)!;
        var written = JsonSerializer.Deserialize<Written>(stream, s_strict)!;
        return new PackFile(written.Pack, written.CopyOf, written.Figures.ToFrozenDictionary(StringComparer.Ordinal));
    }

    sealed record Written(string Pack, string? CopyOf, Dictionary<string, int> Figures);
}
