using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared;

namespace Probity.Conduct.Interests;

/// <summary>What pages call the codes of interests and ties.</summary>
internal static class InterestWords
{
    public static string Of(InterestKind kind) => ConductText.Of("interest-kind." + ConductText.Camel(kind));

    public static string Of(InterestMeasure measure) => ConductText.Of("interest-measure." + ConductText.Camel(measure));

    public static string Of(InterestStage stage) => ConductText.Of("interest-stage." + ConductText.Camel(stage));

    public static string Of(TieKind kind) => ConductText.Of("tie-kind." + ConductText.Camel(kind));

    public static string Of(Tie tie) => tie.Degree is { } degree ? ConductText.Say("tie.with-degree", Of(tie.Kind), degree) : Of(tie.Kind);

    public static Tone ToneOf(InterestStage stage, bool overdue) => overdue ? Tone.Urgent : stage switch
    {
        InterestStage.Managed => Tone.Good,
        InterestStage.Closed => Tone.Neutral,
        InterestStage.Prohibited => Tone.Urgent,
        _ => Tone.Attention,
    };

    public static (string Text, Tone Tone) StateOf(Tie tie, Register register) => tie switch
    {
        { Holds: false } => (ConductText.Of("tie.ended"), Tone.Neutral),
        _ when !register.Counts(tie) => (ConductText.Of("tie.uncounted"), Tone.Attention),
        { EndReason: not null } => (ConductText.Of("tie.end-asked"), Tone.Attention),
        _ => (ConductText.Of("tie.holds"), Tone.Good),
    };
}
