using Probity.Cases.Contract;
using Probity.Cases.Ordering;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Viewing;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>To whom an exhibit goes is the order's to say, and what was signed for it says the same.</summary>
public sealed class ReceiverTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Igor = Staff.Id("igor");

    static async Task<Guid> TelephoneAsync(ExhibitHouse house)
    {
        var seizure = Guid.CreateVersion7();
        Done(await house.Get<RecordSeizure>().HandleAsync(house.Handler, new(house.Case, seizure, Airport, [new(ExhibitKind.Device, null, "A telephone.", null, [new(1, "D-1")])], null), Cancel));
        return RecordSeizure.IdOf(seizure, 0);
    }

    static async Task StoreAsync(ExhibitHouse house, Guid exhibit)
    {
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper) with { Seals = [new(1, "D-1")] }));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler) with { Seals = [new(1, "D-1")] }));
    }

    [Fact]
    public async Task What_is_destroyed_goes_to_nobody()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var command = house.OrderOf(ExhibitOrderKind.Destroy, exhibit) with { To = "A. Ejemplo" };
        CaseHouse.Refused(OrderExhibits.ToDestroyed, await house.Get<OrderExhibits>().ProposeAsync(await house.ProsecutorAsync(), command, null, Cancel));
        CaseHouse.Done(await house.Get<OrderExhibits>().ProposeAsync(await house.ProsecutorAsync(), command with { To = " " }, null, Cancel));
    }

    [Fact]
    public async Task A_receipt_in_another_name_needs_a_reason_and_is_a_matter()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var phone = await TelephoneAsync(house);
        await house.JudgeAsync(await house.ChargeAsync());
        var order = await house.OrderAsync(ExhibitOrderKind.Return, phone);
        // An officer who has it is told to bring it to where it is given back.
        var facts = await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), house.Handler, phone, Cancel);
        Assert.Contains(ExhibitSteps.Next(facts), s => s.Reason.Contains("Court 2, 17/2026", StringComparison.Ordinal) && s.Href.EndsWith("/hand-over", StringComparison.Ordinal));
        await StoreAsync(house, phone);
        Task<Outcome?> ReturnAsync(string receipt, string? other = null) => house.Get<ReturnExhibit>().HandleAsync(Keeper, new(phone, Guid.CreateVersion7(), order, null, receipt, Igor, other), Cancel);
        foreach (var receipt in (string[])["J. Perez, passport Z-9: one telephone.", "Ejemplar: one telephone.", "A telephone."]) Refused(ReturnExhibit.ReceiptOther, await ReturnAsync(receipt));
        Refused(ReturnExhibit.ReceiptOther, await ReturnAsync("J. Perez", "."));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await ReturnAsync("J. Perez, passport Z-9: one telephone.", "His brother, by a power of attorney of 1 March."));
        var found = Assert.Single(await house.DiscrepanciesAsync()).Found;
        Assert.Equal((DiscrepancyKind.Receipt, "A. Ejemplo, passport X-1", "J. Perez, passport Z-9: one telephone."), (found.Kind, found.Expected, found.Found));
        Assert.Equal("His brother, by a power of attorney of 1 March.", (await house.ExhibitAsync(phone)).Return!.Other);
    }

    [Fact]
    public async Task The_states_office_signs_in_its_own_name_or_somebody_says_why_not()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var phone = await TelephoneAsync(house);
        await StoreAsync(house, phone);
        await house.JudgeAsync(await house.ChargeAsync());
        var order = await house.OrderAsync(ExhibitOrderKind.Forfeit, phone);
        Done(await house.Get<ReturnExhibit>().ForfeitAsync(Keeper, new(phone, order), Cancel));
        Task<Outcome?> ReturnAsync(string? other = null) => house.Get<ReturnExhibit>().HandleAsync(Keeper, new(phone, Guid.CreateVersion7(), order, null, "J. Perez: one telephone.", Igor, other), Cancel);
        Refused(ReturnExhibit.ReceiptOther, await ReturnAsync());
        Done(await ReturnAsync("Its driver, by the office's letter of 1 March."));
        var found = Assert.Single(await house.DiscrepanciesAsync()).Found;
        Assert.Equal((DiscrepancyKind.Receipt, "Office for seized assets", "J. Perez: one telephone."), (found.Kind, found.Expected, found.Found));
    }

    [Fact]
    public async Task Who_put_the_order_on_the_record_signs_for_nothing_that_is_done_by_it()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (phone, drug) = (await TelephoneAsync(house), await house.SeizeAsync());
        await StoreAsync(house, phone);
        Done(await house.GiveAsync(house.Handler, Release(drug, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(drug, house.Handler)));
        await house.JudgeAsync(await house.ChargeAsync());
        var (returned, burned, rita) = (house.OrderOf(ExhibitOrderKind.Return, phone), house.OrderOf(ExhibitOrderKind.Destroy, drug), Staff.Id("rita"));
        foreach (var said in (OrderExhibits.Command[])[returned, burned]) CaseHouse.Done(await house.Get<OrderExhibits>().HandleAsync(rita, said, null, Cancel));
        // The judge had their seven days.
        house.Cases.Time.Now += OrderPolicy.JudgeSeesWithin;
        var (order, destroy) = (returned.Order, burned.Order);
        Assert.All((await house.Cases.CaseAsync(house.Case)).Court.Orders, o => Assert.Equal(rita, o.By));
        var command = new ReturnExhibit.Command(phone, Guid.CreateVersion7(), order, null, "A. Ejemplo: one telephone.", rita);
        Refused(DisposalFacts.OrderedIt, await house.Get<ReturnExhibit>().HandleAsync(Keeper, command, Cancel));
        Done(await house.Get<ReturnExhibit>().HandleAsync(Keeper, command with { Witness = Igor }, Cancel));
        // Nor where the witness let the day pass and others stand in.
        house.Cases.Time.Now += TimeSpan.FromHours(25);
        var facts = await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), rita, phone, Cancel);
        Assert.True(ReturnExhibit.IsByOrderOf(rita, command.Act, facts));
        Assert.False(ReturnExhibit.IsByOrderOf(Igor, command.Act, facts));
        Assert.False(ExhibitSteps.CanSign(facts.Exhibit.Acts[command.Act], facts));
        Assert.IsNotType<Outcome.Done>(await house.SignAsync(phone, command.Act, rita));
        Assert.True((await house.ExhibitAsync(phone)).IsBeingReturned);
        var burn = DestructionScene.Order(drug, rita, DestructionScene.Maria) with { Order = destroy };
        Refused(DisposalFacts.OrderedIt, await house.Get<ProposeDestruction>().HandleAsync(Keeper, burn, Cancel));
        Done(await house.Get<ProposeDestruction>().HandleAsync(Keeper, burn with { Witnesses = [DestructionScene.Vera, DestructionScene.Maria] }, Cancel));
    }

    [Fact]
    public async Task A_receipt_in_the_orders_name_needs_nothing_more()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var phone = await TelephoneAsync(house);
        await StoreAsync(house, phone);
        await house.JudgeAsync(await house.ChargeAsync());
        var order = await house.OrderAsync(ExhibitOrderKind.Return, phone);
        Done(await house.Get<ReturnExhibit>().HandleAsync(Keeper, new(phone, Guid.CreateVersion7(), order, null, "Received: one telephone. (a) EJEMPLO, A.", Igor), Cancel));
        Assert.Empty(await house.DiscrepanciesAsync());
        Assert.Null((await house.ExhibitAsync(phone)).Return!.Other);
    }
}
