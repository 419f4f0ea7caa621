using Probity.Lens.Logs;

namespace Probity.Lens.Rules.Conditions;

/// <summary>
/// Reads conditions by recursive descent, over a small language without loops or calls: <c>or</c>, <c>and</c>,
/// <c>not</c>, comparisons, <c>in</c>, <c>has</c>, and + - *. Length, nesting and parts are limited.
/// </summary>
internal sealed class ConditionParser
{
    /// <summary>Characters of one condition.</summary>
    public const int Longest = 4_000;

    const int Deepest = 50;
    const int MostParts = 500;

    readonly Lexer _lexer;
    readonly AttributeNames _names;
    readonly IReadOnlyList<Side> _sides;
    readonly Side? _unprefixed;
    Token _token;
    int _depth;
    int _parts;

    ConditionParser(string text, AttributeNames names, IReadOnlyList<Side> sides, Side? unprefixed)
    {
        if (text.Length > Longest) throw new ConditionException(Longest, $"longer than {Longest:N0} characters");
        _lexer = new Lexer(text);
        _names = names;
        _sides = sides;
        _unprefixed = unprefixed;
        _token = _lexer.Next();
    }

    /// <summary>Reads one condition, or one value.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="names">Takes note of the attributes that it speaks of.</param>
    /// <param name="sides">The events that it may speak of; the case always.</param>
    /// <param name="unprefixed">The event of a name without prefix; null where each needs one.</param>
    /// <param name="truth">Whether it has to be true or false, or a value.</param>
    /// <exception cref="ConditionException">It cannot be read.</exception>
    public static Condition Parse(string text, AttributeNames names, IReadOnlyList<Side> sides, Side? unprefixed, bool truth = true)
    {
        var parser = new ConditionParser(text, names, sides, unprefixed);
        var condition = parser.Or();
        if (parser._token.Kind != TokenKind.End) throw parser.Unexpected("'and', 'or' or the end");
        if (condition.IsTruth == truth) return condition;
        throw new ConditionException(0, truth ? "a value where a condition has to stand; compare it with something" : "a condition where a value has to stand");
    }

    Condition Or()
    {
        if (++_depth > Deepest) throw new ConditionException(_token.At, $"nested more than {Deepest} deep");
        var left = And();
        while (TakeWord("or")) left = new Either(Truth(left), Truth(And()));
        _depth--;
        return left;
    }

    Condition And()
    {
        var left = Negation();
        while (TakeWord("and")) left = new Both(Truth(left), Truth(Negation()));
        return left;
    }

    Condition Negation()
    {
        var negated = 0;
        for (; TakeWord("not"); negated++) { }
        var inner = Compared();
        if (negated == 0) return inner;
        Truth(inner);
        return negated % 2 == 1 ? new Not(inner) : inner;
    }

    Condition Compared()
    {
        if (TakeWord("has")) return Part(new Has(Name()));
        var left = Sum();
        if (IsWord("in") || IsWord("not"))
        {
            var negated = TakeWord("not");
            if (!TakeWord("in")) throw Unexpected("'in'");
            var among = new Among(Value(left), List());
            return negated ? new Not(among) : among;
        }

        if (_token is not { Kind: TokenKind.Sign, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" }) return left;
        var sign = Take().Text;
        return Part(new Comparison(sign, Value(left), Value(Sum())));
    }

    List<Operand> List()
    {
        Expect("(");
        var list = new List<Operand>();
        do
        {
            var negative = TakeSign("-");
            if (_token.Kind != TokenKind.Value) throw Unexpected("a number, text or date");
            var value = Take().Value;
            if (negative) value = value.Kind == OperandKind.Number ? Operand.Of(-value.Number) : throw new ConditionException(_token.At, "'-' before what is no number");
            list.Add(value);
            if (++_parts > MostParts) throw TooLong();
        }
        while (TakeSign(","));
        Expect(")");
        return list;
    }

    Condition Sum()
    {
        var left = Product();
        while (_token is { Kind: TokenKind.Sign, Text: "+" or "-" })
        {
            var sign = Take().Text[0];
            left = Part(new Arithmetic(sign, Value(left), Value(Product())));
        }

        return left;
    }

    Condition Product()
    {
        var left = Primary();
        while (TakeSign("*")) left = Part(new Arithmetic('*', Value(left), Value(Primary())));
        return left;
    }

    Condition Primary()
    {
        var negative = TakeSign("-");
        Condition inner;
        if (TakeSign("("))
        {
            inner = Or();
            Expect(")");
        }
        else if (_token.Kind == TokenKind.Value)
        {
            inner = Part(new Constant(Take().Value));
        }
        else
        {
            inner = Name();
        }

        return negative ? Part(new Arithmetic('*', new Constant(Operand.Of(-1)), Value(inner))) : inner;
    }

    Condition Name()
    {
        var token = _token;
        if (token.Kind != TokenKind.Name || (!token.Bracketed && token.Text is "and" or "or" or "not" or "in" or "has")) throw Unexpected("a name, a number, a text in quotes or a date");
        Take();
        var (side, name) = token.Text switch
        {
            ['A', '.', .. var rest] => (Side.Activation, rest),
            ['T', '.', .. var rest] => (Side.Target, rest),
            ['c', 'a', 's', 'e', '.', .. var rest] => (Side.Case, rest),
            ['l', 'a', 's', 't', '.', .. var rest] => (Side.Last, rest),
            _ when _unprefixed is { } only => (only, token.Text),
            _ => throw new ConditionException(token.At, $"'{LogText.Show(token.Text)}' of which event? Write A.{LogText.Show(token.Text)}, T.{LogText.Show(token.Text)} or case.{LogText.Show(token.Text)}"),
        };
        if (name.Length == 0) throw new ConditionException(token.At, $"no name after '{token.Text}'");
        if (side != Side.Case && !_sides.Contains(side == Side.Last ? Side.Activation : side))
            throw new ConditionException(token.At, $"'{LogText.Show(token.Text)}' speaks of the {(side == Side.Target ? "target" : "activation")}, which has no place here");
        if (side == Side.Last && Known(Side.Activation, name, token.Bracketed) is not null)
            throw new ConditionException(token.At, $"every event has its '{LogText.Show(name)}'; 'last.' is for attributes that only some have");
        return Part(side != Side.Last && Known(side, name, token.Bracketed) is { } what ? new BuiltinValue(side, what) : new AttributeReference(side, _names.Slot(side, name)));
    }

    static Builtin? Known(Side side, string name, bool bracketed) => (side == Side.Case, name) switch
    {
        (true, "concept:name") => Builtin.CaseName,
        (false, "concept:name") => Builtin.Activity,
        (false, "time:timestamp") => Builtin.Time,
        (false, "org:resource") => Builtin.Resource,
        (false, "activity") when !bracketed => Builtin.Activity,
        (false, "time") when !bracketed => Builtin.Time,
        (false, "resource") when !bracketed => Builtin.Resource,
        _ => null,
    };

    Condition Part(Condition condition) => ++_parts > MostParts ? throw TooLong() : condition;

    Condition Truth(Condition condition) => condition.IsTruth ? condition : throw new ConditionException(_token.At, "a value where a condition has to stand; compare it with something");

    Condition Value(Condition condition) => condition.IsTruth ? throw new ConditionException(_token.At, "a condition where a value has to stand") : condition;

    bool IsWord(string word) => _token is { Kind: TokenKind.Name, Bracketed: false } && _token.Text == word;

    bool TakeWord(string word)
    {
        if (!IsWord(word)) return false;
        Take();
        return true;
    }

    bool TakeSign(string sign)
    {
        if (_token.Kind != TokenKind.Sign || _token.Text != sign) return false;
        Take();
        return true;
    }

    void Expect(string sign)
    {
        if (!TakeSign(sign)) throw Unexpected($"'{sign}'");
    }

    Token Take()
    {
        var token = _token;
        _token = _lexer.Next();
        return token;
    }

    ConditionException Unexpected(string wanted) => new(_token.At, _token.Kind switch
    {
        TokenKind.End => $"the condition ends where {wanted} should stand",
        TokenKind.Value => $"a value stands where {wanted} should",
        _ => $"'{LogText.Show(_token.Text)}' stands where {wanted} should",
    });

    ConditionException TooLong() => new(_token.At, $"more than {MostParts} parts");
}

/// <summary>The attributes that conditions speak of, each with a number of its own.</summary>
internal sealed class AttributeNames
{
    readonly List<string> _events = [];
    readonly List<string> _cases = [];

    public AttributeNames()
    {
    }

    /// <summary>Goes on from the names of other rules, which keep their numbers.</summary>
    public AttributeNames(AttributeNames earlier)
    {
        _events = [.. earlier._events];
        _cases = [.. earlier._cases];
    }

    public IReadOnlyList<string> Events => _events;
    public IReadOnlyList<string> Cases => _cases;

    /// <summary>What was asked for since somebody last took this: the attributes of one rule.</summary>
    public HashSet<(Side Side, int Slot)> Asked { get; set; } = [];

    public int Slot(Side side, string name)
    {
        var names = side == Side.Case ? _cases : _events;
        var slot = names.IndexOf(name);
        if (slot < 0) names.Add(name);
        Asked.Add((side == Side.Case ? side : Side.Activation, slot < 0 ? names.Count - 1 : slot));
        if (slot >= 0) return slot;
        if (names.Count > LogLimits.WantedAttributes) throw new ConditionException(0, $"the rules speak of more than {LogLimits.WantedAttributes} attributes");
        return names.Count - 1;
    }
}
