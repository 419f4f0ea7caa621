using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Cases.Working;
using Probity.Exhibits;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.TakingOver;
using Probity.Exports.Contract;
using Probity.Ledger;
using Probity.Lens.Objects;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using Probity.Tests.Exports;
using static Probity.Tests.Exhibits.ExhibitHouse;
using static Probity.Tests.Exhibits.TakingOver.Registers;

namespace Probity.Tests.Exhibits.TakingOver;

/// <summary>A register is presented by who keeps the store, countersigned by somebody from outside, and is on the record whole or not at all.</summary>
public sealed class TakingOverTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Ines = Staff.Id("ines"), Oscar = Staff.Id("oscar");

    const string Other = "A-2,17/2018,2018-01-02,cannabis resin,Blocks,12,kg,,Vault 1";

    static string Good(string number) => $"A-1,{number},2019-04-30,heroin,Brown powder,1012.5,g,S-1;S-2,Vault 1";

    static async Task<(ExhibitHouse House, string Case)> HouseAsync()
    {
        var house = await ExhibitHouse.CreateAsync();
        CaseHouse.Done(await house.Get<GiveAccess>().HandleAsync(house.Handler, new GiveAccess.Command(house.Case, Keeper, "Keeps its exhibits."), null, Cancel));
        return (house, (await house.Cases.CaseAsync(house.Case)).Number);
    }

    static PresentRegister.Command Command(byte[] file, RegisterChoices? choices = null, Guid? register = null)
    {
        choices ??= new RegisterChoices { OpensCase = true };
        return new(register ?? Guid.CreateVersion7(), Staff.Id("narcotics"), "register.csv", Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, Registers.Read(file, choices), choices, new("no seal", "What was of no case."));
    }

    static Task<Outcome> PresentAsync(ExhibitHouse house, PresentRegister.Command command, Guid? by = null) => house.Get<PresentRegister>().HandleAsync(by ?? Keeper, command, Cancel);

    static Task<Outcome?> SignAsync(ExhibitHouse house, Guid register, Guid? by = null, bool agrees = true, string? reasons = null) =>
        house.Get<CountersignRegister>().HandleAsync(by ?? Ines, new(register, agrees, reasons), Cancel);

    [Fact]
    public async Task An_exhibit_that_was_taken_over_says_that_it_comes_from_a_register_and_its_custody_begins_here()
    {
        var (house, number) = await HouseAsync();
        await using var _ = house;
        var command = Command(Csv(Good(number), Other));
        Done(await PresentAsync(house, command));
        var exhibit = CountersignRegister.IdOf(command.Register, 2);
        Assert.False((await house.ExhibitAsync(exhibit)).Exists);
        house.Cases.Time.Now += TimeSpan.FromHours(3);
        Done(await SignAsync(house, command.Register));

        var found = await house.ExhibitAsync(exhibit);
        Assert.Equal((house.Case, number + "-R01", ExhibitKind.Drug, "heroin", Keeper, ExhibitStatus.Held, house.Vault), (found.Case, found.Number, found.Kind, found.Substance, found.Chain.Holder, found.Status, found.Location));
        // It happened when it was signed, whatever the register says; and nobody weighed it here.
        Assert.Equal(house.Cases.Time.Now, found.SeizedAt);
        Assert.Empty(found.Readings);
        Assert.Equal((new DateOnly(2019, 4, 30), new Grams(1012.5m), 2, command.Sha256, Keeper, Ines), (
            found.FromRegister!.Stated.SeizedOn, found.FromRegister.Stated.Mass, found.FromRegister.Stated.Line, found.FromRegister.Taken.Sha256, found.FromRegister.Taken.Custodian, found.FromRegister.Countersigner));
        Assert.All(await house.Cases.EventsAsync(new StreamId(exhibit)), e => Assert.Null(e.Occurred));

        // What was of no case on the record joins one that is opened, for which a handler is drawn.
        var joined = await house.ExhibitAsync(CountersignRegister.IdOf(command.Register, 3));
        Assert.Equal(TakenRegister.CaseOf(command.Register), joined.Case);
        Assert.Equal(("17/2018", "12000", "no seal"), (joined.FromRegister!.Stated.CaseNumber, joined.FromRegister.Stated.Mass.ToString(), Assert.Single(joined.Packages).Seal));
        await house.Cases.ReactAsync();
        var opened = await house.Cases.CaseAsync(joined.Case);
        Assert.Equal(("NAR-2026-0002", true), (opened.Number, opened.Named.Contains(Keeper)));
        Assert.NotNull(opened.Handler);

        // From now on it is an exhibit like any other: it is weighed, and what is seized in its case has a number of its own.
        Done(await house.WeighAsync(exhibit, Keeper, 1000m, new SecondPerson(Staff.Id("chief"), null, null)));
        await house.SeizeAsync();
        Assert.Equal(2, (await house.Cases.EventsAsync(Exhibit.ListOf(house.Case))).Count);
    }

    [Fact]
    public async Task Its_grams_are_in_the_account_and_are_never_said_to_add_up()
    {
        var (house, _) = await HouseAsync();
        await using var closing = house;
        var command = Command(Csv(Good("")));
        Done(await PresentAsync(house, command));
        Done(await SignAsync(house, command.Register));
        var exhibit = CountersignRegister.IdOf(command.Register, 2);
        Assert.Equal((GramsState.CannotTell, GramsGap.FromRegister), await BalanceAsync(house, exhibit));
        foreach (var (package, seal) in ((int, decimal)[])[(1, 500m), (2, 512.5m)])
            Done(await house.WeighAsync(exhibit, Keeper, seal, new SecondPerson(house.Handler, null, null), package, MassKind.Net));
        Assert.Equal((GramsState.CannotTell, GramsGap.FromRegister), await BalanceAsync(house, exhibit));
        Done(await house.WeighAsync(exhibit, Keeper, 470m, new SecondPerson(house.Handler, null, null), 1, MassKind.Net));
        Assert.Equal(GramsState.DoesNotAddUp, (await BalanceAsync(house, exhibit)).State);
    }

    [Fact]
    public async Task A_line_that_looks_like_a_total_is_no_exhibit()
    {
        var (house, number) = await HouseAsync();
        await using var closing = house;
        var command = Command(Csv(Good(number), ",,,,TOTAL,1012.5,g,,"));
        var look = await house.Get<PresentRegister>().LookAsync(Keeper, command.Unit, command.Read, command.Sha256, command.Choices, Cancel);
        Assert.Equal((1, 0, 0, 1), (look!.Value.Held.Good, look.Value.Held.Warned, look.Value.Held.Wrong, look.Value.Held.PassedOver));
        Done(await PresentAsync(house, command));
        Done(await SignAsync(house, command.Register));
        Assert.Equal(1, (await house.Cases.Log.ReadAsync(0, int.MaxValue, Cancel)).Select(EventTypes.Read).Count(r => r.Event is ExhibitTakenOver));
    }

    [Fact]
    public async Task It_leaves_in_every_copy_of_its_case_and_names_no_seizure()
    {
        var (house, _) = await HouseAsync();
        await using var copies = new CopyHouse(house);
        var command = Command(Csv(Good("")));
        Done(await PresentAsync(house, command));
        Done(await SignAsync(house, command.Register));
        var copied = (await copies.Copies.ReadAsync(TakenRegister.CaseOf(command.Register), house.Cases.Log.Size, Cancel))!;
        foreach (var format in Enum.GetValues<ExportFormat>()) Assert.NotEmpty(await CopyHouse.BytesAsync(copied, format, null));
        foreach (var format in (ExportFormat[])[ExportFormat.OcelJson, ExportFormat.OcelSqlite])
        {
            var flat = RoundTripTests.Objects(await CopyHouse.BytesAsync(copied, format, null)).Flatten(new ObjectView { ObjectType = "exhibit", PersonType = "officer" });
            Assert.Equal("Take over from register", flat.Activities[Assert.Single(flat.ActivitiesOf(0).ToArray())]);
        }
    }

    static async Task<(GramsState State, GramsGap? Gap)> BalanceAsync(ExhibitHouse house, Guid exhibit)
    {
        var book = (await house.Cases.Log.ReadAsync(0, int.MaxValue, Cancel)).Select(EventTypes.Read).Aggregate(GramsBook.Empty, (book, recorded) => book.With(recorded));
        return (book.Families[exhibit].Balance.State, book.Families[exhibit].Balance.Gap);
    }

    [Fact]
    public async Task One_wrong_line_and_nothing_is_recorded_of_the_others()
    {
        var (house, number) = await HouseAsync();
        await using var _ = house;
        var size = house.Cases.Log.Size;
        var command = Command(Csv(Good(number), Other, "A-3,,2019-04-31,heroin,Brown,1,g,S-1,Vault 1"));
        Refused(PresentRegister.LinesWrong, await PresentAsync(house, command));
        // The refusal itself, and no more.
        Assert.Equal(size + 1, house.Cases.Log.Size);
        Assert.Equal("record.refused.v1", (await house.Cases.Log.ReadAsync(size, 10, Cancel)).Select(EventTypes.Read).Single().Type);
        // Looking writes nothing at all.
        var look = await house.Get<PresentRegister>().LookAsync(Keeper, command.Unit, command.Read, command.Sha256, command.Choices, Cancel);
        Assert.Equal((1, 1, 1, false), (look!.Value.Held.Good, look.Value.Held.Warned, look.Value.Held.Wrong, look.Value.IsSameFile));
        Assert.Equal(size + 1, house.Cases.Log.Size);
        // And a stranger does not even look.
        Assert.Null(await house.Get<PresentRegister>().LookAsync(Staff.Id("ana"), command.Unit, command.Read, command.Sha256, command.Choices, Cancel));
    }

    [Fact]
    public async Task The_record_is_asked_for_cases_places_and_numbers()
    {
        var (house, number) = await HouseAsync();
        await using var _ = house;
        string[] lines =
        [
            Good(number.ToLowerInvariant()), "A-2,POR-2026-0001,2018-01-02,heroin,Brown,1,g,S-1,Vault 1", "A-3,,2018-01-02,heroin,Brown,1,g,S-1,Vault 1",
            $"A-4,{number},2018-01-02,heroin,Brown,1,g,S-1,Vault 9", $"A-5,{number},2018-01-02,heroin,Brown,1,g,S-1,",
        ];
        Assert.Equal(["", "!case-unknown", "!case-missing", "!storage-unknown", "!storage-missing"], await SaidAsync(new RegisterChoices()));
        Assert.Equal(["", "case-joins", "", "!storage-unknown", ""], await SaidAsync(new RegisterChoices { OpensCase = true, Location = house.Vault }));

        async Task<IEnumerable<string>> SaidAsync(RegisterChoices choices)
        {
            var command = Command(Csv(lines), choices);
            return (await house.Get<PresentRegister>().LookAsync(Keeper, command.Unit, command.Read, command.Sha256, choices, Cancel))!.Value.Held.Lines.Select(l => Said(l.Notes));
        }
    }

    [Fact]
    public async Task The_same_file_is_presented_once_and_a_newer_copy_says_which_lines_are_known()
    {
        var (house, number) = await HouseAsync();
        await using var _ = house;
        var first = Csv(Good(number), Other);
        var command = Command(first);
        for (var i = 0; i < 2; i++) Done(await PresentAsync(house, command));
        Assert.Single((await house.Cases.EventsAsync(RegisterList.Stream)));
        Refused(PresentRegister.SameFile, await PresentAsync(house, Command(first)));

        var newer = Csv(Good(number), "A-9,,2020-01-02,heroin,Brown,5,g,S-9,Vault 1");
        Refused(PresentRegister.LinesWrong, await PresentAsync(house, Command(newer)));
        var passing = Command(newer, new RegisterChoices { OpensCase = true, PassesOver = true });
        Done(await PresentAsync(house, passing));
        Assert.Equal(["A-9"], (await new RecordSession(house.Cases.Log).FoldAsync<RegisterLines>(RegisterLines.StreamOf(passing.Register))).All.Select(l => l.Exhibit.Number));
        Refused(PresentRegister.NothingInIt, await PresentAsync(house, Command(Csv("a 9,,2020-01-02,heroin,Brown,5,g,S-9,Vault 1"), passing.Choices)));

        // What was sent back was never taken over: it may be presented again.
        Refused(ExhibitTexts.ReasonMissing, await SignAsync(house, command.Register, agrees: false));
        Done(await SignAsync(house, command.Register, agrees: false, reasons: "The sums differ."));
        Refused(CountersignRegister.Answered, await SignAsync(house, command.Register));
        Done(await PresentAsync(house, Command(first)));
    }

    [Fact]
    public async Task Nothing_is_taken_over_of_a_case_that_was_closed_meanwhile_and_all_or_nothing_holds_then_too()
    {
        var (house, number) = await HouseAsync();
        await using var _ = house;
        var command = Command(Csv(Good(number), Other));
        Done(await PresentAsync(house, command));
        var facts = await house.Get<TakingOverDesk>().ReadAsync(new RecordSession(house.Cases.Log), Ines, command.Register, Cancel);
        var closed = facts with { Cases = facts.Cases.ToDictionary(c => c.Key, c => c.Key == house.Case ? c.Value with { Case = c.Value.Case with { Closed = true } } : c.Value) };
        var numbering = new CountersignRegister.CaseNumbering(facts.Cases.ToDictionary(c => c.Key, _ => ("X", 0L)), []);
        CaseHouse.Refused(CountersignRegister.CaseGone, CountersignRegister.Decide(new(command.Register, true, null), closed, numbering));
        CaseHouse.Refused(CountersignRegister.LinesGone, CountersignRegister.Decide(new(command.Register, true, null), facts with { Lines = new(facts.Lines.All[1..]) }, numbering));
        // Two exhibits, each with its place in its case's list, and the answer.
        Assert.Equal(5, Assert.IsType<Decision.Accepted>(CountersignRegister.Decide(new(command.Register, true, null), facts, numbering)).Filings.Count);
    }

    [Fact]
    public async Task Who_keeps_it_does_not_sign_it_nor_who_stands_over_them_nor_who_may_not_see_its_cases()
    {
        var (house, number) = await HouseAsync();
        await using var _ = house;
        var command = Command(Csv(Good(number)));
        Refused(Bars.Role, await PresentAsync(house, command, Staff.Id("chief")));
        Refused(Bars.Role, await PresentAsync(house, command with { Unit = Staff.Id("port") }));
        Done(await PresentAsync(house, command));
        foreach (var nobody in new[] { "ana", "pedro", "port chief", "root", "maria", "judith" }) Assert.Null(await SignAsync(house, command.Register, Staff.Id(nobody)));
        foreach (var own in new[] { "keeper", "chief" }) Refused(Bars.Role, await SignAsync(house, command.Register, Staff.Id(own)));
        Assert.Null(await SignAsync(house, Guid.CreateVersion7()));
        // An overseer may too, and whoever has the keys of the place may not.
        Done(await house.Get<Probity.Exhibits.Keeping.OpenLocation>().HandleAsync(Staff.Id("chief"), new Probity.Exhibits.Keeping.OpenLocation.Command(
            Guid.CreateVersion7(), Staff.Id("narcotics"), "Room 2", StorageClass.Room, null, true, true, true), Cancel));
        Done(await SignAsync(house, command.Register, Oscar));
    }

    [Fact]
    public async Task As_many_lines_as_one_file_may_have_come_onto_the_record_in_one_append()
    {
        var (house, _) = await HouseAsync();
        await using var __ = house;
        var command = Command(Csv(Enumerable.Range(0, ReadRegister.MaxLines).Select(i => $"A-{i},{i % 7}/2018,2018-01-02,heroin,Brown powder in a bag,{i}.5,g,S-{i},Vault 1")));
        Done(await PresentAsync(house, command));
        var size = house.Cases.Log.Size;
        Done(await SignAsync(house, command.Register));
        Assert.Equal((2 * ReadRegister.MaxLines) + 4, house.Cases.Log.Size - size);
        Assert.Equal("NAR-2026-0002-R4500", (await house.ExhibitAsync(CountersignRegister.IdOf(command.Register, ReadRegister.MaxLines + 1))).Number);
    }
}
