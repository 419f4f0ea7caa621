using Probity.Access.Contract;
using Probity.Interdiction.Contract;
using Probity.Interdiction.PayingSources;

namespace Probity.Cli.Sample;

/// <summary>The life of one payment to a source of the sample: three are complete, one over the ceiling; the last waits for a countersignature.</summary>
internal sealed class SamplePayment(SampleYears years, int number)
{
    public const int Payments = 4;

    static readonly (string Code, decimal Amount, PaymentPurpose Purpose)[] Plan =
    [
        ("F-0417", 150m, PaymentPurpose.Expenses), ("F-0417", 400m, PaymentPurpose.Information), ("K-22", 1_200m, PaymentPurpose.Reward),
        ("F-0417", 250m, PaymentPurpose.Information),
    ];

    readonly Guid _id = SampleUnit.Id($"payment/{number}");

    bool IsLast => number == Payments - 1;
    Guid Payer => years.Unit.Holders(Role.Officer, years.Unit.Seaport)[number == 2 ? 4 : 0];

    // At night a colleague of the other team stands in; else the head of the team is there.
    Guid Second => IsLast ? years.Unit.Holders(Role.Officer, years.Unit.Airport)[5] : years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0];

    /// <summary>How long before the sample's last day it begins.</summary>
    public static TimeSpan Before(int number) => number == Payments - 1 ? TimeSpan.FromHours(6) : TimeSpan.FromDays(200 - 60 * number);

    /// <summary>The acts, each with the time that passes before it.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Acts()
    {
        yield return (TimeSpan.Zero, RecordAsync);
        if (IsLast) yield break;
        yield return (TimeSpan.FromMinutes(20), async () => SampleYears.Expect(await years.Slice<SignPayment>().HandleAsync(Second, new(_id, true, null), default)));
        if (number == 2)
        {
            yield return (TimeSpan.FromHours(3), async () => SampleYears.Expect(
                await years.Slice<ApprovePayment>().HandleAsync(years.Unit.Holders(Role.Integrity)[0], new(_id, true, null), default)));
        }

        yield return (TimeSpan.FromHours(1), async () => SampleYears.Expect(
            await years.Slice<TakeReceipt>().HandleAsync(Second, new(_id, Plan[number].Code), default)));
    }

    async Task RecordAsync()
    {
        var (code, amount, purpose) = Plan[number];
        SampleYears.Expect(await years.Slice<RecordPayment>().HandleAsync(Payer, new(
            _id, years.Unit.Seaport, code, amount, "USD", DateOnly.FromDateTime(years.Now.UtcDateTime), purpose, null, Second, IsLast,
            IsLast ? "The head of the team was at sea with the boarding party." : null), default));
    }
}
