using System.Collections.Frozen;
using Probity.People.Contract;

namespace Probity.People.Declaring;

/// <summary>What the kinds of lines are.</summary>
internal static class DeclaredLines
{
    /// <summary>Lines of one declaration.</summary>
    public const int Most = 300;

    /// <summary>Characters of what a line says, and of its note.</summary>
    public const int MaxText = 300;

    /// <summary>More than anybody has: a figure above it is a slip.</summary>
    public const decimal MaxAmount = 999_999_999_999m;

    static readonly FrozenSet<DeclaredKind> s_assets = [DeclaredKind.Property, DeclaredKind.Vehicle, DeclaredKind.Account, DeclaredKind.Cash, DeclaredKind.Business, DeclaredKind.OtherAsset];
    static readonly FrozenSet<DeclaredKind> s_ties = [DeclaredKind.Interest, DeclaredKind.Activity, DeclaredKind.Household];

    /// <summary>Whether it counts to what somebody owns.</summary>
    public static bool IsAsset(DeclaredKind kind) => s_assets.Contains(kind);

    /// <summary>Whether it ties somebody to others and needs no amount.</summary>
    public static bool IsTie(DeclaredKind kind) => s_ties.Contains(kind);
}
