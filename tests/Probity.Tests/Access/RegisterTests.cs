using CsCheck;
using Probity.Access.Contract;
using Probity.Tests.Cases;

namespace Probity.Tests.Access;

public sealed class RegisterTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // Trees of posts of any shape, and postings that began and ended in any month of the last four years.
    static readonly Gen<Staff> Agencies = Gen.Select(Gen.Int[0, 12].Array[1, 12], Gen.Select(Gen.Int[0, 8], Gen.Int[0, 12], Gen.Int[1, 48], Gen.Int[0, 48]).Array[1, 30], (tree, held) =>
    {
        var staff = new Staff().Unit("agency", "AGE").Unit("port", "POR", "agency");
        for (var i = 0; i < tree.Length; i++)
            staff.Post($"p{i}", i % 2 == 0 ? "agency" : "port", i % 3 == 0 ? Role.Commander : Role.Officer, tree[i] < i ? $"p{tree[i]}" : null, until: i % 2 == 0 ? Now.AddMonths(-30) : null);
        foreach (var (person, post, from, months) in held.Where(h => h.Item1 < tree.Length && h.Item2 < tree.Length).Distinct())
            staff.Hold($"p{person}", $"post of p{post}", Now.AddMonths(-from), months == 0 ? null : Now.AddMonths(months - from));
        return staff;
    });

    // The same with ties of any kind between them, some of which ended.
    static readonly Gen<Staff> Tied = Gen.Select(Agencies, Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[0, 3], Gen.Bool).Array[4, 40], (staff, ties) =>
    {
        var people = staff.ToRegister().People;
        foreach (var ((from, to, kind, ended), number) in ties.Select((t, i) => (t, i)).Where(t => t.t.Item1 != t.t.Item2 && people.ContainsKey(Staff.Id($"p{t.t.Item1}")) && people.ContainsKey(Staff.Id($"p{t.t.Item2}")))) staff.Tie($"p{from}", $"p{to}", (TieKind)kind, number, ended);
        return staff;
    });

    [Fact]
    public void Whom_a_person_shares_a_bar_with_are_those_of_all_people_whom_one_bars()
    {
        var (barred, free) = (0, 0);
        Tied.Sample(staff =>
        {
            var register = staff.ToRegister();
            foreach (var person in register.People.Keys)
            {
                var expected = register.People.Keys.Where(other => Recusal.Between(person, [other], register, Now) is not null).Order().ToList();
                Assert.Equal(expected, Recusal.BarredWith(person, register, Now).Order());
                barred += expected.Count - 1;
                free += register.People.Count - expected.Count;
            }
        }, iter: 300, threads: 1);
        Assert.True(barred > 1_000 && free > 1_000, $"{barred} barred, {free} not: too few of one to tell");
    }

    [Fact]
    public void A_tie_bars_both_of_its_people_from_each_other_and_nobody_else_whoever_declared_it()
    {
        var (kin, others, none) = (0, 0, 0);
        Tied.Sample(staff =>
        {
            var register = staff.ToRegister();
            foreach (var one in register.People.Keys)
            {
                foreach (var other in register.People.Keys.Where(other => other != one))
                {
                    // By the definition: of all ties there are, any that holds between these two.
                    var between = register.Ties.Values.Where(t => t.Until is null && ((t.By == one && t.Other == other) || (t.By == other && t.Other == one))).ToList();
                    var tie = between.Exists(t => t.Kind is TieKind.Blood or TieKind.Affinity) ? Bars.Kin : between.Count > 0 ? Bars.Tie : null;
                    Assert.Equal(tie, Recusal.Tied(one, other, register));
                    var bar = Recusal.Between(one, [other], register, Now);
                    Assert.Equal(bar is null, Recusal.Between(other, [one], register, Now) is null);
                    if (tie is not null) Assert.NotNull(bar);
                    if (bar is Bars.Kin or Bars.Tie) Assert.Equal(tie, bar);
                    (kin, others, none) = (kin + (bar == Bars.Kin ? 1 : 0), others + (bar == Bars.Tie ? 1 : 0), none + (bar is null ? 1 : 0));
                }
            }
        }, iter: 200, threads: 1);
        Assert.True(kin > 100 && others > 100 && none > 1_000, $"{kin} kin, {others} tied, {none} free: too few of one to tell");
    }

    [Theory]
    [InlineData("ana"), InlineData("ben")]
    public void With_either_of_its_people_a_tie_is_gone(string erased)
    {
        var register = Staff.Agency().Tie("ana", "ben", TieKind.Blood, 1, ended: false).Erase(erased).ToRegister();
        Assert.Empty(register.Ties);
        Assert.Empty(register.TiesOf(Staff.Id("ana")));
        Assert.Empty(register.TiesOf(Staff.Id("ben")));
    }

    [Fact]
    public void Postings_and_holders_are_those_that_a_look_at_all_postings_finds()
    {
        Agencies.Sample(staff =>
        {
            var register = staff.ToRegister();
            foreach (var person in register.People.Keys) Assert.Equal(register.Postings.Values.Where(p => p.Person == person).Select(p => p.Id).Order(), register.PostingsOf(person).Select(p => p.Id).Order());
            foreach (var post in register.Posts.Keys) Assert.Equal(register.Postings.Values.Where(p => p.Post == post).Select(p => p.Id).Order(), register.PostingsOn(post).Select(p => p.Id).Order());
            foreach (var role in (Role[])[Role.Commander, Role.Officer, Role.Judge])
            {
                Assert.Equal(
                    register.Postings.Values.Where(p => p.InForceAt(Now) && register.Posts[p.Post].Role == role).Select(p => p.Person).Distinct().Order(),
                    register.Holders(role, Now));
            }
        }, iter: 100, threads: 1);
    }
}
