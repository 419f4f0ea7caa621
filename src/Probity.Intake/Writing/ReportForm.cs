using Microsoft.AspNetCore.Http;
using Probity.Sealing;

namespace Probity.Intake.Writing;

/// <summary>What is wrong with a form: the field, and the key of the words for it.</summary>
internal sealed record FormFault(string Field, string Text);

/// <summary>A report as it was typed.</summary>
/// <param name="Answers">By question.</param>
/// <param name="Without">Who must not see it.</param>
/// <param name="Name">The source's name, for the custodian.</param>
/// <param name="Contact">How they can be reached, for the custodian.</param>
/// <param name="Channel">How it came in: what a clerk says.</param>
internal sealed record ReportForm(IReadOnlyDictionary<string, string> Answers, MustNotSee Without, string Name, string Contact, ReportChannel Channel)
{
    /// <summary>An empty form.</summary>
    public static ReportForm Empty { get; } = new(new Dictionary<string, string>(), MustNotSee.Nobody, "", "", ReportChannel.Pages);

    const int MostNames = 50;
    const int LongestName = 200;

    /// <summary>Reads a form. Pure; what is too long or too many is cut off, and said.</summary>
    public static (ReportForm Form, IReadOnlyList<FormFault> Faults) Read(IFormCollection fields, Questionnaire asked, RecipientBook book, bool clerk)
    {
        var (answers, faults) = (new Dictionary<string, string>(), new List<FormFault>());
        foreach (var question in asked.Questions)
        {
            var text = Text(fields, question.Key);
            answers[question.Key] = text;
            if (question.IsRequired && text.Length == 0) faults.Add(new FormFault(question.Key, "Fault.Required"));
            if (text.Length > Questionnaire.LongestAnswer) faults.Add(new FormFault(question.Key, "Fault.Long"));
        }

        var names = Text(fields, "names").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > MostNames || names.Any(name => name.Length > LongestName)) faults.Add(new FormFault("names", "Fault.Names"));
        var (name, contact) = (Text(fields, "name"), Text(fields, "contact"));
        if (name.Length > LongestName || contact.Length > LongestName) faults.Add(new FormFault(name.Length > LongestName ? "name" : "contact", "Fault.Long"));
        var channel = ReportChannel.Pages;
        if (clerk && !(Enum.TryParse(Text(fields, "channel"), out channel) && channel is ReportChannel.Telephone or ReportChannel.InPerson or ReportChannel.Partner)) faults.Add(new FormFault("channel", "Fault.Channel"));
        var without = new MustNotSee(
            Ticked(fields, "unit", id => book.Units.Any(unit => unit.Id == id)), Ticked(fields, "post", id => book.Posts.Any(post => post.Id == id)), [.. names.Take(MostNames)]);
        return (new ReportForm(answers, Named(without, book), name, contact, channel), faults);
    }

    // Units and posts that were typed among the names are ticked: the words of their name stand in the line, or the line in their name.
    static MustNotSee Named(MustNotSee without, RecipientBook book)
    {
        var (units, posts) = (without.Units.ToHashSet(), without.Posts.ToHashSet());
        foreach (var line in without.Names.Select(Words))
        {
            if (line.Count == 0) continue;
            units.UnionWith(book.Units.Where(unit => Fits(Words(unit.Name), line)).Select(unit => unit.Id));
            posts.UnionWith(book.Posts.Where(post => Fits(Words(post.Title), line)).Select(post => post.Id));
        }

        return without with { Units = [.. units], Posts = [.. posts] };

        static HashSet<string> Words(string text) => [.. NameWords.Keys(text, default)];

        static bool Fits(HashSet<string> name, HashSet<string> line) => name.Count > 0 && (name.IsSubsetOf(line) || (line.Count > 1 && line.IsSubsetOf(name)));
    }

    static List<Guid> Ticked(IFormCollection fields, string field, Func<Guid, bool> known) =>
        [.. fields[field].Select(value => Guid.TryParse(value, out var id) ? id : default).Where(known).Distinct()];

    static string Text(IFormCollection fields, string field) => fields[field].ToString().ReplaceLineEndings("\n").Trim();
}
