using System.Globalization;

namespace Probity.Lens.Rules;

/// <summary>How far a value may go: by an amount, or by a share of what it was.</summary>
/// <param name="Amount">The amount in the value's own unit, or the per cent.</param>
/// <param name="IsPercent">Whether it is per cent of the earlier value.</param>
public readonly record struct Allowance(double Amount, bool IsPercent)
{
    /// <summary>Reads <c>0.5</c> or <c>2%</c>; not below 0.</summary>
    public static bool TryParse(string text, out Allowance allowance)
    {
        var isPercent = text.EndsWith('%');
        var number = (isPercent ? text[..^1] : text).TrimEnd();
        allowance = default;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || !double.IsFinite(amount)) return false;
        allowance = new Allowance(amount, isPercent);
        return true;
    }

    /// <summary>Whether a change goes further than this. What a decimal fraction loses in binary is no change.</summary>
    /// <param name="change">The change, not below 0.</param>
    /// <param name="before">The value before it.</param>
    public bool IsPassedBy(double change, double before) =>
        change - (IsPercent ? Math.Abs(before) * Amount / 100 : Amount) > 1e-9 * Math.Max(Math.Abs(before), Math.Abs(change));
}
