using System.Text;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Rules.Conditions;
using Probity.Lens.Rules.Files;

namespace Probity.Lens.Rules;

/// <summary>
/// The rules of a process, from a YAML file (docs/rules.schema.json has its shape). A file is at most 1 MB, 20 deep, and
/// holds no anchors, aliases or tags.
/// </summary>
public sealed class RuleFile
{
    internal RuleFile(IReadOnlyList<Rule> rules, TimeZoneInfo? zone, AttributeNames names)
    {
        Rules = rules;
        Zone = zone;
        Names = names;
    }

    /// <summary>The rules, in the order of the file.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Where days are counted and times are written; null: in UTC, a day having 24 hours.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>The attributes of events that the rules need: what the log's reader is to keep.</summary>
    public IReadOnlyList<string> EventAttributes => Names.Events;

    /// <summary>The attributes of cases that the rules need.</summary>
    public IReadOnlyList<string> CaseAttributes => Names.Cases;

    internal AttributeNames Names { get; }

    /// <summary>The type of object that the first rule names, if each rule names one: then nobody has to say what the cases are.</summary>
    public string? ObjectType => Rules.All(r => r.ObjectType is not null) ? Rules.Select(r => r.ObjectType).FirstOrDefault() : null;

    /// <summary>The same file with some of its rules.</summary>
    internal RuleFile Only(IReadOnlyList<Rule> rules) => new(rules, Zone, Names);

    /// <summary>Whether a rule needs to know who is whose superior.</summary>
    public bool NeedsSuperiors => Rules.Any(r => r.Kind == RuleKind.NotSuperior);

    /// <summary>Reads the file.</summary>
    /// <exception cref="BadInputException">It cannot be read, or says what no rule can mean; the message has line and column.</exception>
    public static RuleFile Read(string path)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(path)) throw new BadInputException($"{path}: a folder; name the file of the rules.");
            using var file = InputFile.Open(path, new FileStreamOptions());
            bytes = new byte[YamlDocument.LargestFile + 1];
            var got = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Array.Resize(ref bytes, got);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: no such file; check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check its name and permissions.", e);
        }

        return Parse(bytes, path);
    }

    /// <summary>The rules that are drawn in a procedure, after those of a file where there is one.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="beside">The rules of a file; null for none.</param>
    /// <returns>Null where there are no rules at all.</returns>
    /// <exception cref="BadInputException">An annotation says what no rule can mean, or an id is given twice; the message names the annotation.</exception>
    public static RuleFile? Drawn(PetriNet procedure, string name, RuleFile? beside = null)
    {
        if (procedure.RuleNotes.Count == 0) return beside;
        var rules = new List<Rule>(beside?.Rules ?? []);
        var names = beside is null ? new AttributeNames() : new AttributeNames(beside.Names);
        foreach (var note in procedure.RuleNotes)
        {
            var place = note.Place ?? $"{name}: annotation '{LogText.Show(note.Id)}'";
            var rule = new RuleFileReader(place, names).Drawn(YamlDocument.Read(Encoding.UTF8.GetBytes(note.Text), place), note);
            if (rules.Any(r => r.Id == rule.Id))
                throw new BadInputException($"{place}: a second rule '{LogText.Show(rule.Id)}', in the procedure or in the rule file; give each an id of its own.");
            rules.Add(rule);
        }

        return new RuleFile(rules, beside?.Zone, names);
    }

    /// <summary>Reads the rules from the bytes of a file; <paramref name="name"/> is for messages.</summary>
    /// <exception cref="BadInputException">They say what no rule can mean.</exception>
    public static RuleFile Parse(byte[] bytes, string name) => new RuleFileReader(name, new AttributeNames()).Read(YamlDocument.Read(bytes, name));
}
