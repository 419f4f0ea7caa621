using Probity.Lens.Rules;
using Probity.Lens.Rules.Files;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

/// <summary>
/// The engine against the definitions themselves, by quantifiers over positions, on random traces: an activation is
/// violated if it is in every order that the events of one time can have had.
/// </summary>
public class NaiveDeclareTests
{
    static readonly RuleKind[] Kinds = [.. KindShape.All.Select(s => s.Kind).Where(k => k <= RuleKind.NotCoexistence)];

    readonly record struct Event(char Activity, int Day, char Person);

    [Fact]
    public void The_engine_finds_what_the_definitions_say()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            var events = Events(random);
            int? within = random.Next(2) == 0 ? null : random.Next(4);
            int? after = random.Next(3) > 0 ? null : random.Next(1 + (within ?? 3));
            var correlates = random.Next(2) == 0;
            var same = random.Next(4) == 0;
            var count = 1 + random.Next(3);
            // Far later, so that no time is open.
            var log = Log(string.Join(' ', events.Select(e => $"{e.Activity}@{e.Day}/{e.Person}")), "z@1000");
            foreach (var kind in Kinds)
            {
                var shape = KindShape.All.First(s => s.Kind == kind);
                var text = $"kind: {shape.Name}, activation: a";
                if (shape.Needs.Contains("target")) text += same ? ", target: [a, b]" : ", target: b";
                if (shape.May.Contains("count")) text += $", count: {count}";
                if (shape.May.Contains("within") && within is not null) text += $", within: {within}d";
                if (shape.May.Contains("after") && after is not null) text += $", after: {after}d";
                if (shape.May.Contains("correlation") && correlates) text += ", correlation: A.resource = T.resource";
                var found = Check(log, Rule(text)).Rules[0].Violations.Where(v => v.Case == 0).Select(v => Mark(kind, v)).Order().ToList();
                var naive = new Naive(kind, within, after, correlates, same ? "ab" : "b", count);
                Assert.True(naive.Violated(events).Order().SequenceEqual(found), $"seed {seed}, {text}: {string.Join(' ', events)}; found {string.Join(' ', found)}");
            }
        }
    }

    static string Mark(RuleKind kind, Violation v) => kind is RuleKind.Init or RuleKind.End or RuleKind.Existence or RuleKind.Absence or RuleKind.Exactly ? "case"
        : $"{(v.Reason is Reason.BothThere or Reason.CameAfter ? 0 : v.Number)}:{v.First}";

    static List<Event> Events(Random random)
    {
        var day = 0;
        var events = new List<Event>();
        for (var n = 1 + random.Next(6); n > 0; n--)
        {
            if (random.Next(5) > 1) day += 1 + random.Next(2);
            events.Add(new Event("aabbc"[random.Next(5)], day, "pq"[random.Next(2)]));
        }

        return events;
    }

    sealed class Naive(RuleKind kind, int? within, int? after, bool correlates, string targets, int count)
    {
        public List<string> Violated(List<Event> events)
        {
            HashSet<string>? always = null;
            foreach (var order in Orders(events, [], new bool[events.Count]))
            {
                var now = In(events, order);
                if (always is null) always = now;
                else always.IntersectWith(now);
            }

            return [.. always ?? []];
        }

        HashSet<string> In(List<Event> events, List<int> order)
        {
            var n = order.Count;
            bool Act(int i) => events[order[i]].Activity == 'a';
            bool Tgt(int i) => targets.Contains(events[order[i]].Activity);
            bool Near(int i, int j)
            {
                var distance = Math.Abs(events[order[i]].Day - events[order[j]].Day);
                return distance <= (within ?? int.MaxValue) && distance >= (after ?? 0) && (!correlates || events[order[i]].Person == events[order[j]].Person);
            }

            bool Some(int from, int to, Func<int, bool> holds) => Enumerable.Range(from, Math.Max(0, to - from)).Any(holds);
            bool All(int from, int to, Func<int, bool> holds) => Enumerable.Range(from, Math.Max(0, to - from)).All(holds);
            var violated = new HashSet<string>();
            void Each(int half, Func<int, bool> isOwn, Func<int, bool> holds)
            {
                for (var i = 0; i < n; i++)
                    if (isOwn(i) && !holds(i)) violated.Add($"{half}:{order[i]}");
            }

            bool Anywhere(int i, Func<int, bool> other) => Some(0, n, j => j != i && other(j) && Near(i, j));
            bool Response(int i) => Some(i + 1, n, j => Tgt(j) && Near(i, j));
            bool Precedence(int i, Func<int, bool> other) => Some(0, i, j => other(j) && Near(i, j));
            bool AlternateResponse(int i) => Some(i + 1, n, j => Tgt(j) && Near(i, j) && All(i + 1, j, m => !Act(m)));
            bool AlternatePrecedence(int i, Func<int, bool> own, Func<int, bool> other) => Some(0, i, j => other(j) && Near(i, j) && All(j + 1, i, m => !own(m)));
            bool ChainResponse(int i) => i + 1 < n && Tgt(i + 1) && Near(i, i + 1);
            bool ChainPrecedence(int i, Func<int, bool> other) => i > 0 && other(i - 1) && Near(i, i - 1);
            var start = events[order[0]].Day;
            var times = Enumerable.Range(0, n).Count(i => Act(i) && events[order[i]].Day - start <= (within ?? int.MaxValue) && events[order[i]].Day - start >= (after ?? 0));
            void Case(bool holds)
            {
                if (!holds) violated.Add("case");
            }

            switch (kind)
            {
                case RuleKind.Init: Case(Act(0)); break;
                case RuleKind.End: Case(Act(n - 1)); break;
                case RuleKind.Existence: Case(times >= count); break;
                case RuleKind.Absence: Case(times < count); break;
                case RuleKind.Exactly: Case(times == count); break;
                case RuleKind.RespondedExistence: Each(0, Act, i => Anywhere(i, Tgt)); break;
                case RuleKind.Coexistence: Each(0, Act, i => Anywhere(i, Tgt)); Each(1, Tgt, i => Anywhere(i, Act)); break;
                case RuleKind.Response: Each(0, Act, Response); break;
                case RuleKind.Precedence: Each(0, Act, i => Precedence(i, Tgt)); break;
                case RuleKind.Succession: Each(0, Act, Response); Each(1, Tgt, i => Precedence(i, Act)); break;
                case RuleKind.AlternateResponse: Each(0, Act, AlternateResponse); break;
                case RuleKind.AlternatePrecedence: Each(0, Act, i => AlternatePrecedence(i, Act, Tgt)); break;
                case RuleKind.AlternateSuccession: Each(0, Act, AlternateResponse); Each(1, Tgt, i => AlternatePrecedence(i, Tgt, Act)); break;
                case RuleKind.ChainResponse: Each(0, Act, ChainResponse); break;
                case RuleKind.ChainPrecedence: Each(0, Act, i => ChainPrecedence(i, Tgt)); break;
                case RuleKind.ChainSuccession: Each(0, Act, ChainResponse); Each(1, Tgt, i => ChainPrecedence(i, Act)); break;
                case RuleKind.NotCoexistence: Each(0, Act, i => !Anywhere(i, Tgt)); break;
                default: Each(0, Act, i => !Response(i)); break;
            }

            return violated;
        }

        /// <summary>Every order of the events in which no event comes before one of an earlier time.</summary>
        static IEnumerable<List<int>> Orders(List<Event> events, List<int> begun, bool[] used)
        {
            if (begun.Count == events.Count)
            {
                yield return begun;
                yield break;
            }

            var day = Enumerable.Range(0, events.Count).Where(i => !used[i]).Min(i => events[i].Day);
            for (var i = 0; i < events.Count; i++)
            {
                if (used[i] || events[i].Day != day) continue;
                used[i] = true;
                foreach (var order in Orders(events, [.. begun, i], used)) yield return order;
                used[i] = false;
            }
        }
    }
}
