namespace Probity.Lens.Discovery;

/// <summary>
/// What is counted of an ordered pair of activities a, b, over cases that have both. Events are a's, and fulfil the template
/// with a as its activation and b as its target; cases hold to it throughout.
/// </summary>
internal struct PairCounts
{
    public long Events, Response, Precedence, AlternateResponse, AlternatePrecedence, ChainResponse, ChainPrecedence;
    public int Cases, ResponseCases, PrecedenceCases, AlternateResponseCases, AlternatePrecedenceCases, ChainResponseCases, ChainPrecedenceCases;

    /// <summary>Cases that hold to both halves of a succession.</summary>
    public int SuccessionCases, AlternateSuccessionCases, ChainSuccessionCases;

    /// <summary>Cases in which some b comes after some a.</summary>
    public int FollowedCases;
}
