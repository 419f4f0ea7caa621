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

    [Fact]
    public void Whom_a_person_shares_a_bar_with_are_those_of_all_people_whom_one_bars()
    {
        var (barred, free) = (0, 0);
        Agencies.Sample(staff =>
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
