namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>What somebody with a hex editor and older copies may do to any file of a node's folder, chosen at random.</summary>
internal sealed class ByteAttack(Random random, Scene scene)
{
    static readonly string[] Beside = ["ledger.db-wal", "keys.db-wal", "ledger.db-journal", "keys.db-journal"];

    /// <summary>Does one thing to the folder.</summary>
    public string Do(string folder)
    {
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal).ToArray();
        var name = names[random.Next(names.Length)];
        var file = Path.Combine(folder, name);
        var bytes = File.ReadAllBytes(file);
        switch (random.Next(10))
        {
            case 0:
                File.Delete(file);
                return $"removed {name}";
            case 1:
                return Replace(folder);
            case 2:
                var older = scene.Older[random.Next(scene.Older.Count)];
                older.Lay(folder);
                return "laid an older copy of the folder in its place";
            case 3:
                var length = random.Next(bytes.Length + 1);
                File.WriteAllBytes(file, bytes[..length]);
                return $"cut {name} to {length} bytes";
            case 4:
                byte[] more = new byte[random.Next(1, 2_000)];
                random.NextBytes(more);
                File.WriteAllBytes(file, [.. bytes, .. more]);
                return $"added {more.Length} bytes to {name}";
            case 5 when bytes.Length >= 1_024:
                var (one, other) = (random.Next(bytes.Length / 512) * 512, random.Next(bytes.Length / 512) * 512);
                var page = bytes[one..(one + 512)];
                bytes.AsSpan(other, 512).CopyTo(bytes.AsSpan(one));
                page.CopyTo(bytes.AsSpan(other));
                File.WriteAllBytes(file, bytes);
                return $"exchanged the pages at {one} and {other} of {name}";
            case 6 when bytes.Length > 0:
                var from = random.Next(bytes.Length);
                random.NextBytes(bytes.AsSpan(from, Math.Min(random.Next(1, 600), bytes.Length - from)));
                File.WriteAllBytes(file, bytes);
                return $"wrote over {name} from {from} on";
            default:
                if (bytes.Length == 0) return $"left the empty {name}";
                var at = random.Next(bytes.Length);
                bytes[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
                return $"flipped a bit of {name} at {at}";
        }
    }

    /// <summary>One file of an older copy, under its own name or as the write-ahead log or journal of what is there now.</summary>
    string Replace(string folder)
    {
        var older = scene.Older[random.Next(scene.Older.Count)];
        var name = older.Names.ElementAt(random.Next(older.Names.Count()));
        var target = random.Next(6) == 0 ? Beside[random.Next(Beside.Length)] : name;
        File.WriteAllBytes(Path.Combine(folder, target), older[name]);
        return $"put an older {name} in the place of {target}";
    }
}
