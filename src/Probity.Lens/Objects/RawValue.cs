namespace Probity.Lens.Objects;

/// <summary>What a file itself says that a value is, before its declared type is looked at.</summary>
internal enum RawKind : byte { Nothing, Text, Number, Truth }

/// <summary>A value as it stands in the file.</summary>
/// <param name="Kind">What the file says it is.</param>
/// <param name="Bits">The number of a text, the bits of a <see cref="double"/>, or 0 and 1.</param>
internal readonly record struct RawValue(RawKind Kind, long Bits)
{
    public static RawValue Of(double number) => new(RawKind.Number, BitConverter.DoubleToInt64Bits(number));

    public static RawValue Of(bool truth) => new(RawKind.Truth, truth ? 1 : 0);

    public double Number => BitConverter.Int64BitsToDouble(Bits);
}
