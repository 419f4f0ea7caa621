namespace Probity.Lens.Rules;

/// <summary>Which sentence explains a violation: a key of the texts.</summary>
public enum Reason : byte
{
    /// <summary>The case begins with something else.</summary>
    Init,

    /// <summary>The case ends with something else.</summary>
    End,

    /// <summary>Fewer times than asked.</summary>
    TooFew,

    /// <summary>More times than allowed.</summary>
    TooMany,

    /// <summary>The target is nowhere in the case.</summary>
    NotThere,

    /// <summary>The target did not come after it.</summary>
    NotAfter,

    /// <summary>The target was not before it.</summary>
    NotBefore,

    /// <summary>The target did not come before the next of its kind.</summary>
    NotBetweenAfter,

    /// <summary>The target was not there since the previous of its kind.</summary>
    NotBetweenBefore,

    /// <summary>The target was not the next event.</summary>
    NotNext,

    /// <summary>The target was not the event before.</summary>
    NotPrevious,

    /// <summary>The target came after it.</summary>
    CameAfter,

    /// <summary>Both are there.</summary>
    BothThere,

    /// <summary>One person did both.</summary>
    OnePerson,

    /// <summary>Two people did what one should.</summary>
    TwoPeople,

    /// <summary>Somebody who is not entitled did it.</summary>
    NotEntitled,

    /// <summary>A superior did the target.</summary>
    Superior,

    /// <summary>More cases open than allowed.</summary>
    TooManyOpen,

    /// <summary>The target did not come in time.</summary>
    Late,

    /// <summary>The target came before the time had passed.</summary>
    TooSoon,

    /// <summary>The values of one event are not as asked.</summary>
    Values,

    /// <summary>The values of two events are not as asked.</summary>
    PairValues,

    /// <summary>A person's share stands out.</summary>
    Rate,

    /// <summary>An event names an object with another than the one it belongs to. This reason and those below are of rules over objects.</summary>
    OtherOwner,

    /// <summary>An object belongs to several.</summary>
    SeveralOwners,

    /// <summary>An object belongs to none.</summary>
    NoOwner,

    /// <summary>An event names fewer objects than asked.</summary>
    TooFewObjects,

    /// <summary>An event names more objects than allowed.</summary>
    TooManyObjects,

    /// <summary>A value fell further than allowed.</summary>
    Fell,

    /// <summary>A value rose further than allowed.</summary>
    Rose,

    /// <summary>An object was at two places within the time that the way takes.</summary>
    TwoPlaces,
}

/// <summary>One violation of a rule. It says where to look, never that somebody did wrong.</summary>
/// <param name="Reason">What happened.</param>
/// <param name="Case">The case, as a number into the log's cases; -1 for one of a person.</param>
/// <param name="First">The position in the case, from 0, of the event that calls the rule into play; -1 where none does.</param>
/// <param name="Second">The position of the other event; -1 where there is none.</param>
/// <param name="Number">How many there were (too few, too many, open), or the number of the person's <see cref="PersonRate"/>, or of a rule over objects its <see cref="ObjectFinding"/>.</param>
/// <param name="Moment">When it should have happened by, in microseconds since 1970-01-01 UTC; 0 where there is no such time.</param>
public readonly record struct Violation(Reason Reason, int Case, int First, int Second, int Number, long Moment)
{
    /// <summary>The positions in the case of the events that it is about.</summary>
    public IReadOnlyList<int> Events => (First, Second) switch
    {
        (< 0, < 0) => [],
        (var one, < 0) => [one],
        (< 0, var one) => [one],
        var (one, two) => one < two ? [one, two] : [two, one],
    };
}
