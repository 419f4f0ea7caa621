using Probity.Access.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Tests.Cases;

namespace Probity.Tests.Protection;

/// <summary>Over many little organisations: nobody who is named, nor anybody of their line, ever sees an approach, and an alert never goes to one of them.</summary>
public sealed class ProtectionPropertyTests
{
    const int Organisations = 2_000, Most = 9;

    static readonly Role[] s_roles = [Role.Officer, Role.Officer, Role.Commander, Role.Investigator, Role.Integrity, Role.Overseer, Role.Overseer, Role.Administrator];

    [Fact]
    public void Nobody_of_a_named_line_sees_it_and_an_alert_reaches_somebody_free_or_it_is_told_that_nobody_is_left()
    {
        var random = new Random(20_260_302);
        var rungs = new Dictionary<AlertRung, int>();
        var seen = 0;
        for (var number = 0; number < Organisations; number++)
        {
            var (staff, above, units, roles) = (new Staff().Unit("u0", "A").Unit("u1", "B", "u0").Unit("u2", "C", "u0"), new Dictionary<string, string?>(), new Dictionary<string, string>(), new Dictionary<string, Role>());
            var people = Enumerable.Range(0, random.Next(3, Most + 1)).Select(n => $"p{n}").ToList();
            foreach (var person in people)
            {
                (above[person], units[person], roles[person]) = (above.Count > 0 && random.Next(2) == 0 ? people[random.Next(above.Count)] : null, $"u{random.Next(3)}", s_roles[random.Next(s_roles.Length)]);
                staff.Post(person, units[person], roles[person], above[person]);
            }

            var house = new ProtectionHouse { Register = staff.ToRegister() };
            // The roster as two who keep it left it, whoever keeps it here.
            foreach (var person in people.Where(_ => random.Next(3) == 0))
            {
                house.Take("p0", Probity.Shared.Record.Decision.Accept(Probity.Protection.Duty.DutyRoster.Stream,
                    new DutyProposed(ProtectionHouse.Id("turn " + person), ProtectionHouse.Id(person), "112", house.Now.AddHours(-1), house.Now.AddDays(1)), new DutyAgreed(ProtectionHouse.Id("turn " + person))));
            }

            var reporter = people[random.Next(people.Count)];
            var named = people.Where(_ => random.Next(4) == 0).ToArray();
            string[] unit = random.Next(4) == 0 ? [$"u{random.Next(3)}"] : [];
            Assert.Equal("ApproachRecorded,AlertRaised", house.Record(reporter, ApproachKind.Violence, people: named, units: unit));

            bool Over(string one, string other)
            {
                for (var at = above[other]; at is not null; at = above[at])
                {
                    if (at == one) return true;
                }

                return false;
            }

            bool Line(string one, string other) => one == other || Over(one, other) || Over(other, one);
            bool InUnit(string who) => unit.Any(u => units[who] == u || u == "u0" || (roles[who] == Role.Commander && units[who] == "u0"));
            bool Barred(string who) => named.Where(n => n != reporter).Any(n => Line(who, n)) || InUnit(who);

            foreach (var minutes in new[] { 0, 61, 122, 183, 1_000 })
            {
                house.Now = ProtectionHouse.Begin.AddMinutes(minutes);
                foreach (var who in people.Where(p => p != reporter && ApproachAccess.Refuses(ApproachAction.View, house.As(p)) is null))
                {
                    seen++;
                    Assert.False(Barred(who) || Line(who, reporter), $"organisation {number}: {who} sees what {reporter} recorded");
                    Assert.False(roles[who] is Role.Commander or Role.Administrator, $"organisation {number}: {roles[who]} sees it");
                }

                var steps = house.As(reporter).Steps;
                Assert.Equal(steps.Count(s => s.Officer is not null), steps.Select(s => s.Officer).Where(o => o is not null).Distinct().Count());
                foreach (var step in steps.Where(s => s.Officer is not null))
                {
                    var officer = people.Single(p => ProtectionHouse.Id(p) == step.Officer);
                    Assert.False(Barred(officer) || Line(officer, reporter), $"organisation {number}: {officer} is alerted about {reporter}");
                }

                var free = people.Where(p => roles[p] == Role.Overseer && ApproachAccess.Refuses(ApproachAction.Acknowledge, house.As(p)) is null).ToList();
                if (steps[^1].Rung == AlertRung.Overseers) Assert.NotEmpty(free);
                if (steps[^1].Rung == AlertRung.Nobody) Assert.All(people, p => Assert.NotNull(ApproachAccess.Refuses(ApproachAction.Acknowledge, house.As(p)) ?? (steps.Count > 1 ? new("", null) : null)));
                rungs[steps[^1].Rung] = rungs.GetValueOrDefault(steps[^1].Rung) + 1;
            }
        }

        // It says something only where all of it came up.
        Assert.True(seen > 500 && Enum.GetValues<AlertRung>().All(r => rungs.GetValueOrDefault(r) > 100), $"{seen} saw one; {string.Join(", ", rungs)}");
    }
}
