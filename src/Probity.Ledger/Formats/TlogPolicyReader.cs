namespace Probity.Ledger.Formats;

/// <summary>Reads the lines of a policy file, each of which may name only what stands above it.</summary>
sealed class TlogPolicyReader
{
    // Groups nest: this also bounds the depth of a quorum. C2SP asks for at least 32 of each kind.
    const int MaxNames = 1000;

    readonly List<PolicyLog> logs = [];
    readonly List<PolicyWitness> witnesses = [];
    readonly Dictionary<string, (int Threshold, string[] Members)> groups = [];
    readonly HashSet<string> names = [], members = [];
    string? quorum;

    public TlogPolicy Read(string policy)
    {
        if (policy.Any(c => c is < ' ' and not ('\t' or '\n') or '\x7f'))
            throw new FormatException("A policy holds no control characters.");
        foreach (var (number, line) in policy.Split('\n').Index())
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#')) continue;
            try
            {
                Read(words);
            }
            catch (FormatException fault)
            {
                throw new FormatException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Line {number + 1}: {fault.Message}"), fault);
            }
        }

        return new TlogPolicy(logs, witnesses, groups, quorum ?? throw new FormatException("A policy defines a quorum."));
    }

    void Read(string[] line)
    {
        switch (line)
        {
            case ["log", var vkey]: AddLog(vkey, null); break;
            case ["log", var vkey, var url]: AddLog(vkey, url); break;
            case ["witness", var name, var vkey]: AddWitness(name, vkey, null); break;
            case ["witness", var name, var vkey, var url]: AddWitness(name, vkey, url); break;
            case ["group", var name, var threshold, _, ..]: AddGroup(name, threshold, line[3..]); break;
            case ["quorum", var name]: SetQuorum(name); break;
            default: throw new FormatException($"A policy has no such line: {line[0]} with {line.Length - 1} items.");
        }
    }

    void AddLog(string vkey, string? url)
    {
        var key = VerifierKey.Parse(vkey);
        if (key.Type != SignatureType.Ed25519) throw new FormatException("A log's key makes plain signatures.");
        if (logs.Count == MaxNames) throw new FormatException($"A policy has at most {MaxNames} logs.");
        if (logs.Exists(log => log.Key.PublicKey.Span.SequenceEqual(key.PublicKey.Span)))
            throw new FormatException("A policy names a log's key once.");
        logs.Add(new PolicyLog(key, url));
    }

    void AddWitness(string name, string vkey, string? url)
    {
        Define(name);
        var key = VerifierKey.Parse(vkey);
        if (key.Type == SignatureType.Ed25519) key = new VerifierKey(key.Name, SignatureType.CosignatureEd25519, key.PublicKey);
        if (url is not null && witnesses.Exists(other => other.Url == url && other.Key.Name != key.Name))
            throw new FormatException("A witness's URL belongs to one signer.");
        witnesses.Add(new PolicyWitness(name, key, url));
    }

    void AddGroup(string name, string threshold, string[] group)
    {
        foreach (var member in group)
            if (!names.Contains(member) || !members.Add(member))
                throw new FormatException($"A group's member is defined above it, and a member only once: {member}.");
        Define(name);
        var count = threshold switch
        {
            "all" => group.Length,
            "any" => 1,
            _ => Checkpoint.Decimal(threshold),
        };
        if (count < 1 || count > group.Length) throw new FormatException("A group's threshold is between 1 and the number of its members.");
        groups[name] = ((int)count, group);
    }

    void SetQuorum(string name)
    {
        if (quorum is not null) throw new FormatException("A policy defines one quorum.");
        if (name != TlogPolicy.None && !names.Contains(name)) throw new FormatException($"The quorum is not defined: {name}.");
        quorum = name;
    }

    void Define(string name)
    {
        if (name is TlogPolicy.None or "all" or "any") throw new FormatException($"{name} is a keyword and names nobody.");
        if (names.Count == MaxNames) throw new FormatException($"A policy defines at most {MaxNames} names.");
        if (!names.Add(name)) throw new FormatException($"{name} is defined twice.");
    }
}
