using System.Globalization;
using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Rules.Conditions;

internal enum OperandKind : byte { Missing, Text, Number, Time, Length, Truth }

/// <summary>A value in a condition. Texts turn into numbers and times where they meet one: CSV has nothing but texts.</summary>
internal readonly record struct Operand(OperandKind Kind, double Number, long Micros, int Days, string? Text)
{
    public static readonly Operand Missing;

    public static Operand Of(string text) => new(OperandKind.Text, 0, 0, 0, text);
    public static Operand Of(double number) => double.IsNaN(number) ? Missing : new(OperandKind.Number, number, 0, 0, null);
    public static Operand OfTime(long micros) => new(OperandKind.Time, 0, micros, 0, null);
    public static Operand Of(TimeLength length) => new(OperandKind.Length, 0, length.Micros, length.Days, null);

    /// <summary>What is not known is missing: it is neither true nor false.</summary>
    public static Operand Of(bool? truth) => truth is null ? Missing : new(OperandKind.Truth, truth.Value ? 1 : 0, 0, 0, null);

    public bool? Truth => Kind == OperandKind.Truth ? Number > 0 : null;

    public TimeLength Length => new(Days, Micros);

    public bool TryNumber(out double number)
    {
        number = Number;
        return Kind == OperandKind.Number
            || (Kind == OperandKind.Text && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number));
    }

    public bool TryTime(out long micros)
    {
        micros = Micros;
        if (Kind == OperandKind.Time) return true;
        if (Kind != OperandKind.Text || Text!.Length > 64) return false;
        Span<byte> bytes = stackalloc byte[256];
        return IsoTime.TryParse(bytes[..Encoding.UTF8.GetBytes(Text, bytes)].Trim(" "u8), out micros);
    }

    /// <summary>
    /// As <see cref="CompareTo"/>, for what comes before or after: two texts that are both numbers or both times are compared as such,
    /// and letter by letter only where neither looks like one. Else '100' would come before '50'.
    /// </summary>
    public int? OrderTo(in Operand other)
    {
        if (Kind != OperandKind.Text || other.Kind != OperandKind.Text) return CompareTo(other);
        if (TryNumber(out var number) && other.TryNumber(out var otherNumber)) return number.CompareTo(otherNumber);
        if (TryTime(out var time) && other.TryTime(out var otherTime)) return time.CompareTo(otherTime);
        return LooksCounted || other.LooksCounted ? null : string.CompareOrdinal(Text, other.Text);
    }

    bool LooksCounted => Text!.Trim() is [var first, ..] && (char.IsAsciiDigit(first) || TryNumber(out _));

    /// <summary>Below, at or above zero as this is less than, equal to or more than the other; null where they cannot be compared.</summary>
    public int? CompareTo(in Operand other)
    {
        if (Kind == OperandKind.Text && other.Kind == OperandKind.Text) return string.CompareOrdinal(Text, other.Text);
        if (Kind == OperandKind.Length && other.Kind == OperandKind.Length) return Length.Total.CompareTo(other.Length.Total);
        if (Kind == OperandKind.Number || other.Kind == OperandKind.Number)
            return TryNumber(out var x) && other.TryNumber(out var y) ? x.CompareTo(y) : null;
        if (Kind == OperandKind.Time || other.Kind == OperandKind.Time)
            return TryTime(out var x) && other.TryTime(out var y) ? x.CompareTo(y) : null;
        return null;
    }
}
