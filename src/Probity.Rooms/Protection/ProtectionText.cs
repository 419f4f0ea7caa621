using System.Globalization;
using System.Resources;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Plans;

namespace Probity.Protection;

/// <summary>The texts of this room, by key and by code, in the reader's language.</summary>
internal sealed class ProtectionText
{
    static readonly ResourceManager Texts = new(typeof(ProtectionText));

    ProtectionText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A value of an enumeration in words.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value switch
    {
        ApproachKind kind => Of($"approachKind.{Camel(kind)}"),
        ApproachPlace place => Of($"approachPlace.{Camel(place)}"),
        ApproachWay way => Of($"approachWay.{Camel(way)}"),
        ApproachWish wish => Of($"approachWish.{Camel(wish)}"),
        ApproachAnswer answer => Of($"approachAnswer.{Camel(answer)}"),
        ApproachOutcome outcome => Of($"approachOutcome.{Camel(outcome)}"),
        ApproachStage stage => Of($"approachStage.{Camel(stage)}"),
        AlertRung rung => Of($"alertRung.{Camel(rung)}"),
        DangerLevel level => Of($"dangerLevel.{Camel(level)}"),
        CoveredRelation relation => Of($"coveredRelation.{Camel(relation)}"),
        PlanStage stage => Of($"planStage.{Camel(stage)}"),
        _ => value.ToString(),
    };

    /// <summary>A value of an enumeration as codes, addresses and keys of texts name it.</summary>
    public static string Camel<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
