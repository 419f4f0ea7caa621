using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Intake.Tests.Sealing;

public sealed class DepositTests : IDisposable
{
    readonly SealingKey[] _keys = [.. Enumerable.Range(0, 4).Select(_ => SealingKey.Generate())];
    readonly SealingKey _recovery = SealingKey.Generate();
    readonly SourceKeys _source = new(RandomNumberGenerator.GetBytes(32));
    readonly Guid _unit = Guid.NewGuid(), _team = Guid.NewGuid(), _post = Guid.NewGuid();

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
        _recovery.Dispose();
        _source.Dispose();
    }

    RecipientBook Book() => new()
    {
        Version = 1,
        Issued = new DateOnly(2026, 3, 1),
        Holders =
        [
            new(Guid.NewGuid(), HolderPart.Integrity, $"{_keys[0].Public}"), new(Guid.NewGuid(), HolderPart.Integrity, $"{_keys[1].Public}"),
            new(Guid.NewGuid(), HolderPart.Overseer, $"{_keys[2].Public}"), new(Guid.NewGuid(), HolderPart.Custodian, $"{_keys[3].Public}"),
        ],
        Recovery = $"{_recovery.Public}",
        Units = [new(_unit, "Harbour", null, []), new(_team, "Night watch", _unit, [0])],
        Posts = [new(_post, _team, "Head of the night watch", [1])],
        NameKey = Convert.ToBase64String(new byte[32]),
        Names = [new(NameWords.Keys("Conceição Exemplo da Luz", new byte[32]), [0, 3])],
    };

    static DepositContent Content(MustNotSee? without = null, string text = "CANARY") => new(
        true, "bribery", "pt", ReportChannel.Pages, [new("what", text)], without ?? MustNotSee.Nobody, [], [], new Inflow(1, 0));

    Deposit Seal(RecipientBook book, MustNotSee without) => Deposit.Seal(
        Guid.NewGuid(), _source, book, Routing.Of(book, without), Content(without), new DepositIdentity("Name", "+000"), []);

    static string? Read(Deposit deposit, int slot, SealingKey key) =>
        deposit.Content.OpenSlot(deposit.Binding(PartKind.Content), slot, key) is { } part
            ? DepositContent.Read(deposit.Content.OpenBody(deposit.Binding(PartKind.Content), part))!.Answers[0].Text
            : null;

    [Fact]
    public void Who_may_reads_it_and_nobody_else()
    {
        var book = Book();
        var deposit = Deposit.Decode(Seal(book, new MustNotSee([], [_post], [])).Encode());
        Assert.Equal("CANARY", Read(deposit, 0, _keys[0]));
        Assert.Null(Read(deposit, 1, _keys[1]));
        Assert.Equal("CANARY", Read(deposit, 2, _keys[2]));
        Assert.Null(Read(deposit, 3, _keys[3]));
        Assert.Equal("CANARY", Read(deposit, 4, _recovery));
        // A slot opens with the key that it was sealed for, and nowhere but at its place.
        Assert.Null(Read(deposit, 0, _keys[2]));
        Assert.Null(deposit.Content.OpenSlot(deposit.Binding(PartKind.Identity), 0, _keys[0]));
    }

    [Fact]
    public void Identity_opens_for_the_custodian_alone()
    {
        var deposit = Seal(Book(), MustNotSee.Nobody);
        var binding = deposit.Binding(PartKind.Identity);
        var part = deposit.Identity.OpenSlot(binding, 3, _keys[3])!;
        Assert.Equal("Name", DepositIdentity.Read(deposit.Identity.OpenBody(binding, part))!.Name);
        for (var slot = 0; slot < 5; slot++)
            foreach (var key in (SealingKey[])[_keys[0], _keys[1], _keys[2], _recovery]) Assert.Null(deposit.Identity.OpenSlot(binding, slot, key));
    }

    [Fact]
    public void A_deposit_does_not_tell_who_is_left_out_nor_how_much_it_says()
    {
        var book = Book();
        Deposit[] deposits =
        [
            Seal(book, MustNotSee.Nobody), Seal(book, new MustNotSee([_unit], [], ["conceicao luz"])), Deposit.Cover(book),
            Deposit.Seal(Guid.NewGuid(), _source, book, Routing.Of(book, MustNotSee.Nobody), Content(text: new string('x', 7_000)), new DepositIdentity("", ""), []),
        ];
        Assert.Single(deposits.Select(deposit => deposit.Encode().Length).Distinct());
        Assert.All(deposits.SelectMany(deposit => deposit.Content.Slots.Concat(deposit.Identity.Slots)), slot => Assert.Equal(SealedPart.SlotSize, slot.Length));
        Assert.DoesNotContain("CANARY", System.Text.Encoding.Latin1.GetString(deposits[0].Encode()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slot_of_another_deposit_opens_nothing()
    {
        var book = Book();
        var (one, other) = (Seal(book, MustNotSee.Nobody), Seal(book, MustNotSee.Nobody));
        var moved = one with { Content = one.Content with { Slots = other.Content.Slots } };
        Assert.Null(Read(moved, 0, _keys[0]));
        // The key of the slot alone does not open a body whose slots were exchanged.
        var part = one.Content.OpenSlot(one.Binding(PartKind.Content), 0, _keys[0])!;
        var exchanged = one.Content with { Slots = [one.Content.Slots[0], .. other.Content.Slots.Skip(1)] };
        Assert.Null(exchanged.OpenBody(one.Binding(PartKind.Content), part));
        Assert.NotNull(one.Content.OpenBody(one.Binding(PartKind.Content), part));
    }

    [Fact]
    public void Ticks_and_names_bar_and_units_bar_what_is_below_them()
    {
        var book = Book();
        Assert.Equal([false, false, true, true], Routing.Of(book, new MustNotSee([_unit], [], [])).Opens);
        Assert.Equal([true, false, true, true], Routing.Of(book, new MustNotSee([], [_post], [])).Opens);
        foreach (var name in (string[])["Conceição da Luz", "CONCEICAO LUZ", "luz, conseição", "Exemplo", "Conceisao Lus"])
            Assert.Equal([false, true, true, false], Routing.Of(book, new MustNotSee([], [], [name])).Opens);
        Assert.Equal([true, true, true, true], Routing.Of(book, new MustNotSee([], [], ["Somebody Else", "  ", "da"])).Opens);
    }

    [Fact]
    public void What_the_source_adds_goes_to_the_same_readers_whoever_joined_since()
    {
        var book = Book();
        var deposit = Seal(book, new MustNotSee([], [_post], []));
        var readers = deposit.OpenRoute(_source)!;
        using var joined = SealingKey.Generate();
        var newer = book with { Version = 2, Holders = [new(Guid.NewGuid(), HolderPart.Integrity, $"{joined.Public}"), .. book.Holders] };
        Assert.Equal([false, true, false, true, true], Routing.To(newer, readers).Opens);
        using var other = new SourceKeys(new byte[32]);
        Assert.Null(deposit.OpenRoute(other));
    }

    [Fact]
    public void An_answer_opens_with_its_code_alone()
    {
        var answer = SealedAnswer.Seal(Guid.NewGuid(), Guid.NewGuid(), new DateOnly(2026, 3, 8), _source.Key.Public, new AnswerContent(SourceStage.Acknowledged, "Read.", null));
        Assert.Equal("Read.", answer.Open(_source.Key)!.Text);
        Assert.Null((answer with { Day = answer.Day.AddDays(-1) }).Open(_source.Key));
        Assert.Null((answer with { Report = Guid.NewGuid() }).Open(_source.Key));
        Assert.Null(answer.Open(_keys[0]));
    }

    [Fact]
    public void Bytes_that_are_no_deposit_are_refused_and_nothing_else_happens()
    {
        var random = new Random(20261201);
        var whole = Seal(Book(), MustNotSee.Nobody).Encode();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = random.Next(4) == 0 ? new byte[random.Next(300)] : whole.ToArray();
            if (bytes.Length < 300) random.NextBytes(bytes);
            else
            {
                for (var n = random.Next(1, 5); n > 0; n--) bytes[random.Next(random.Next(2) == 0 ? 200 : bytes.Length)] = (byte)random.Next(256);
                if (random.Next(3) == 0) bytes = bytes[..random.Next(bytes.Length)];
            }

            try
            {
                Deposit.Decode(bytes);
            }
            catch (FormatException)
            {
            }
        }
    }

    [Fact]
    public void A_book_comes_back_and_one_that_contradicts_itself_is_refused()
    {
        var book = Book();
        Assert.Equal(book.Hash(), RecipientBook.Read(book.Write()).Hash());
        Assert.Throws<FormatException>(() => RecipientBook.Read((book with { Units = [new(_unit, "Harbour", null, [4])] }).Write()));
        Assert.Throws<FormatException>(() => RecipientBook.Read((book with { NameKey = "AAAA" }).Write()));
        Assert.Throws<FormatException>(() => RecipientBook.Read("{}"u8));
        Assert.Throws<FormatException>(() => RecipientBook.Read("null"u8));
    }
}
