using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Ledger;
using Probity.Shared.Drawing;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

public sealed class DrawTests
{
    static readonly Guid[] Seven = [.. Enumerable.Range(1, 7).Select(i => Staff.Id("p" + i)).Order()];

    // Worked out by a program of a few lines in another language.
    [Theory]
    [InlineData(1, "b5c08ef30b3930216aad90a5977c91dd094bb0e4a60cc3ced7f0e1db200dea5b", 1, 1, 485951)]
    [InlineData(2, "b62510cd0d9b0e08dc9fecc19f7e8ad23219f81b025826dad42a2b36510f7f0d", 1, 5, 900784)]
    [InlineData(777, "2189c0246464da9b57bd2339fed475b0ac3462e8d04bf6d8b1ce3d8699333d70", 1, 2, 480348)]
    [InlineData(16384, "3d5f09f9f19358123b027c0d8f918320fbde655dea4f72fc369f931fa046b412", 0, 6, 761181)]
    public void Seeds_and_results_are_those_of_the_rule_as_written(long place, string seed, int ofTwo, int ofSeven, int ofMany)
    {
        var seeds = DrawSeeds.FromSecret(CaseHouse.Secret);
        var bytes = seeds.Seed(1, place);
        Assert.Equal(seed, Convert.ToHexStringLower(bytes));
        Assert.Equal("ebcedff01c1abfc0037654f0e0ed9b15dac355e27eaf1171a0364e4df4691ef9", seeds.Commitment(1));
        Assert.True(Draw.Opens(bytes, place, seeds.Commitment(1)));
        Assert.Equal((0, ofTwo, ofSeven, ofMany), (
            Draw.IndexOf(bytes, place, 1), Draw.IndexOf(bytes, place, 2), Draw.IndexOf(bytes, place, 7), Draw.IndexOf(bytes, place, 1_000_003)));
    }

    // Wherever the walk to a seed begins, each is the hash of the next.
    [Theory]
    [InlineData(2), InlineData(127), InlineData(128), InlineData(129), InlineData(130), InlineData(256), InlineData(257), InlineData(16_256), InlineData(16_257), InlineData(16_384)]
    public void Each_seed_is_the_hash_of_the_next(long place)
    {
        var seeds = DrawSeeds.FromSecret(CaseHouse.Secret);
        Assert.Equal(SHA256.HashData(seeds.Seed(2, place)), seeds.Seed(2, place - 1));
    }

    [Fact]
    public void A_draw_is_not_believed_with_another_seed_place_order_or_commitment()
    {
        var seeds = DrawSeeds.FromSecret(CaseHouse.Secret);
        var seed = Convert.ToHexStringLower(seeds.Seed(1, 3));
        Assert.Equal(Seven[Draw.IndexOf(seeds.Seed(1, 3), 3, 7)], Draw.Recompute(Seven, seeds.Commitment(1), 3, seed));
        Assert.Null(Draw.Recompute(Seven, seeds.Commitment(1), 2, seed));
        Assert.Null(Draw.Recompute(Seven, seeds.Commitment(2), 3, seed));
        Assert.Null(Draw.Recompute(Seven, seeds.Commitment(1), 3, Convert.ToHexStringLower(seeds.Seed(1, 4))));
        Assert.Null(Draw.Recompute([.. Seven.Reverse()], seeds.Commitment(1), 3, seed));
        Assert.Null(Draw.Recompute([], seeds.Commitment(1), 3, seed));
        Assert.Null(Draw.Recompute(Seven, seeds.Commitment(1), 3, "no seed"));
    }

    [Theory]
    [InlineData(2, 10.83), InlineData(3, 13.82), InlineData(7, 22.46), InlineData(12, 31.26)]
    public void Everybody_has_the_same_chance(int people, double chiSquareAtOneInAThousand)
    {
        var counts = new int[people];
        var seed = DrawSeeds.FromSecret(CaseHouse.Secret).Seed(1, DrawSeeds.Length);
        for (var place = DrawSeeds.Length; place >= 1; place--, SHA256.HashData(seed, seed)) counts[Draw.IndexOf(seed, place, people)]++;
        var mean = (double)DrawSeeds.Length / people;
        Assert.InRange(counts.Sum(c => (c - mean) * (c - mean) / mean), 0, chiSquareAtOneInAThousand);
    }

    [Fact]
    public async Task The_record_shows_all_that_is_needed_to_draw_again()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync();
        var answer = await house.Get<ViewDraws>().HandleAsync(Staff.Id("oscar"), id, Cancel);
        var draw = Assert.Single(answer!.Draws);
        // Ana opened it.
        Assert.Equal([.. new[] { "ben", "carla", "dina", "eva" }.Select(Staff.Id).Order()], draw.Eligible);
        Assert.Equal((await house.CaseAsync(id)).Handler, draw.Person);
        Assert.Equal(draw.Person, Draw.Recompute(draw.Eligible, draw.Commitment, draw.Place, draw.Seed!));
        Assert.Equal((1, false, draw.Person), (draw.Place, draw.Voided, draw.Recomputed));
        Assert.True(draw.CommittedIndex < draw.RequestedIndex && draw.RequestedIndex < draw.DrawnIndex);
        Assert.Null(await house.Get<ViewDraws>().HandleAsync(Staff.Id("root"), id, Cancel));
    }

    [Fact]
    public async Task Nothing_that_the_opener_chooses_changes_the_draw()
    {
        async Task<Guid> DrawnAsync(string opener, params Party[] parties)
        {
            await using var house = await CaseHouse.CreateAsync();
            return (await house.CaseAsync(await house.OpenAsync(opener, true, parties))).Handler!.Value;
        }

        var drawn = await DrawnAsync("chief");
        Assert.Equal(drawn, await DrawnAsync("chief", new Party(PartyRole.Subject, "A stranger", null)));
        Assert.Equal(drawn, await DrawnAsync("ines", new Party(PartyRole.Witness, "Another", null), new Party(PartyRole.Subject, "X", null)));
    }

    [Fact]
    public async Task A_seat_is_asked_for_once()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync(draw: false);
        CaseHouse.Done(await house.RequestAsync(id, Staff.Id("chief")));
        CaseHouse.Refused(RequestAssignment.AlreadyRequested, await house.RequestAsync(id, Staff.Id("ines")));
        await house.ReactAsync();
        CaseHouse.Refused(RequestAssignment.AlreadyRequested, await house.RequestAsync(id, Staff.Id("chief")));
        Assert.Single(await house.EventsAsync(new StreamId(id)), e => e.Event is AssignmentRequested);
        Assert.Single(await house.EventsAsync(new StreamId(id)), e => e.Event is SeatDrawn);
    }

    [Fact]
    public async Task A_redraw_needs_a_second_person_and_never_draws_the_same_again()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync();
        var first = (await house.CaseAsync(id)).Handler!.Value;
        CaseHouse.Done(await house.ProposeSeatAsync(id, Staff.Id("ines"), null));
        CaseHouse.Refused(ProposeAssignment.Pending, await house.ProposeSeatAsync(id, Staff.Id("ines"), null));
        CaseHouse.Refused(Bars.EarlierRole, await house.ApproveSeatAsync(id, Staff.Id("ines")));
        Assert.Equal(first, (await house.CaseAsync(id)).Handler);
        CaseHouse.Done(await house.ApproveSeatAsync(id, Staff.Id("ivo")));
        var second = (await house.CaseAsync(id)).Handler;
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        var draws = (await house.Get<ViewDraws>().HandleAsync(Staff.Id("oscar"), id, Cancel))!.Draws;
        Assert.Equal([1L, 2L], draws.Select(d => d.Place));
        Assert.DoesNotContain(first, draws[1].Eligible);
        Assert.All(draws, d => Assert.Equal(d.Person, d.Recomputed));
    }

    [Fact]
    public async Task Nobody_whom_the_guard_bars_can_be_drawn()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync("ines", true, new Party(PartyRole.Witness, "Ana", Staff.Id("ana")));
        var eligible = (AssignmentRequested)(await house.EventsAsync(new StreamId(id))).Single(e => e.Event is AssignmentRequested).Event!;
        Assert.Equal([.. new[] { "ben", "carla", "dina", "eva" }.Select(Staff.Id).Order()], eligible.Eligible);

        var onTheChief = await house.OpenAsync("ines", true, new Party(PartyRole.Witness, "The chief", Staff.Id("chief")));
        Assert.Null((await house.CaseAsync(onTheChief)).Handler);
        Assert.Single(await house.EventsAsync(new StreamId(onTheChief)), e => e.Event is NobodyEligible { Seat: Seat.Handler });
    }

    [Fact]
    public async Task Whoever_names_most_of_those_who_could_be_drawn_does_not_aim_the_draw()
    {
        await using var house = await CaseHouse.CreateAsync();
        var named = new[] { "ben", "carla", "dina" }.Select(n => new Party(PartyRole.Witness, n, Staff.Id(n))).ToArray();
        var id = await house.OpenAsync("ana", true, named);
        Assert.Null((await house.CaseAsync(id)).Handler);
        var held = Assert.Single(await house.EventsAsync(new StreamId(id)), e => e.Event is DrawHeld);
        // Ana opened it, so that four could be drawn, of whom she left one.
        Assert.Equal(new DrawHeld(Seat.Handler, 1, 4), held.Event);
        CaseHouse.Refused(Bars.Superior, await house.RequestAsync(id, Staff.Id("chief")));
        CaseHouse.Done(await house.RequestAsync(id, Staff.Id("ines")));
        await house.ReactAsync();
        Assert.Equal(Staff.Id("eva"), (await house.CaseAsync(id)).Handler);
    }

    [Fact]
    public async Task Who_opened_a_case_for_which_the_draw_is_held_does_not_ask_for_it()
    {
        await using var house = await CaseHouse.CreateAsync();
        var named = new[] { "ben", "carla", "dina", "eva" }.Select(n => new Party(PartyRole.Witness, n, Staff.Id(n))).ToArray();
        var id = await house.OpenAsync("ines", true, named);
        CaseHouse.Refused(RequestAssignment.Held, await house.RequestAsync(id, Staff.Id("ines")));
        CaseHouse.Done(await house.RequestAsync(id, Staff.Id("oscar")));
    }

    [Fact]
    public async Task Whoever_opens_a_case_is_not_drawn_for_it_unless_there_is_nobody_else()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync("ana");
        Assert.DoesNotContain(Staff.Id("ana"), Requested(await house.EventsAsync(new StreamId(id))).Eligible);
        await using var alone = await CaseHouse.CreateAsync(new Staff().Unit("narcotics", "NAR").Post("ana", "narcotics", Role.Officer));
        var hers = await alone.OpenAsync("ana");
        Assert.Equal([Staff.Id("ana")], Requested(await alone.EventsAsync(new StreamId(hers))).Eligible);
    }

    [Fact]
    public async Task A_case_that_would_leave_no_overseer_is_not_opened()
    {
        await using var house = await CaseHouse.CreateAsync();
        var open = house.Get<OpenCase>();
        Party Named(string name) => new(PartyRole.Witness, name, Staff.Id(name));
        var command = new OpenCase.Command(Guid.CreateVersion7(), Staff.Id("narcotics"), "060121", "A parcel.", [Named("oscar"), Named("olga")]);
        CaseHouse.Refused(OpenCase.NobodyLeftToOversee, await open.HandleAsync(Staff.Id("ana"), command, null, Cancel));
        CaseHouse.Done(await open.HandleAsync(Staff.Id("ana"), command with { Parties = [Named("oscar")] }, null, Cancel));
    }

    static AssignmentRequested Requested(IReadOnlyList<Recorded> events) =>
        (AssignmentRequested)events.Single(e => e.Event is AssignmentRequested).Event!;

    [Fact]
    public async Task A_colleague_under_suspicion_is_investigated_from_outside_their_unit()
    {
        var staff = Staff.Agency().Post("iris", "narcotics", Role.Investigator).Post("ilda", "port", Role.Investigator);
        await using var house = await CaseHouse.CreateAsync(staff);
        var id = await house.OpenAsync("ines", true, new Party(PartyRole.Subject, "Ana", Staff.Id("ana")), new Party(PartyRole.Witness, "Pedro", Staff.Id("pedro")));
        var eligible = (AssignmentRequested)(await house.EventsAsync(new StreamId(id))).Single(e => e.Event is AssignmentRequested).Event!;
        Assert.Equal([.. new[] { "igor", "ilda" }.Select(Staff.Id).Order()], eligible.Eligible);
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        CaseHouse.Done(await house.StepAsync(id, handler, Step.InterviewHeld));
        CaseHouse.Refused(ProposeAssignment.NotEligible, await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("ben")));
    }

    [Fact]
    public async Task Who_left_between_request_and_draw_is_not_seated_and_another_is_drawn()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync(draw: false);
        CaseHouse.Done(await house.RequestAsync(id, Staff.Id("ines")));
        var asked = (await house.CaseAsync(id)).Draws[Seat.Handler];
        var due = asked.Eligible[Draw.IndexOf(DrawSeeds.FromSecret(CaseHouse.Secret).Seed(1, asked.Place), asked.Place, asked.Eligible.Count)];
        var name = new[] { "ana", "ben", "carla", "dina", "eva" }.Single(n => Staff.Id(n) == due);
        await new Staff().End(name, house.Time.Now).AppendAsync(house.Log);
        await house.ReactAsync();
        Assert.Single(await house.EventsAsync(new StreamId(id)), e => e.Event is DrawVoided { Seed: not null } v && v.Person == due);
        var handler = (await house.CaseAsync(id)).Handler;
        Assert.NotNull(handler);
        Assert.NotEqual(due, handler);
    }

    [Fact]
    public async Task Requests_at_the_same_time_take_places_of_their_own()
    {
        await using var house = await CaseHouse.CreateAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++) ids.Add(await house.OpenAsync(draw: false));
        foreach (var answer in await Task.WhenAll(ids.Select(id => Task.Run(() => house.RequestAsync(id, Staff.Id("ines")))))) CaseHouse.Done(answer);
        var places = new List<long>();
        foreach (var id in ids) places.Add((await house.CaseAsync(id)).Draws[Seat.Handler].Place);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), places.Order());
    }

    [Fact]
    public async Task Seeds_are_committed_to_once_and_anew_when_the_secret_is_another()
    {
        await using var house = await CaseHouse.CreateAsync();
        var stream = DrawChains.StreamOf(new ActorId(house.Log.Node));
        await house.Get<CommitSeeds>().RunAsync(Cancel);
        await house.Get<CommitSeeds>().RunAsync(Cancel);
        Assert.Single(await house.EventsAsync(stream));
        var other = DrawSeeds.FromSecret(RandomNumberGenerator.GetBytes(32));
        await new CommitSeeds(house.Get<Clerk>(), other).RunAsync(Cancel);
        var second = Assert.IsType<SeedsCommitted>((await house.EventsAsync(stream))[1].Event);
        Assert.Equal(other.Commitment(2), second.Commitment);
    }

    [Fact]
    public async Task The_next_chain_is_committed_to_before_the_last_places_are_taken_and_taken_after_them()
    {
        await using var house = await CaseHouse.CreateAsync();
        await house.Get<CommitSeeds>().RunAsync(Cancel);
        var stream = DrawChains.StreamOf(new ActorId(house.Log.Node));
        var chain = ((SeedsCommitted)(await house.EventsAsync(stream))[0].Event!).Chain;
        async Task TakeAsync(int places)
        {
            foreach (var part in Enumerable.Range(0, places).Chunk(10_000))
            {
                var taken = EventTypes.Serialize(new SeedTaken(Guid.Empty, Seat.Handler));
                await house.Log.AppendAsync([], [.. part.Select(_ => new NewEntry(
                    new StreamId(chain), "cases.seed-taken.v1", taken, new ActorId(house.Log.Node), new CompartmentId(chain)))], Cancel);
            }
        }

        await TakeAsync(DrawSeeds.Length - DrawSeeds.RenewAt - 1);
        await house.Get<CommitSeeds>().RunAsync(Cancel);
        Assert.Single(await house.EventsAsync(stream));
        await TakeAsync(1);
        await house.Get<CommitSeeds>().RunAsync(Cancel);
        Assert.Equal(2, (await house.EventsAsync(stream)).Count);
        await TakeAsync(DrawSeeds.RenewAt - 1);

        var last = await house.OpenAsync();
        var next = await house.OpenAsync();
        Assert.Equal(DrawSeeds.Length, (await house.CaseAsync(last)).Draws[Seat.Handler].Place);
        var draw = Assert.Single((await house.Get<ViewDraws>().HandleAsync(Staff.Id("oscar"), next, Cancel))!.Draws);
        Assert.Equal((1L, DrawChains.IdOf(new ActorId(house.Log.Node), 2)), (draw.Place, draw.Chain));
        Assert.Equal(draw.Person, draw.Recomputed);
    }
}
