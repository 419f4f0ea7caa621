using CsCheck;
using Probity.Reports.Contract;
using Probity.Reports.Handling;

namespace Probity.Tests.Reports;

/// <summary>Whatever people do in whatever order: what may never happen to a report does not.</summary>
public sealed class HandlingPropertyTests
{
    // Those who do most come most often, so that what is watched for is reached.
    static readonly string[] s_people = ["ines", "ines", "ines", "ivo", "ivo", "oscar", "olga", "root"];

    [Fact]
    public void Nobody_acknowledges_twice_acts_after_stepping_aside_or_closes_without_action_alone()
    {
        var closings = 0;
        Gen.Select(Gen.Int[0, s_people.Length - 1], Gen.Int[0, 15], Gen.Int[0, 5], Gen.Int[0, 5]).Array[10, 60].Sample(steps =>
        {
            using var house = new HandlingHouse();
            // Half of them begin where a closing is near, so that what is watched for is reached.
            if (steps[0].Item3 > 2) house.InHand().Find("ines");
            foreach (var (person, act, choice, days) in steps)
            {
                var who = s_people[person];
                var (aside, before) = (house.Report.Aside, house.Report);
                if (days == 5) house.Now += TimeSpan.FromDays(20);
                var done = Run(house, who, act, choice);
                if (house.Report == before) continue;
                Assert.False(aside.Contains(HandlingHouse.Id(who)), $"{who} acts after stepping aside: {done}");
                Assert.NotEqual("root", who);
                // Whoever looked again at a closing never handles the report, and the other way round.
                Assert.DoesNotContain(house.Report.Reviewers, r => house.Report.WasHandledBy(r));
                if (house.Report.Acts[^1].Event is not ReportClosed closed || !Report.IsWithoutAction(closed.Reason)) continue;
                Assert.NotEqual(before.ClosingBy, HandlingHouse.Id(who));
                Assert.NotNull(before.ClosingBy);
                closings++;
            }

            Assert.True(house.Report.Acts.Count(a => a.Event is ReportAcknowledged) <= 1);
        }, iter: 600, threads: 1);
        Assert.True(closings > 20, $"{closings} closings by two: the steps reach too little");
    }

    static string Run(HandlingHouse house, string who, int act, int choice) => act switch
    {
        0 or 1 => house.Acknowledge(who),
        2 => house.Triage(who, (TriageVerdict)(choice % 4)),
        3 or 4 => house.Take(who),
        5 => house.Tell(who, feedback: choice > 2),
        6 => house.Note(who),
        7 or 8 => house.Find(who, (Finding)(choice % 4)),
        9 or 10 => house.Close(who, choice < 4 ? CloseReason.NoAction : (CloseReason)(choice % 5)),
        11 or 12 => house.Answer(who, choice > 0),
        13 => Write(house, who),
        14 => choice == 0 ? house.Aside(who) : house.Triage(who),
        _ => Review(house, who, choice),
    };

    static string Write(HandlingHouse house, string who)
    {
        house.SourceWrites();
        return house.Reopen(who);
    }

    static string Review(HandlingHouse house, string who, int choice)
    {
        house.Drawn = house.Report.Closed is { } closed && Report.IsWithoutAction(closed.Reason);
        return house.Review(who, choice > 2);
    }
}
