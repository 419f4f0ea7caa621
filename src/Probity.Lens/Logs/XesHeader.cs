using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// What a XES log says of itself before its traces: the prefixes of the extensions it uses, and its classifiers, which say
/// what makes two events the same activity (IEEE 1849, 5.1).
/// </summary>
internal sealed class XesHeader(string? wanted)
{
    const int MaxClassifiers = 1_000;

    readonly List<string> _classifiers = [];

    /// <summary>The key of an activity's name, and of a case's: the concept extension may go by any prefix.</summary>
    public byte[] Name { get; private set; } = "concept:name"u8.ToArray();

    public byte[] Time { get; private set; } = "time:timestamp"u8.ToArray();

    public byte[] Resource { get; private set; } = "org:resource"u8.ToArray();

    public byte[] Transition { get; private set; } = "lifecycle:transition"u8.ToArray();

    /// <summary>The keys that the wanted classifier joins; null before it has been declared.</summary>
    public IReadOnlyList<byte[]>? Classifier { get; private set; }

    /// <summary>Takes an extension for what its URI says, whoever hosts the definition: the standard's moved twice.</summary>
    public void Extension(ReadOnlySpan<byte> uri, string prefix)
    {
        var name = uri[(uri.LastIndexOf((byte)'/') + 1)..];
        if (name.SequenceEqual("concept.xesext"u8)) Name = Key(prefix, "name");
        else if (name.SequenceEqual("time.xesext"u8)) Time = Key(prefix, "timestamp");
        else if (name.SequenceEqual("org.xesext"u8)) Resource = Key(prefix, "resource");
        else if (name.SequenceEqual("lifecycle.xesext"u8)) Transition = Key(prefix, "transition");
    }

    /// <summary>Takes a classifier; false where its keys name nothing.</summary>
    public bool TryClassifier(string name, string keys)
    {
        if (_classifiers.Count < MaxClassifiers) _classifiers.Add(name);
        if (name != wanted || Classifier is not null) return true;
        var split = Split(keys);
        if (split.Count is 0 or > LogLimits.WantedAttributes) return false;
        Classifier = [.. split.Select(Encoding.UTF8.GetBytes)];
        return true;
    }

    /// <summary>The classifiers that there are, for who asked for another.</summary>
    public string Offer() => _classifiers.Count == 0
        ? "the log declares none"
        : "it has " + string.Join(", ", _classifiers.Distinct().Take(20).Select(c => $"'{LogText.Show(c)}'"));

    // Keys stand between spaces; one with a space of its own stands in single quotes (IEEE 1849, 5.1.4).
    static List<string> Split(string keys)
    {
        var found = new List<string>();
        for (var at = 0; at < keys.Length;)
        {
            if (keys[at] == ' ')
            {
                at++;
                continue;
            }

            var quoted = keys[at] == '\'' && keys.IndexOf('\'', at + 1) > at;
            var end = quoted ? keys.IndexOf('\'', at + 1) : keys.IndexOf(' ', at);
            if (end < 0) end = keys.Length;
            found.Add(quoted ? keys[(at + 1)..end] : keys[at..end]);
            at = end + 1;
        }

        found.RemoveAll(string.IsNullOrEmpty);
        return found;
    }

    static byte[] Key(string prefix, string name) => Encoding.UTF8.GetBytes($"{prefix}:{name}");
}
