using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>Who is whose superior, directly or by way of others.</summary>
public sealed class Superiors
{
    const int MostPeople = 1_000_000;
    readonly Dictionary<string, string> _above;

    Superiors(Dictionary<string, string> above) => _above = above;

    /// <summary>
    /// Reads a CSV file whose first line names the columns <c>person</c> and <c>superior</c>. Names are those of the log's
    /// resources; who has nobody above them has an empty field, or no line.
    /// </summary>
    /// <exception cref="BadInputException">It cannot be read, somebody has two superiors, or is their own by way of others.</exception>
    public static Superiors Read(string path)
    {
        using var file = new LogFile(path, null);
        using var ahead = new ReadAhead(path, file.Read, CancellationToken.None);
        var window = new ByteWindow(ahead, path);
        window.Grow();
        if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
        var csv = new CsvScanner(window, null);
        if (!csv.Read()) throw csv.Fault("no header line");
        var columns = Enumerable.Range(0, csv.Count).Select(i => Encoding.UTF8.GetString(csv.Field(i)).Trim()).ToList();
        var (person, superior) = (columns.IndexOf("person"), columns.IndexOf("superior"));
        if (person < 0 || superior < 0) throw csv.Fault("the file of people has the columns 'person' and 'superior'");
        var above = new Dictionary<string, string>(StringComparer.Ordinal);
        while (csv.Read())
        {
            if (csv.Count == 1 && columns.Count > 1 && csv.Field(0).IsEmpty) continue;
            if (csv.Count != columns.Count) throw csv.Fault($"{csv.Count} fields where the header has {columns.Count}");
            var (who, over) = (Encoding.UTF8.GetString(csv.Field(person)), Encoding.UTF8.GetString(csv.Field(superior)));
            if (who.Length == 0) throw csv.Fault("no person");
            if (over.Length == 0) continue;
            if (!above.TryAdd(who, over) && above[who] != over) throw csv.Fault($"a second superior of '{LogText.Show(who)}'");
            if (above.Count > MostPeople) throw csv.Fault($"more than {MostPeople:N0} people");
        }

        CheckCircles(above, path);
        return new Superiors(above);
    }

    /// <summary>Whether one is above the other, at any distance.</summary>
    public bool IsAbove(string superior, string person)
    {
        while (_above.TryGetValue(person, out var next))
        {
            if (next == superior) return true;
            person = next;
        }

        return false;
    }

    static void CheckCircles(Dictionary<string, string> above, string path)
    {
        var cleared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in above.Keys)
        {
            var onWay = new HashSet<string>(StringComparer.Ordinal);
            var at = start;
            while (!cleared.Contains(at))
            {
                if (!onWay.Add(at)) throw new BadInputException($"{path}: '{LogText.Show(at)}' is their own superior by way of others; correct the file.");
                if (!above.TryGetValue(at, out var next)) break;
                at = next;
            }

            cleared.UnionWith(onWay);
        }
    }
}
