using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exports;
using Probity.Exports.Contract;
using Probity.Exports.TakingCopies;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exports;

/// <summary>Taking a copy: decided, recorded, and refused.</summary>
public sealed class TakeCopyTests
{
    static TakeCopy.Command Ask(CopyHouse house, bool names = false, string purpose = "Prosecutor of Praia, request 17/2026", ExportFormat format = ExportFormat.OcelJson) =>
        new(house.House.Case, Guid.CreateVersion7(), format, names, purpose);

    [Fact]
    public async Task It_is_on_the_record_with_the_hash_of_the_file_and_among_those_who_opened_the_case()
    {
        await using var house = await CopyHouse.CreateAsync();
        await house.LiveAsync(1, 5);
        var before = house.House.Cases.Log.Size;
        var (outcome, file) = (await house.Slice.HandleAsync(house.House.Handler, Ask(house), Cancel))!.Value;
        Assert.IsType<Outcome.Done>(outcome);
        Assert.NotNull(file);
        var taken = Assert.Single(await house.House.Cases.EventsAsync(ExportDesk.StreamOf(house.House.Case)));
        var exported = Assert.IsType<CaseExported>(taken.Event);
        var copied = (await house.Copies.ReadAsync(house.House.Case, exported.Before, Cancel))!;
        var bytes = await CopyHouse.BytesAsync(copied, ExportFormat.OcelJson, null);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.LongLength, before), (exported.Sha256, exported.Bytes, exported.Before));
        Assert.Equal(house.House.Handler, taken.Actor.Value);
        var read = (await house.House.Cases.EventsAsync(Streams.ReadsOf(new StreamId(house.House.Case)))).Select(r => r.Event).OfType<MatterRead>().Last();
        Assert.Equal(("exports.case", "handler"), (read.What, read.Right));
    }

    [Theory]
    [InlineData("carla", true), InlineData("chief", false), InlineData("ines", false), InlineData("oscar", false), InlineData("root", true), InlineData("maria", true), InlineData("port chief", true), InlineData("keeper", true)]
    public async Task Who_does_not_see_the_case_gets_no_answer_that_tells_of_it(string who, bool hidden)
    {
        await using var house = await CopyHouse.CreateAsync();
        if (Staff.Id(who) == house.House.Handler) who = "dina";
        var ended = await house.Slice.HandleAsync(Staff.Id(who), Ask(house), Cancel);
        Assert.Equal(hidden, ended is null);
        if (!hidden) Assert.IsType<Outcome.Done>(ended!.Value.Outcome);
        Assert.Equal(hidden ? 0 : 1, (await house.House.Cases.EventsAsync(ExportDesk.StreamOf(house.House.Case))).Count);
        Assert.Equal(hidden, (await house.House.Cases.EventsAsync(Streams.RefusalsOf(new StreamId(house.House.Case)))).Any(r => r.Event is ActionRefused { Action: "exports.Copy" }));
        Assert.Null(await house.Slice.HandleAsync(Staff.Id(who), Ask(house) with { Case = Guid.CreateVersion7() }, Cancel));
    }

    [Fact]
    public async Task The_commander_gets_no_names_and_a_purpose_is_said()
    {
        await using var house = await CopyHouse.CreateAsync();
        Refused(Bars.Role, (await house.Slice.HandleAsync(Staff.Id("chief"), Ask(house, names: true), Cancel))!.Value.Outcome);
        foreach (var (purpose, code) in new[] { (" ", ExportTexts.PurposeMissing), ("...", ExportTexts.PurposeMissing), ("x", ExportTexts.PurposeTooShort), ("a b", ExportTexts.PurposeTooShort), ("Prosecution", ExportTexts.PurposeTooShort), ("Prosecution ...", ExportTexts.PurposeTooShort), ("a\u202Eb", ExportTexts.Characters), (new string('x', 1_001), ExportTexts.TooLong) })
            Refused(code, (await house.Slice.HandleAsync(Staff.Id("chief"), Ask(house, purpose: purpose), Cancel))!.Value.Outcome);
        Refused(ExportTexts.FormatUnknown, (await house.Slice.HandleAsync(Staff.Id("chief"), Ask(house, format: (ExportFormat)77), Cancel))!.Value.Outcome);
        Assert.Empty(await house.House.Cases.EventsAsync(ExportDesk.StreamOf(house.House.Case)));
    }

    [Fact]
    public async Task Who_declared_a_conflict_takes_nothing_out()
    {
        await using var house = await CopyHouse.CreateAsync();
        await house.House.Cases.DeclareAsync("oscar", (await house.House.Cases.CaseAsync(house.House.Case)).Number);
        Assert.Null(await house.Slice.HandleAsync(Staff.Id("oscar"), Ask(house), Cancel));
    }

    [Fact]
    public async Task A_witness_from_the_staff_who_still_sees_the_case_takes_nothing_out()
    {
        await using var house = await CopyHouse.CreateAsync(new Party(PartyRole.Witness, "Ines", Staff.Id("ines")));
        Refused(Bars.Self, (await house.Slice.HandleAsync(Staff.Id("ines"), Ask(house), Cancel))!.Value.Outcome);
    }

    [Fact]
    public void A_copy_of_many_has_forms_of_its_own_and_needs_a_case()
    {
        var command = new TakeCopyOfMany.Command(Guid.CreateVersion7(), ExportFormat.IdsCsv, "Annual report to UNODC");
        var made = new TakeCopy.Made("00", 1, 1);
        Assert.Equal(Bars.Role, Code(TakeCopyOfMany.Decide(command, false, [Guid.CreateVersion7()], made)));
        Assert.Equal(ExportTexts.FormatUnknown, Code(TakeCopyOfMany.Decide(command with { Format = ExportFormat.CaseJsonLd }, true, [Guid.CreateVersion7()], made)));
        Assert.Equal(ExportTexts.PurposeMissing, Code(TakeCopyOfMany.Decide(command with { Purpose = "" }, true, [Guid.CreateVersion7()], made)));
        Assert.Equal(ExportTexts.Nothing, Code(TakeCopyOfMany.Decide(command, true, [], made)));
        Assert.IsType<Decision.Accepted>(TakeCopyOfMany.Decide(command, true, [Guid.CreateVersion7()], made));
    }

    static string Code(Decision decision) => Assert.IsType<Decision.Refused>(decision).Refusal.Code;
}
