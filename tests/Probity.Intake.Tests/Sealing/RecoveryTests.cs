using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Intake.Tests.Sealing;

public class RecoveryTests
{
    [Fact]
    public void Enough_shares_open_what_is_asked_for_for_the_one_reader()
    {
        using var recovery = SealingKey.Generate();
        using var lost = SealingKey.Generate();
        using var reader = SealingKey.Generate();
        using var other = SealingKey.Generate();
        using var source = new SourceKeys(RandomNumberGenerator.GetBytes(32));
        var book = new RecipientBook
        {
            Version = 1, Issued = new DateOnly(2026, 1, 1), Holders = [new(Guid.NewGuid(), HolderPart.Integrity, $"{lost.Public}")], Recovery = $"{recovery.Public}",
            Units = [], Posts = [], Names = [], NameKey = Convert.ToBase64String(new byte[32]),
        };
        var content = new DepositContent(true, "other", "en", ReportChannel.Pages, [new("what", "CANARY")], MustNotSee.Nobody, [], [], new Inflow(0, 0));
        var deposit = Deposit.Seal(Guid.NewGuid(), source, book, Routing.Of(book, MustNotSee.Nobody), content, new DepositIdentity("Name", ""), []);
        RecoverySlot Slot(int place, SealedPart part) => new(deposit.Id, deposit.Report, Convert.ToBase64String(deposit.Book.Span), place, Convert.ToBase64String(part.Slots[place]));
        var request = RecoveryRequest.Read(new RecoveryRequest(
            RecoveryRequest.CurrentForm, $"{reader.Public}", "receipt", [Slot(1, deposit.Content), Slot(0, deposit.Content), Slot(1, deposit.Identity)]).Write())!;

        using var combined = SealingKey.Import(SecretShares.Combine([.. SecretShares.Split(recovery.Export(), 3, 5).Skip(2)])!);
        var answer = RecoveryAnswer.Read(request.Open(combined).Write())!;
        // The slot of somebody else, and the identity, do not open with it.
        var grant = new Grant(deposit.Id, PartKind.Content, Convert.FromBase64String(Assert.Single(answer.Grants).Box));
        Assert.Null(grant.Open(other));
        Assert.Null((grant with { Deposit = Guid.NewGuid() }).Open(reader));
        Assert.Null((grant with { Part = PartKind.Identity }).Open(reader));
        var key = grant.Open(reader)!;
        Assert.Equal("CANARY", DepositContent.Read(deposit.Content.OpenBody(deposit.Binding(PartKind.Content), key))!.Answers[0].Text);
        Assert.Null(deposit.Identity.OpenBody(deposit.Binding(PartKind.Identity), key));
        Assert.Empty(request.Open(other).Grants);
    }

    [Fact]
    public void What_is_no_request_is_told()
    {
        Assert.Null(RecoveryRequest.Read("{}"u8));
        Assert.Null(RecoveryRequest.Read("""{"form":"probity-recovery-2","to":"","receipt":"","slots":[]}"""u8));
        Assert.Null(RecoveryAnswer.Read("[]"u8));
    }
}
