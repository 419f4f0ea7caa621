using Probity.Lens.Logs;
using Probity.Lens.Objects;

namespace Probity.Lens.Rules;

/// <summary>
/// Judges an object-centric log by rules: those over cases on the objects that they name, or else on those that the caller takes
/// for cases; those over objects on the log itself.
/// </summary>
public static class ObjectCheck
{
    /// <summary>Judges the whole log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="view">Which objects are the cases of rules that name none, and who the people are.</param>
    /// <param name="file">The rules.</param>
    /// <param name="superiors">Who is whose superior; needed where <see cref="RuleFile.NeedsSuperiors"/>.</param>
    /// <param name="threads">How many cores to use.</param>
    /// <param name="progress">Told the share done, 0 to 1, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="BadInputException">A rule names a type of object that the log does not have, or asks who is whose superior and nobody said.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RuleCheckResult Run(
        ObjectLog log, ObjectView view, RuleFile file, Superiors? superiors = null, int? threads = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var rule in file.Rules)
        {
            foreach (var type in (string?[])[rule.ObjectType, rule.To, rule.Place])
                if (type is not null) log.TypeOf(type, $"rule '{LogText.Show(rule.Id)}'");
        }

        view = view with { EventAttributes = file.EventAttributes, CaseAttributes = file.CaseAttributes };
        var people = new ObjectPeople(log, view.PersonType, view.PersonAs);
        var main = FlatLog.Of(log, view, people).Log;
        var found = new Dictionary<Rule, RuleResult>();
        foreach (var group in file.Rules.Where(r => !r.IsOfObjects).GroupBy(r => r.ObjectType ?? view.ObjectType))
        {
            var cases = group.Key == view.ObjectType ? main : FlatLog.Of(log, view with { ObjectType = group.Key }, people).Log;
            foreach (var result in RuleCheck.Judge(cases, file.Only([.. group]), superiors, threads, progress, RuleCheck.MostViolations, cancellation).Rules) found[result.Rule] = result;
        }

        foreach (var rule in file.Rules.Where(r => r.IsOfObjects)) found[rule] = Judge(rule, log, people).Judge(cancellation);
        progress?.Report(1);
        return new RuleCheckResult(main, [.. file.Rules.Select(rule => found[rule])], file.Zone);
    }

    static ObjectJudge Judge(Rule rule, ObjectLog log, ObjectPeople people)
    {
        var flat = rule.Kind == RuleKind.PerEvent ? FlatLog.OfEvents(log, people) : FlatLog.Of(log, new ObjectView { ObjectType = rule.ObjectType! }, people, idle: true);
        return rule.Kind switch
        {
            RuleKind.Belongs => new BelongsJudge(rule, log, people, flat),
            RuleKind.PerEvent => new PerEventJudge(rule, log, people, flat),
            RuleKind.ValueKept => new ValueKeptJudge(rule, log, people, flat),
            _ => new OnePlaceJudge(rule, log, people, flat),
        };
    }
}
