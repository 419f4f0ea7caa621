using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Seizing;
using Probity.Ledger;
using Probity.Records;
using Probity.Records.Contract;
using Probity.Records.Deciding;
using Probity.Records.Performing;
using Probity.Records.Proposing;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using Probity.Tests.Exhibits;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Records;

/// <summary>A case is not erased while somebody has exhibits of it: on a real record, up to the moment of the erasure.</summary>
public sealed class HeldThingsTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Igor = Staff.Id("igor"), Ines = Staff.Id("ines"), Oscar = Staff.Id("oscar");

    [Fact]
    public async Task A_case_is_erased_once_every_exhibit_was_given_back_or_destroyed()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var things = await StoredAsync(house, new(ExhibitKind.Device, null, "A telephone.", null, [new(1, "D-1")]), new(ExhibitKind.Conveyance, null, "A lorry.", null, []));
        await CloseAsync(house);
        var desk = DeskOf(house);
        Assert.Equal(2, (await desk.ReadAsync(Ines, SubjectKind.Matter, house.Case, Cancel)).Subject.Things);
        Refused(ErasureSubject.ThingsHeld, await ProposeAsync(desk, house.Case));

        await ReturnAsync(house, things[0]);
        // What is the state's lies where it lay.
        Done(await house.Get<ReturnExhibit>().ForfeitAsync(Keeper, new(things[1], await house.OrderAsync(ExhibitOrderKind.Forfeit, things[1])), Cancel));
        Assert.Equal(1, (await desk.ReadAsync(Ines, SubjectKind.Matter, house.Case, Cancel)).Subject.Things);
        Refused(ErasureSubject.ThingsHeld, await ProposeAsync(desk, house.Case));
        Assert.DoesNotContain(await house.Cases.EventsAsync(Erasure.StreamOf(house.Case)), r => r.Event is ErasureProposed);
    }

    [Fact]
    public async Task What_is_gone_goes_with_its_case()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var thing = Assert.Single(await StoredAsync(house, new RecordSeizure.Item(ExhibitKind.Device, null, "A telephone.", null, [new(1, "D-1")])));
        await ReturnAsync(house, thing);
        await CloseAsync(house);
        var desk = DeskOf(house);
        Done(await ProposeAsync(desk, house.Case));
        Done(await new ApproveErasure(desk).HandleAsync(Oscar, new(SubjectKind.Matter, house.Case, null), Cancel));
        await PerformAsync(house, desk);
        Assert.Equal(ErasureStage.Performed, (await ErasureAsync(house)).Stage);
        Assert.All(await house.Cases.EventsAsync(new StreamId(thing)), r => Assert.Null(r.Event));
        Assert.False((await house.ExhibitAsync(thing)).Exists);
        // Asked again, as what finishes an erasure does: nothing of it is held, and nothing is refused.
        Assert.Equal(0, (await desk.ReadAsync(Ines, SubjectKind.Matter, house.Case, Cancel)).Subject.Things);
    }

    [Fact]
    public async Task What_comes_between_the_yes_and_the_erasure_stops_it()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        await CloseAsync(house);
        var desk = DeskOf(house);
        Done(await ProposeAsync(desk, house.Case));
        Done(await new ApproveErasure(desk).HandleAsync(Oscar, new(SubjectKind.Matter, house.Case, null), Cancel));
        var exhibit = await ArriveAsync(house);
        await PerformAsync(house, desk);
        await AssertStoppedAsync(house, exhibit);
    }

    // The exhibit comes after the decision was taken and before it is appended: it is taken again.
    [Fact]
    public async Task What_comes_while_it_is_being_erased_makes_it_decide_again()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        await CloseAsync(house);
        var desk = DeskOf(house);
        Done(await ProposeAsync(desk, house.Case));
        Done(await new ApproveErasure(desk).HandleAsync(Oscar, new(SubjectKind.Matter, house.Case, null), Cancel));
        var (decided, exhibit) = (new List<Decision>(), Guid.Empty);
        Done(await desk.RunForHouseAsync(Erasure.StreamOf(house.Case), "erase", facts =>
        {
            decided.Add(PerformErasure.Decide(facts));
            if (exhibit == Guid.Empty) exhibit = Now(ArriveAsync(house));
            return decided[^1];
        }, Cancel));
        Assert.NotEmpty(Assert.IsType<Decision.Accepted>(decided[0]).Erases);
        Assert.Equal(2, decided.Count);
        await AssertStoppedAsync(house, exhibit);
    }

    // A decision does not wait for anything; this one has to, to let somebody come between.
    static Guid Now(Task<Guid> task) => task.GetAwaiter().GetResult();

    static async Task AssertStoppedAsync(ExhibitHouse house, Guid exhibit)
    {
        Assert.Equal((ErasureStage.Stopped, ErasureSubject.ThingsHeld), ((await ErasureAsync(house)).Stage, (await ErasureAsync(house)).Because));
        Assert.Equal("Cocaine in a bag.", (await house.ExhibitAsync(exhibit)).Description);
        Assert.NotEmpty((await house.Cases.CaseAsync(house.Case)).Number);
    }

    static ErasureDesk DeskOf(ExhibitHouse house) => new(
        house.Cases.Log, house.Get<Clerk>(), house.Get<IRegister>(), house.Get<ICaseFiles>(), [house.Get<IHeldThings>()], house.Cases.Time);

    static async Task<Erasure> ErasureAsync(ExhibitHouse house) => await new RecordSession(house.Cases.Log).FoldAsync<Erasure>(Erasure.StreamOf(house.Case), Cancel);

    static Task<Outcome?> ProposeAsync(ErasureDesk desk, Guid @case) =>
        new ProposeErasure(desk).HandleAsync(Ines, new(SubjectKind.Matter, @case, "Law 7", "Kept longer than the law lets us."), Cancel);

    static async Task PerformAsync(ExhibitHouse house, ErasureDesk desk)
    {
        var approved = (await house.Cases.EventsAsync(Erasure.StreamOf(house.Case))).Single(r => r.Event is ErasureApproved);
        await new PerformErasure(desk, house.Cases.Log).ReactAsync(approved, "perform", Cancel);
    }

    static async Task CloseAsync(ExhibitHouse house)
    {
        CaseHouse.Done(await house.Cases.ProposeClosingAsync(house.Case, house.Handler, CaseOutcome.NoFurtherAction));
        CaseHouse.Done(await house.Cases.ApproveClosingAsync(house.Case, Ines));
    }

    static async Task<Guid[]> StoredAsync(ExhibitHouse house, params RecordSeizure.Item[] items)
    {
        var seizure = Guid.CreateVersion7();
        Done(await house.Get<RecordSeizure>().HandleAsync(house.Handler, new RecordSeizure.Command(house.Case, seizure, Airport, items, null), Cancel));
        Guid[] things = [.. items.Select((_, i) => RecordSeizure.IdOf(seizure, i))];
        foreach (var (thing, item) in things.Zip(items))
        {
            Done(await house.GiveAsync(house.Handler, Release(thing, Keeper) with { Seals = item.Packages }));
            Done(await house.TakeAsync(Keeper, house.Receipt(thing, house.Handler) with { Seals = item.Packages }));
        }

        return things;
    }

    static async Task ReturnAsync(ExhibitHouse house, Guid thing)
    {
        var command = new ReturnExhibit.Command(thing, Guid.CreateVersion7(), await house.OrderAsync(ExhibitOrderKind.Return, thing), null, "A. Ejemplo, passport X-1.", Igor);
        Done(await house.Get<ReturnExhibit>().HandleAsync(Keeper, command, Cancel));
        Done(await house.SignAsync(thing, command.Act, Igor));
    }

    // A closed case takes no seizure: what comes all the same is filed as the record of another time would have it.
    static async Task<Guid> ArriveAsync(ExhibitHouse house)
    {
        var exhibit = Guid.CreateVersion7();
        Done(await house.Get<Clerk>().FileAsync(new ActorId(house.Handler), new StreamId(house.Case), "exhibits.Seize", _ => ValueTask.FromResult(Decision.Accept(
            new Filing(Exhibit.ListOf(house.Case), new ExhibitListed(exhibit), Compartment: Compartments.OfMatter(new StreamId(house.Case))),
            Exhibit.FilingOf(exhibit, house.Case, new ExhibitSeized(
                house.Case, Guid.CreateVersion7(), Staff.Id("narcotics"), "X-E01", ExhibitKind.Drug, "cocaine-hcl", "Cocaine in a bag.", null, [new(1, "S-1")])))), cancel: Cancel));
        return exhibit;
    }
}
