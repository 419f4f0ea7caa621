using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Probity.Interdiction.PayingSources;

/// <summary>The rules of a payment: what is a code, a currency and an amount, and from where on it takes three people.</summary>
internal static partial class PaymentPolicy
{
    /// <summary>
    /// Over this a third person approves. Our defaults; in a currency that is not among them every payment takes three, so that nothing
    /// passes under a ceiling that nobody has set.
    /// </summary>
    static readonly FrozenDictionary<string, decimal> Ceilings = new Dictionary<string, decimal> { ["USD"] = 500, ["EUR"] = 500 }.ToFrozenDictionary();

    /// <summary>The most that one payment can be: more is a slip of the keyboard.</summary>
    public const decimal Most = 100_000_000;

    /// <summary>For how long payments to one source, or by one payer, are one payment to the ceiling: what is over it is not cut into pieces under it.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromDays(30);

    /// <summary>Whether it takes a third person.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="currency">Of what.</param>
    /// <param name="before">What was paid to the same source, or by the same payer, not long before; in several currencies each is held against its own ceiling.</param>
    public static bool NeedsThird(decimal amount, string currency, IEnumerable<Payment> before) => !Ceilings.ContainsKey(currency)
        || before.Where(p => p.ReturnedBy is null).Select(p => (p.Amount, p.Currency)).Append((amount, currency))
            .Sum(p => Ceilings.TryGetValue(p.Item2, out var ceiling) ? p.Item1 / ceiling : 0m) > 1m;

    /// <summary>More than nothing, with at most two decimals.</summary>
    public static bool IsAmount(decimal amount) => amount is > 0 and <= Most && decimal.Round(amount, 2) == amount;

    /// <summary>A code name: capitals, digits and dashes, at least one of them a digit, so that no name of a person is one.</summary>
    public static bool IsCode(string? code) => code is not null && CodeForm().IsMatch(code) && code.Any(char.IsAsciiDigit);

    /// <summary>A code as it is recorded. Blanks stay: words are no code.</summary>
    public static string CodeOf(string? typed) => (typed ?? "").Trim().ToUpperInvariant();

    [GeneratedRegex("^[A-Z0-9](-?[A-Z0-9]){2,11}$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeForm();
}
