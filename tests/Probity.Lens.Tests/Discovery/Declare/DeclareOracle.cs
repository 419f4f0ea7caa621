using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Probity.Lens.Discovery;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Discovery;

/// <summary>
/// The templates by their published regular expressions (Di Ciccio and Mecella 2015, table 2; Di Ciccio and Montali 2022), one
/// letter an activity; and their activations by quantifiers over positions. It shares nothing with the miner.
/// </summary>
internal static class DeclareOracle
{
    static readonly ConcurrentDictionary<string, Regex> Compiled = [];

    static readonly RuleKind[] Pairs = [.. Enum.GetValues<RuleKind>().Where(k => k is >= RuleKind.RespondedExistence and <= RuleKind.NotCoexistence and not RuleKind.NotResponse)];

    /// <summary>Every constraint over the letters of the traces that some case calls into play and keeps.</summary>
    public static IEnumerable<Constraint> All(IReadOnlyList<string> traces, string letters, double support)
    {
        var frequent = Enumerable.Range(0, letters.Length).Where(a => traces.Count(t => t.Contains(letters[a])) is > 0 and var n && (double)n / traces.Count >= support).ToList();
        foreach (var a in frequent)
        {
            yield return Count(traces, letters, RuleKind.Init, a, -1, 1);
            yield return Count(traces, letters, RuleKind.End, a, -1, 1);
            for (var n = 1; n <= 3; n++)
            {
                yield return Count(traces, letters, RuleKind.Existence, a, -1, n);
                yield return Count(traces, letters, RuleKind.Exactly, a, -1, n);
                yield return Count(traces, letters, RuleKind.Absence, a, -1, n + 1);
            }

            foreach (var b in frequent.Where(b => b != a))
            {
                foreach (var kind in Pairs)
                    if (a < b || kind is not (RuleKind.Coexistence or RuleKind.NotCoexistence)) yield return Count(traces, letters, kind, a, b, 1);
            }
        }
    }

    /// <summary>Whether a trace holds to a constraint, called into play or not.</summary>
    public static bool Holds(string trace, string letters, Constraint c) => Matches(trace, Pattern(c.Kind, c.Count), letters, c);

    static Constraint Count(IReadOnlyList<string> traces, string letters, RuleKind kind, int a, int b, int n)
    {
        var c = new Constraint(kind, a, b, n, 0, 0, 0, 0, traces.Count);
        foreach (var trace in traces)
        {
            if (!IsCalled(trace, letters, c)) continue;
            var holds = Holds(trace, letters, c);
            var (events, fulfilled) = b < 0 ? (1, holds ? 1 : 0) : Events(trace, letters[a], letters[b], kind);
            c = c with { Called = c.Called + 1, Kept = c.Kept + (holds ? 1 : 0), Activations = c.Activations + events, Fulfilled = c.Fulfilled + fulfilled };
        }

        return c;
    }

    static bool IsCalled(string trace, string letters, Constraint c) => c.Kind switch
    {
        RuleKind.Existence or RuleKind.Exactly => true,
        RuleKind.Init or RuleKind.End => trace.Length > 0,
        RuleKind.Coexistence or RuleKind.NotCoexistence or RuleKind.Succession or RuleKind.AlternateSuccession or RuleKind.ChainSuccession =>
            trace.Contains(letters[c.Activation]) || trace.Contains(letters[c.Target]),
        _ => trace.Contains(letters[c.Activation]),
    };

    // a is the activation, b the target. Precedence(b, a) of the papers has b first.
    static string Pattern(RuleKind kind, int n) => kind switch
    {
        RuleKind.Init => "a.*",
        RuleKind.End => ".*a",
        RuleKind.Existence => $".*(a.*){{{n}}}",
        RuleKind.Absence => $"[^a]*(a?[^a]*){{{n - 1}}}",
        RuleKind.Exactly => $"[^a]*(a[^a]*){{{n}}}",
        RuleKind.RespondedExistence => "[^a]*((a.*b.*)|(b.*a.*))*[^a]*",
        RuleKind.Coexistence => "[^ab]*((a.*b.*)|(b.*a.*))*[^ab]*",
        RuleKind.Response => "[^a]*(a.*b)*[^a]*",
        RuleKind.AlternateResponse => "[^a]*(a[^a]*b[^a]*)*[^a]*",
        RuleKind.ChainResponse => "[^a]*(ab[^a]*)*[^a]*",
        RuleKind.Precedence => "[^a]*(b.*a)*[^a]*",
        RuleKind.AlternatePrecedence => "[^a]*(b[^a]*a[^a]*)*[^a]*",
        RuleKind.ChainPrecedence => "[^a]*(ba[^a]*)*[^a]*",
        RuleKind.Succession => "[^ab]*(a.*b)*[^ab]*",
        RuleKind.AlternateSuccession => "[^ab]*(a[^ab]*b[^ab]*)*[^ab]*",
        RuleKind.ChainSuccession => "[^ab]*(ab[^ab]*)*[^ab]*",
        RuleKind.NotSuccession => "[^a]*(a[^b]*)*[^ab]*",
        _ => "[^ab]*((a[^b]*)|(b[^a]*))?",
    };

    static bool Matches(string trace, string pattern, string letters, Constraint c)
    {
        // Places first, so that the letters put in are not taken for places themselves.
        var own = pattern.Replace('a', '<').Replace('b', '>').Replace('<', letters[c.Activation]);
        if (c.Target >= 0) own = own.Replace('>', letters[c.Target]);
        return Compiled.GetOrAdd(own, p => new Regex($"^(?:{p})$", RegexOptions.NonBacktracking)).IsMatch(trace);
    }

    static (int Events, int Fulfilled) Events(string trace, char a, char b, RuleKind kind)
    {
        var (own, others) = (Places(trace, a), Places(trace, b));
        bool After(int i) => others.Any(j => j > i);
        bool Before(int i) => others.Any(j => j < i);
        bool Between(int i, int j, char what) => Enumerable.Range(i + 1, Math.Max(0, j - i - 1)).Any(m => trace[m] == what);
        (int, int) Each(Func<int, bool> holds) => (own.Count, own.Count(holds));
        (int, int) Both(Func<int, bool> holds, Func<int, bool> back) => (own.Count + others.Count, own.Count(holds) + others.Count(back));
        bool BackBefore(int j) => own.Any(i => i < j);
        bool AltAfter(int i) => others.Any(j => j > i && !Between(i, j, a));
        bool AltBefore(int i) => others.Any(j => j < i && !Between(j, i, a));
        bool BackAltBefore(int j) => own.Any(i => i < j && !Between(i, j, b));
        return kind switch
        {
            RuleKind.RespondedExistence => Each(_ => others.Count > 0),
            RuleKind.Coexistence => Both(_ => others.Count > 0, _ => own.Count > 0),
            RuleKind.Response => Each(After),
            RuleKind.Precedence => Each(Before),
            RuleKind.Succession => Both(After, BackBefore),
            RuleKind.AlternateResponse => Each(AltAfter),
            RuleKind.AlternatePrecedence => Each(AltBefore),
            RuleKind.AlternateSuccession => Both(AltAfter, BackAltBefore),
            RuleKind.ChainResponse => Each(i => others.Contains(i + 1)),
            RuleKind.ChainPrecedence => Each(i => others.Contains(i - 1)),
            RuleKind.ChainSuccession => Both(i => others.Contains(i + 1), j => own.Contains(j - 1)),
            RuleKind.NotSuccession => Each(i => !After(i)),
            _ => Both(_ => others.Count == 0, _ => own.Count == 0),
        };
    }

    static List<int> Places(string trace, char what) => [.. Enumerable.Range(0, trace.Length).Where(i => trace[i] == what)];
}
