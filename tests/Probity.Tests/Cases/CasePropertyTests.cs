using CsCheck;
using Probity.Access.Contract;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Ledger;

namespace Probity.Tests.Cases;

public sealed class CasePropertyTests
{
    static readonly string[] People =
        ["chief", "ana", "ben", "carla", "dina", "eva", "keeper", "pedro", "paula", "pia", "pol", "ines", "ivo", "oscar", "igor", "root"];

    // So many that chance alone leaves fewer than three of them at their end once in a hundred thousand runs.
    const int Sequences = 200;

    [Fact]
    public async Task Whatever_is_tried_in_whatever_order_a_case_keeps_its_rules()
    {
        await using var house = await CaseHouse.CreateAsync();
        var (closed, prosecuted, opened) = (0, 0, 0);
        await Gen.Select(Gen.Int[0, 11], Gen.Int[0, 17], Gen.Int[0, 8]).Array[20, 60].SampleAsync(
            async tries =>
            {
                // About staff under suspicion in every other sequence: then others are eligible.
                var role = opened++ % 2 == 0 ? PartyRole.Witness : PartyRole.Subject;
                var id = await house.OpenAsync("ines", true, new Party(role, "Ben", Staff.Id("ben")));
                foreach (var (what, who, which) in tries) await TryAsync(house, id, what, who, which);
                if (await HoldsAsync(house, id)) closed++;
                if ((await house.CaseAsync(id)).Prosecutor is not null) prosecuted++;
            }, iter: Sequences, threads: 1);

        // Sequences that never get anywhere would prove nothing. About one in ten gets to its end.
        Assert.InRange(closed, 3, Sequences);
        Assert.InRange(prosecuted, 3, Sequences);
    }

    // Many tries are by who sits in the case, and at what comes next, or it would stand still.
    static async Task TryAsync(CaseHouse house, Guid id, int what, int who, int which)
    {
        var @case = await house.CaseAsync(id);
        var by = who == 16 || (who % 2 == 0 && what < 7) ? @case.Handler ?? Staff.Id("ana")
            : who == 17 || (who % 2 == 1 && what < 7) ? @case.Prosecutor ?? Staff.Id("pia")
            : Staff.Id(People[who]);
        var seat = which % 2 == 0 ? Seat.Handler : Seat.Prosecutor;
        switch (what)
        {
            case 0 or 1: await house.EnterAsync(id, by, @case.Stage + 1 + (which == 0 ? 1 : 0)); break;
            case 2: await house.StepAsync(id, by, Step.ReportFiled); break;
            case 3: await house.DecideAsync(id, by, (DecisionKind)which); break;
            case 4:
                var kinds = DecideInCase.OpenIn(@case);
                await house.DecideAsync(id, @case.Prosecutor ?? by, kinds.Count > 0 ? kinds[which % kinds.Count] : DecisionKind.Charge);
                break;
            case 5:
                var fitting = Enum.GetValues<CaseOutcome>().Where(o => ProposeClosing.IsBorneOut(o, @case)).ToList();
                await house.ProposeClosingAsync(id, by, fitting.Count > 0 && who % 3 == 0 ? fitting[^1] : (CaseOutcome)(which % 4));
                break;
            case 6: await house.StepAsync(id, by, (Step)which); break;
            case 7: await house.ApproveClosingAsync(id, which < 3 ? Staff.Id("oscar") : by, which > 0); break;
            case 8: await house.ProposeSeatAsync(id, by, which < 4 ? null : Staff.Id(People[which]), seat); break;
            case 9 or 10: await house.ApproveSeatAsync(id, by, which > 1, seat); break;
            default: await house.RequestAsync(id, by, seat); await house.ReactAsync(); break;
        }
    }

    // Told from the events alone, by a reading of them that shares nothing with the state.
    static async Task<bool> HoldsAsync(CaseHouse house, Guid id)
    {
        var register = await house.Get<IRegister>().ReadAsync();
        var events = await house.EventsAsync(new StreamId(id));
        var investigated = (await house.CaseAsync(id)).Parties.Any(p => p is { Role: PartyRole.Subject, Person: not null });
        var (stage, closed, asked) = (Stage.Detect, false, default((Guid By, CaseOutcome Outcome)?));
        var seats = new Dictionary<Seat, Guid>();
        var hand = new Dictionary<Seat, Guid?>();
        var everSeated = new HashSet<Guid>();
        foreach (var recorded in events)
        {
            Assert.False(closed, $"{recorded.Type} came after the end.");
            switch (recorded.Event)
            {
                case SeatDrawn e: Sit(e.Seat, e.Person, recorded.At); break;
                case HandAssignmentProposed e: hand[e.Seat] = e.Person; break;
                case RedrawProposed e: hand[e.Seat] = null; break;
                case AssignmentApproved e when hand[e.Seat] is { } person: Sit(e.Seat, person, recorded.At); break;
                case AssignmentApproved e: seats.Remove(e.Seat); break;
                case StageEntered e:
                    Assert.Equal(stage + 1, e.Stage);
                    stage = e.Stage;
                    break;
                case ClosingProposed e: asked = (recorded.Actor.Value, e.Outcome); break;
                case CaseClosed e:
                    Assert.Equal(asked!.Value.Outcome, e.Outcome);
                    Assert.NotEqual(asked.Value.By, recorded.Actor.Value);
                    Assert.DoesNotContain(recorded.Actor.Value, everSeated);
                    (closed, stage) = (true, Stage.Closed);
                    break;
            }
        }

        var state = await house.CaseAsync(id);
        Assert.Equal((stage, closed, events.Count), (state.Stage, state.Outcome is not null, state.Version));
        Assert.Equal(seats.OrderBy(s => s.Key), state.Seats.OrderBy(s => s.Key));
        Assert.Equal(everSeated.Order(), state.EverSeated.Order());
        return closed;

        void Sit(Seat seat, Guid person, DateTimeOffset at)
        {
            Assert.Null(Recusal.Between(person, [Staff.Id("ben")], register, at));
            Assert.True(everSeated.Add(person), "Somebody was seated twice.");
            Assert.Contains(person, register.Holders(
                seat == Seat.Prosecutor ? Role.Prosecutor : investigated ? Role.Investigator : Role.Officer, at));
            seats[seat] = person;
        }
    }
}
