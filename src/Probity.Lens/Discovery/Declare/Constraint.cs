using Probity.Lens.Rules;

namespace Probity.Lens.Discovery;

/// <summary>
/// A constraint of DECLARE that a log holds to, with its figures. A case calls it into play, or it is vacuous there and counts
/// for nothing (Di Ciccio, Maggi, Montali and Mendling, Information Systems 78, 2018): the activation occurs in it; for
/// coexistence, the successions and not-coexistence either activity does; for init, end, existence and exactly every case that
/// has events, or every case, is one.
/// </summary>
/// <param name="Kind">The template; those up to <see cref="RuleKind.NotCoexistence"/> occur.</param>
/// <param name="Activation">The activity that calls it into play, as a number into the log's activities.</param>
/// <param name="Target">The other activity; -1 where the template has one only.</param>
/// <param name="Count">The n of existence, absence and exactly as rules have it: absence 2 is at most once. Else 1.</param>
/// <param name="Called">Cases that call it into play.</param>
/// <param name="Kept">Those of them that hold to it throughout.</param>
/// <param name="Activations">How often it is called into play: events, or cases for a template with one activity.</param>
/// <param name="Fulfilled">How many of those are kept.</param>
/// <param name="Cases">All cases of the log.</param>
public readonly record struct Constraint(
    RuleKind Kind, int Activation, int Target, int Count, int Called, int Kept, long Activations, long Fulfilled, int Cases)
{
    /// <summary>
    /// The share of all cases that call it into play and hold to it: P(A and T) over cases (Cecconi, De Giacomo, Di Ciccio,
    /// Maggi and Mendling, Information Systems 107, 2022).
    /// </summary>
    public double Support => Cases == 0 ? 0 : (double)Kept / Cases;

    /// <summary>The share of the cases that call it into play that hold to it: P(T | A) over cases (ibid.).</summary>
    public double Confidence => Called == 0 ? 0 : (double)Kept / Called;

    /// <summary>
    /// The share of its activations that are kept: what Di Ciccio and Mecella (ACM Transactions on Management Information Systems
    /// 5(4), 2015) call its support.
    /// </summary>
    public double EventShare => Activations == 0 ? 0 : (double)Fulfilled / Activations;

    /// <summary>What its template is called in rule files.</summary>
    public string KindName => Rules.Files.KindShape.NameOf(Kind);

    /// <summary>Whether its template has an n.</summary>
    public bool HasCount => Kind is RuleKind.Existence or RuleKind.Absence or RuleKind.Exactly;

    /// <summary>Cases that break it.</summary>
    public int Broken => Called - Kept;
}
