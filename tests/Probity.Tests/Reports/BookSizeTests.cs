using System.Diagnostics;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports;

/// <summary>The book of a country: twenty thousand people in a thousand units, forty of them recipients.</summary>
public sealed class BookSizeTests
{
    const int Units = 1_000, InEach = 20, Recipients = 40;

    [Fact]
    public void The_book_of_twenty_thousand_people_is_whole_and_fits()
    {
        var staff = new Staff().Unit("country", "C");
        for (var unit = 0; unit < Units; unit++)
        {
            staff.Unit($"unit {unit}", $"U{unit}", unit < 10 ? "country" : $"unit {unit / 10}").Post($"chief {unit}", $"unit {unit}", Role.Commander, unit < 10 ? null : $"chief {unit / 10}");
            for (var officer = 1; officer < InEach; officer++) staff.Post($"officer {Letters((unit * InEach) + officer)}", $"unit {unit}", Role.Officer, $"chief {unit}");
        }

        // One of them was a chief a year ago: all below are barred with them.
        for (var recipient = 0; recipient < Recipients; recipient++) staff.Post($"recipient {recipient}", "country", recipient % 4 == 0 ? Role.Overseer : Role.Integrity);
        var register = staff.Hold("recipient 1", "post of chief 3", RandomHouse.Now.AddYears(-3), RandomHouse.Now.AddYears(-1)).ToRegister();
        var recipients = Probity.Reports.Keys.Recipients.Initial;
        using var key = SealingKey.Generate();
        for (var recipient = 0; recipient < Recipients; recipient++)
        {
            foreach (var happened in (IEvent[])[new KeyMade(key.Public.ToString()), new KeyConfirmed(Staff.Id($"recipient {recipient}"), key.Public.ToString())])
                recipients = recipients.Apply(new Recorded(happened, "", 0, Probity.Reports.Keys.Recipients.Stream, 1, RandomHouse.Now, null, new ActorId(Staff.Id($"recipient {recipient}"))));
        }

        var watch = Stopwatch.StartNew();
        var holders = BookMaking.HoldersOf(register, recipients, RandomHouse.Now);
        var book = BookMaking.Of(register, holders, RandomHouse.Now, new byte[32]);
        var made = watch.Elapsed;
        var bytes = book.Write();
        TestContext.Current.SendDiagnosticMessage($"{book.Names.Count} names, {book.Units.Count} units, {book.Posts.Count} posts: {made.TotalMilliseconds:0} ms; {bytes.Length / 1024} KiB");
        Assert.Equal((Recipients, Units + 1, (Units * InEach) + Recipients, (Units * InEach) + Recipients), (book.Holders.Count, book.Units.Count, book.Posts.Count, book.Names.Count));
        Assert.True(bytes.Length < RecipientBook.Longest);
        Assert.Equal(bytes, RecipientBook.Read(bytes).Write());

        var place = holders.ToList().FindIndex(h => h.Id == Staff.Id("recipient 1"));
        Assert.Equal([place], book.Units.Single(u => u.Id == Staff.Id("unit 345")).Bars);
        Assert.Empty(book.Units.Single(u => u.Id == Staff.Id("unit 456")).Bars);
        Assert.False(Routing.Of(book, new MustNotSee([Staff.Id("unit 34")], [], [])).Opens[place]);
    }

    // A name of letters for each number.
    static string Letters(int number) => string.Concat(number.ToString("D5", null).Select(digit => (char)('a' + (digit - '0')))) + "ov";
}
