using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.PayingSources;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Interdiction;

/// <summary>Payments to sources: the decisions alone, and who may what.</summary>
public sealed class PaymentTests
{
    const string Reason = "It was not the code that I saw.";
    static readonly DateTimeOffset Now = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    static readonly Register Register = Staff.Agency().ToRegister();
    static readonly Guid Person = Staff.Id("somebody");

    static readonly Dictionary<PaymentAction, char> Letters = new()
    {
        [PaymentAction.View] = 'V', [PaymentAction.Sign] = 'S', [PaymentAction.Approve] = 'A', [PaymentAction.TakeReceipt] = 'R',
    };

    //                            elsewhere  unit  payer  second  superior, under the ceiling and over it
    [Theory]
    [InlineData("Commander",     "", "", "V", "VSR", "", "VA")]
    [InlineData("Officer",       "", "", "V", "VSR", "", "")]
    [InlineData("Custodian",     "", "", "", "", "", "")]
    [InlineData("Prosecutor",    "", "", "", "", "", "")]
    [InlineData("Vetting",       "", "", "", "", "", "")]
    [InlineData("Integrity",     "VA", "VA", "V", "V", "VA", "VA")]
    [InlineData("Investigator",  "", "", "", "", "", "")]
    [InlineData("Overseer",      "V", "V", "V", "V", "V", "V")]
    [InlineData("Monitor",       "", "", "", "", "", "")]
    [InlineData("Secretariat",   "", "", "", "", "", "")]
    [InlineData("Analyst",       "", "", "", "", "", "")]
    [InlineData("Judge",         "", "", "", "", "", "")]
    [InlineData("Registry",      "", "", "", "", "", "")]
    [InlineData("Administrator", "", "", "", "", "", "")]
    public void Each_role_may_in_each_relation_what_stands_here_and_nothing_else(
        string role, string elsewhere, string unit, string payer, string second, string under, string over)
    {
        var post = Enum.Parse<Role>(role);
        Check(post, "port", elsewhere, Paid);
        Check(post, "narcotics", unit, Paid);
        Check(post, "port", payer, Paid with { Payer = Person });
        Check(post, "port", second, Paid with { Second = Person });
        Check(post, "agency", under, Paid);
        Check(post, "agency", over, Paid with { NeedsThird = true });
    }

    [Fact]
    public void Who_is_unfit_for_duty_signs_for_no_payment_and_can_send_it_back()
    {
        var facts = new PaymentFacts(Paid with { Second = Person }, [], [], null, Who("ana"), Register, Now) { Unfit = "interdiction.not-trained" };
        Assert.Equal("interdiction.not-trained", Assert.IsType<Decision.Refused>(SignPayment.Decide(new(facts.Payment.Id, true, null), facts)).Refusal.Code);
        Assert.IsType<Decision.Accepted>(SignPayment.Decide(new(facts.Payment.Id, false, Reason), facts));
    }

    [Theory]
    [InlineData("ana", Bars.Self), InlineData("chief", Bars.Superior)]
    public void Whoever_is_barred_from_the_case_has_nothing_to_do_with_what_is_paid_in_it(string person, string bar)
    {
        var payment = Paid with { Payer = Staff.Id(person), Second = Staff.Id(person) };
        foreach (var action in Enum.GetValues<PaymentAction>())
            Assert.Equal(bar, PaymentAccess.Refuses(action, new(payment, [Staff.Id("ana")], [Staff.Id("ana")], null, Who(person), Register, Now))?.Code);
        // Named as a witness alone, somebody bars from deciding and not from seeing.
        Assert.Null(PaymentAccess.Refuses(PaymentAction.View, new(payment, [Staff.Id("ana")], [], null, Who(person), Register, Now)));
    }

    // Whatever looks like words, like a name or like a disguise is no code.
    [Theory]
    [InlineData("F-0417", true), InlineData("K22", true), InlineData("007", true), InlineData("JOSE", false), InlineData("JOSE GARCIA 1", false), InlineData("F--1", false)]
    [InlineData("F_1", false), InlineData("-F1", false), InlineData("F1-", false), InlineData("F1", false), InlineData("Ｆ-0417", false), InlineData("F-٠٤١٧", false), InlineData("ABCDEFGHIJKL1", false)]
    public void A_code_is_letters_digits_and_dashes(string code, bool right) => Assert.Equal(right, PaymentPolicy.IsCode(code));

    [Theory]
    [InlineData("150", 150.0), InlineData("150.5", 150.5), InlineData("150,50", 150.5), InlineData("1.250,50", null), InlineData("1,250.50", null), InlineData("-5", null)]
    [InlineData("1e9", null), InlineData("", null), InlineData("0.005", null), InlineData("9999999999", null)]
    public void An_amount_is_digits_and_at_most_two_decimals(string typed, double? amount) => Assert.Equal((decimal?)amount, Probity.Shared.Money.AmountOf(typed));

    [Fact]
    public void Any_text_is_told_from_a_code_and_an_amount() => CsCheck.Check.Sample(CsCheck.Gen.String, text =>
    {
        var amount = Probity.Shared.Money.AmountOf(text);
        return (!PaymentPolicy.IsCode(PaymentPolicy.CodeOf(text)) || text.Trim().All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) && amount is null or >= 0;
    }, iter: 2_000);

    [Theory]
    [InlineData(500, "USD", false), InlineData(500.01, "USD", true), InlineData(1, "CVE", true)]
    public void Over_the_ceiling_or_where_there_is_none_it_takes_three(double amount, string currency, bool three) =>
        Assert.Equal(three, PaymentPolicy.NeedsThird((decimal)amount, currency, []));

    [Theory]
    [InlineData(500, "USD", 0, "USD", false), InlineData(500, "USD", 0.01, "USD", true), InlineData(250, "USD", 250, "EUR", false), InlineData(250, "USD", 250.01, "EUR", true)]
    [InlineData(100, "USD", 9_000, "CVE", false)]
    public void What_is_cut_into_pieces_is_one_to_the_ceiling(double now, string currency, double before, string of, bool three)
    {
        Payment[] earlier = [Paid with { Amount = (decimal)before / 2, Currency = of }, Paid with { Amount = (decimal)before / 2, Currency = of }];
        Assert.Equal(three, PaymentPolicy.NeedsThird((decimal)now, currency, earlier));
        // What was not signed was not paid.
        Assert.False(PaymentPolicy.NeedsThird((decimal)now, currency, earlier.Select(p => p with { ReturnedBy = Staff.Id("ben") })));
    }

    [Fact]
    public void What_is_recorded_is_checked_field_by_field()
    {
        var good = new RecordPayment.Command(
            Guid.CreateVersion7(), Staff.Id("narcotics"), "F-0417", 150m, "USD", new(2026, 3, 1), PaymentPurpose.Information, null, Staff.Id("ben"));
        Assert.Equal(2, Assert.IsType<Decision.Accepted>(Decide(good)).Filings.Count(f => f.Event is SourceEntered or PaymentRecorded));
        Refused(RecordPayment.CodeWrong, good with { Code = "Jose Garcia" });
        Refused(RecordPayment.AmountWrong, good with { Amount = 0 });
        Refused(RecordPayment.AmountWrong, good with { Amount = 1.005m });
        Refused(RecordPayment.CurrencyWrong, good with { Currency = "US$" });
        Refused(RecordPayment.DayWrong, good with { Paid = new(2026, 3, 4) });
        Refused(RecordPayment.DayWrong, good with { Paid = new(2026, 1, 1) });
        Refused(RecordPayment.PurposeMissing, good with { Purpose = (PaymentPurpose)9 });
        Refused(Bars.Role, good with { Unit = Staff.Id("port") });
        // Not oneself, not somebody of another unit who is not asked to stand in, not another post.
        foreach (var wrong in (string[])["ana", "pedro", "ines", "paula"]) Refused(RecordPayment.SecondWrong, good with { Second = Staff.Id(wrong) });
        Refused(RecordPayment.SecondWrong, good with { Second = null });
        var alone = good with { Alone = true, Absence = "Both are at sea tonight.", Second = Staff.Id("pedro") };
        var recorded = (PaymentRecorded)Assert.IsType<Decision.Accepted>(Decide(alone)).Filings[1].Event;
        Assert.Equal((Now.AddHours(24), "Both are at sea tonight."), (recorded.Due, recorded.Absence));
        Refused(Overrides.AbsenceMissing, alone with { Absence = " " });
        Refused(RecordPayment.SecondWrong, alone with { Second = Staff.Id("ben") });
        // The case names ben: he does not sign, his chief neither; and whoever is named there pays nothing in it.
        Refused(RecordPayment.SecondWrong, good, "ben");
        Refused(RecordPayment.SecondWrong, good with { Second = Staff.Id("chief") }, "ben");
        Refused(RecordPayment.CaseUnknown, good, "ana");

        void Refused(string code, RecordPayment.Command command, params string[] people) =>
            Assert.Equal(code, Assert.IsType<Decision.Refused>(Decide(command, people)).Refusal.Code);
        Decision Decide(RecordPayment.Command command, params string[] people) =>
            RecordPayment.Decide(command, SourceBook.Initial, RecordPayment.Earlier.None, [.. people.Select(Staff.Id)], Who("ana"), Register, Now);
    }

    [Fact]
    public void Nothing_is_paid_before_it_is_signed_for()
    {
        var open = Paid;
        Assert.Equal(TakeReceipt.NotYet, Receipt(open, "F-0417"));
        Assert.Null(Receipt(open with { Signed = true }, " f-0417 "));
        Assert.Equal(TakeReceipt.OtherCode, Receipt(open with { Signed = true }, "F-0418"));
        Assert.Equal(TakeReceipt.NotYet, Receipt(open with { Signed = true, NeedsThird = true }, "F-0417"));
        Assert.Null(Receipt(open with { Signed = true, NeedsThird = true, ApprovedBy = Staff.Id("ines") }, "F-0417"));
        // Where nobody was there it is not paid before either.
        Assert.Equal(TakeReceipt.NotYet, Receipt(open with { Absence = "At sea.", Due = Now }, "F-0417"));
        Assert.Null(Receipt(open with { Absence = "At sea.", Due = Now, Signed = true }, "F-0417"));
        Assert.Equal(TakeReceipt.NotYet, Receipt(open with { Signed = true, ReturnedBy = Staff.Id("ben") }, "F-0417"));
        Assert.Equal(Overrides.NotNow, Receipt(open with { Signed = true, HasReceipt = true }, "F-0417"));
        static string? Receipt(Payment payment, string code) =>
            (TakeReceipt.Decide(new(payment.Id, code), Facts(payment)) as Decision.Refused)?.Refusal.Code;
    }

    [Fact]
    public async Task On_the_record_it_takes_two_or_three_and_the_list_holds_no_code()
    {
        await using var house = await TargetHouse.CreateAsync();
        var (small, large, alone) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        TargetHouse.Done(await PayAsync(small, 150m, "ben"));
        TargetHouse.Done(await PayAsync(small, 150m, "ben"));
        TargetHouse.Done(await PayAsync(large, 900m, "chief"));
        TargetHouse.Done(await house.Get<RecordPayment>().HandleAsync(Staff.Id("ana"), Command(alone, 20m, "pedro") with { Alone = true, Absence = "Both are at sea tonight." }, Ct));
        Assert.Null(await SignAsync(small, "carla"));
        Assert.Null(await SignAsync(small, "chief"));
        TargetHouse.Refused(Bars.Role, await SignAsync(small, "ana"));
        TargetHouse.Done(await SignAsync(small, "ben"));
        TargetHouse.Refused(Bars.Role, await house.Get<TakeReceipt>().HandleAsync(Staff.Id("ana"), new(small, "F-0417"), Ct));
        TargetHouse.Done(await house.Get<TakeReceipt>().HandleAsync(Staff.Id("ben"), new(small, "F-0417"), Ct));
        TargetHouse.Done(await SignAsync(large, "chief"));
        TargetHouse.Refused(TakeReceipt.NotYet, await house.Get<TakeReceipt>().HandleAsync(Staff.Id("chief"), new(large, "F-0417"), Ct));
        TargetHouse.Done(await house.Get<ApprovePayment>().HandleAsync(Staff.Id("ines"), new(large, true, null), Ct));
        Assert.Equal((PaymentStage.Complete, PaymentStage.AwaitsReceipt), (await StageAsync(small), await StageAsync(large)));
        // One code is one source.
        Assert.Single(await SourcesAsync());

        await house.Runner.CatchUpAsync(Ct);
        Assert.Equal(PaymentStage.AwaitsCountersignature, await StageAsync(alone));
        house.Time.Now += TimeSpan.FromHours(25);
        Assert.Equal(PaymentStage.Overdue, await StageAsync(alone));
        var list = new Payments(house.Db, house.Get<PaymentDesk>(), house.Get<IRegister>(), house.Time);
        Assert.Equal(3, (await list.ReadAsync(Staff.Id("oscar"), Ct)).Count);
        Assert.Equal([3, 1, 1, 1, 0, 0], await CountsAsync("ana", "ben", "chief", "pedro", "carla", "port chief"));
        var (sources, payers) = await list.TotalsAsync(Staff.Id("ines"), Ct);
        Assert.Equal((3, 1_070m), (Assert.Single(sources).Payments, Assert.Single(payers).Amount));

        var before = await DumpAsync();
        foreach (var written in (string[])["F-0417", "at sea", "information"]) Assert.DoesNotContain(written, before, StringComparison.OrdinalIgnoreCase);
        await house.Runner.ForgetAsync(new PaymentsView(), Ct);
        Assert.Equal("", await DumpAsync());
        await house.Runner.CatchUpAsync(Ct);
        Assert.Equal(before, await DumpAsync());

        static RecordPayment.Command Command(Guid id, decimal amount, string second) => new(
            id, Staff.Id("narcotics"), "F-0417", amount, "USD", new(2026, 3, 1), PaymentPurpose.Information, null, Staff.Id(second));
        Task<Outcome> PayAsync(Guid id, decimal amount, string second) => house.Get<RecordPayment>().HandleAsync(Staff.Id("ana"), Command(id, amount, second), Ct);
        Task<Outcome?> SignAsync(Guid id, string by) => house.Get<SignPayment>().HandleAsync(Staff.Id(by), new(id, true, null), Ct);
        async Task<PaymentStage> StageAsync(Guid id) => (await new RecordSession(house.Log).FoldAsync<Payment>(new StreamId(id), Ct)).StageAt(house.Time.Now);
        async Task<IEnumerable<Guid>> SourcesAsync() => (await new RecordSession(house.Log).FoldAsync<SourceBook>(SourceBook.StreamOf(Staff.Id("narcotics")), Ct)).Sources.Values;
        async Task<string> DumpAsync() => string.Join('\n', (await house.Db.Set<PaymentRow>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(Ct)).Select(r => System.Text.Json.JsonSerializer.Serialize(r)));
        async Task<List<int>> CountsAsync(params string[] people)
        {
            var counts = new List<int>();
            foreach (var person in people) counts.Add((await list.ReadAsync(Staff.Id(person), Ct)).Count);
            return counts;
        }
    }

    [Fact]
    public async Task One_officer_alone_pays_nobody_and_no_row_of_small_payments_passes_under_the_ceiling()
    {
        await using var house = await TargetHouse.CreateAsync();
        Guid[] payments = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
        // Three sources made up on the spot, a second person named who is not there, and the receipts typed by the payer.
        foreach (var (id, at) in payments.Select((p, at) => (p, at)))
        {
            TargetHouse.Done(await PayAsync(id, $"F-9{at}"));
            TargetHouse.Refused(Bars.Role, await house.Get<TakeReceipt>().HandleAsync(Staff.Id("ana"), new(id, $"F-9{at}"), Ct));
            TargetHouse.Refused(TakeReceipt.NotYet, await house.Get<TakeReceipt>().HandleAsync(Staff.Id("pedro"), new(id, $"F-9{at}"), Ct));
        }

        Assert.Equal([false, true, true], await NeedsAsync(payments));
        // Another payer, the same source; and after thirty days it begins anew.
        var (again, later) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        TargetHouse.Done(await PayAsync(again, "F-90", "ben"));
        house.Time.Now += PaymentPolicy.Together + TimeSpan.FromMinutes(1);
        TargetHouse.Done(await PayAsync(later, "F-90"));
        Assert.Equal([true, false], await NeedsAsync(again, later));

        Task<Outcome> PayAsync(Guid id, string code, string by = "ana") => house.Get<RecordPayment>().HandleAsync(Staff.Id(by), new RecordPayment.Command(
            id, Staff.Id("narcotics"), code, 300m, "USD", DateOnly.FromDateTime(house.Time.Now.UtcDateTime), PaymentPurpose.Information, null, Staff.Id("pedro"), true, "Both are at sea tonight."), Ct);
        async Task<IReadOnlyList<bool>> NeedsAsync(params Guid[] ids)
        {
            var needs = new List<bool>();
            foreach (var id in ids) needs.Add((await new RecordSession(house.Log).FoldAsync<Payment>(new StreamId(id), Ct)).NeedsThird);
            return needs;
        }
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Payment Paid => Payment.Initial with
    {
        Id = Guid.CreateVersion7(), Version = 1, Unit = Staff.Id("narcotics"), Code = "F-0417", Amount = 150m, Currency = "USD", Payer = Staff.Id("ana"), Second = Staff.Id("ben"),
    };

    static Actor Who(string name) => Actor.From(Register, Staff.Id(name), Now);

    static PaymentFacts Facts(Payment payment) => new(payment, [], [], null, Who("ana"), Register, Now);

    static void Check(Role role, string unit, string allowed, Payment payment)
    {
        var register = Staff.Agency().Post("somebody", unit, role).ToRegister();
        var facts = new PaymentFacts(payment, [], [], null, Actor.From(register, Person, Now), register, Now);
        Assert.Equal(allowed, string.Concat(Letters.Where(l => PaymentAccess.Refuses(l.Key, facts) is null).Select(l => l.Value)));
        Assert.All(Letters.Keys, a => Assert.Equal(Bars.Role, PaymentAccess.Refuses(a, facts with { Payment = Payment.Initial })?.Code));
    }
}
