namespace Probity.Lens.Rules.Conditions;

/// <summary>The event, or the case, that a name in a condition speaks of.</summary>
internal enum Side : byte { Activation, Target, Case, Last }

/// <summary>What a condition is asked about: a case and up to two of its events.</summary>
internal sealed class Scope(CaseTrace trace, RuleLog log)
{
    public CaseTrace Trace => trace;
    public RuleLog Log => log;

    /// <summary>The position of the activation.</summary>
    public int A { get; set; }

    /// <summary>The position of the target.</summary>
    public int T { get; set; }

    readonly Dictionary<int, (int Case, int[] Positions)> _last = [];

    /// <summary>The last position up to the activation whose event has the attribute, or -1. The case is gone through once for all.</summary>
    public int LastWith(int slot, Logs.AttributeColumn column)
    {
        if (!_last.TryGetValue(slot, out var known) || known.Case != trace.Case)
        {
            var positions = known.Positions is { } old && old.Length >= trace.Length ? old : new int[trace.Length];
            var last = -1;
            for (var i = 0; i < trace.Length; i++)
            {
                if (column.KindOf(trace.Start + i) != Logs.AttributeKind.Missing) last = i;
                positions[i] = last;
            }

            _last[slot] = known = (trace.Case, positions);
        }

        return known.Positions[A];
    }
}

/// <summary>
/// A part of a condition. Logic is of three values (Kleene): a comparison with what is missing is neither true nor
/// false, and a condition holds only where it is true.
/// </summary>
internal abstract class Condition
{
    /// <summary>Whether it is true or false rather than a value.</summary>
    public virtual bool IsTruth => false;

    public abstract Operand Evaluate(Scope scope);

    public bool Holds(Scope scope) => Evaluate(scope).Truth == true;
}

internal sealed class Constant(Operand value) : Condition
{
    public override Operand Evaluate(Scope scope) => value;
}

/// <summary>What every event has, whatever the log's form calls it.</summary>
internal enum Builtin : byte { Activity, Time, Resource, CaseName }

internal sealed class BuiltinValue(Side side, Builtin what) : Condition
{
    public override Operand Evaluate(Scope scope)
    {
        var log = scope.Log.Events;
        if (what == Builtin.CaseName) return Operand.Of(log.Cases[scope.Trace.Case]);
        var at = side == Side.Activation ? scope.A : scope.T;
        if (what == Builtin.Time) return Operand.OfTime(scope.Trace.Time(at));
        if (what == Builtin.Activity) return Operand.Of(log.Activities[scope.Trace.Activity(at)]);
        var resource = scope.Trace.Resource(at);
        return resource < 0 ? Operand.Missing : Operand.Of(log.Resources[resource]);
    }
}

internal sealed class AttributeReference(Side side, int slot) : Condition
{
    public override Operand Evaluate(Scope scope)
    {
        var column = side == Side.Case ? scope.Log.CaseColumns[slot] : scope.Log.EventColumns[slot];
        if (column is null) return Operand.Missing;
        var at = side switch
        {
            Side.Activation => scope.A,
            Side.Target => scope.T,
            Side.Last => scope.LastWith(slot, column),
            _ => 0,
        };
        if (at < 0) return Operand.Missing;
        var row = side == Side.Case ? scope.Trace.Case : scope.Trace.Start + at;
        return column.KindOf(row) switch
        {
            Logs.AttributeKind.Text => Operand.Of(column.TextOf(row)),
            Logs.AttributeKind.Number => Operand.Of(column.NumberOf(row)),
            Logs.AttributeKind.Time => Operand.OfTime(column.TimeOf(row)),
            _ => Operand.Missing,
        };
    }
}

internal sealed class Has(Condition value) : Condition
{
    public override bool IsTruth => true;

    public override Operand Evaluate(Scope scope) => Operand.Of((bool?)(value.Evaluate(scope).Kind != OperandKind.Missing));
}

internal sealed class Comparison(string sign, Condition left, Condition right) : Condition
{
    public override bool IsTruth => true;

    public override Operand Evaluate(Scope scope)
    {
        var (x, y) = (left.Evaluate(scope), right.Evaluate(scope));
        if (x.Kind == OperandKind.Missing || y.Kind == OperandKind.Missing) return Operand.Missing;
        var order = sign is "=" or "!=" ? x.CompareTo(y) : x.OrderTo(y);
        return Operand.Of(sign switch
        {
            // Things of two kinds are not the same thing; which of them is more cannot be said.
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order is { } o ? o < 0 : null,
            "<=" => order is { } o ? o <= 0 : null,
            ">" => order is { } o ? o > 0 : null,
            _ => order is { } o ? o >= 0 : null,
        });
    }
}

internal sealed class Among(Condition value, IReadOnlyList<Operand> list) : Condition
{
    public override bool IsTruth => true;

    public override Operand Evaluate(Scope scope)
    {
        var x = value.Evaluate(scope);
        if (x.Kind == OperandKind.Missing) return Operand.Missing;
        foreach (var y in list)
            if (x.CompareTo(y) == 0) return Operand.Of((bool?)true);
        return Operand.Of((bool?)false);
    }
}

internal sealed class Not(Condition inner) : Condition
{
    public override bool IsTruth => true;

    public override Operand Evaluate(Scope scope) => Operand.Of(!inner.Evaluate(scope).Truth);
}

internal sealed class Both(Condition left, Condition right) : Condition
{
    public override bool IsTruth => true;

    public override Operand Evaluate(Scope scope)
    {
        var x = left.Evaluate(scope).Truth;
        return Operand.Of(x == false ? false : x & right.Evaluate(scope).Truth);
    }
}

internal sealed class Either(Condition left, Condition right) : Condition
{
    public override bool IsTruth => true;

    public override Operand Evaluate(Scope scope)
    {
        var x = left.Evaluate(scope).Truth;
        return Operand.Of(x == true ? true : x | right.Evaluate(scope).Truth);
    }
}

/// <summary>Sums, differences and products of numbers, lengths of time and moments; anything else is missing.</summary>
internal sealed class Arithmetic(char sign, Condition left, Condition right) : Condition
{
    public override Operand Evaluate(Scope scope) => Apply(sign, left.Evaluate(scope), right.Evaluate(scope), scope.Log.Calendar);

    static Operand Apply(char sign, Operand x, Operand y, Calendar calendar)
    {
        if (sign == '*')
        {
            if (x.Kind == OperandKind.Length && y.TryNumber(out var times)) return Scale(x.Length, times);
            if (y.Kind == OperandKind.Length && x.TryNumber(out times)) return Scale(y.Length, times);
            return x.TryNumber(out var a) && y.TryNumber(out var b) ? Operand.Of(a * b) : Operand.Missing;
        }

        var direction = sign == '+' ? 1 : -1;
        if (y.Kind == OperandKind.Length)
        {
            if (x.Kind == OperandKind.Length) return Sum(x.Length.Days + (direction * (long)y.Days), x.Micros + (direction * y.Micros));
            return x.TryTime(out var from) && Fits(from) ? Operand.OfTime(calendar.Add(from, y.Length, direction)) : Operand.Missing;
        }

        if (x.Kind == OperandKind.Length) return direction > 0 && y.TryTime(out var to) && Fits(to) ? Operand.OfTime(calendar.Add(to, x.Length)) : Operand.Missing;
        if (x.TryNumber(out var c) && y.TryNumber(out var d)) return Operand.Of(c + (direction * d));
        return direction < 0 && x.TryTime(out var later) && y.TryTime(out var earlier) && Fits(later) && Fits(earlier)
            ? Sum(0, later - earlier) : Operand.Missing;
    }

    // Sums of sums could run over; beyond this nothing is a moment any more.
    static bool Fits(long micros) => Math.Abs((double)micros) < 1e18;

    static Operand Sum(double days, double micros) =>
        Math.Abs(days) <= TimeLength.MostDays && Math.Abs(micros) < 1e18 ? Operand.Of(new TimeLength((int)days, (long)micros)) : Operand.Missing;

    static Operand Scale(TimeLength length, double times)
    {
        // Half a day is no day of any calendar.
        var days = length.Days * times;
        return days == Math.Floor(days) ? Sum(days, length.Micros * times) : Sum(0, length.Total * times);
    }
}
