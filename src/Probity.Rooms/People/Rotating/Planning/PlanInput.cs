using System.Security.Cryptography;
using System.Text.Json;
using Probity.Access.Contract;

namespace Probity.People.Rotating.Planning;

/// <summary>A post that the plan is about, with who holds it when the plan begins.</summary>
internal sealed record PlannedPost(Guid Id, Guid Unit, Role Role, Guid? Holder);

/// <summary>
/// That somebody can hold a post in the months from <paramref name="From"/> to below <paramref name="To"/>, and in no more than <paramref name="Most"/> of them before the longest time is over.
/// Who comes anew may not go past that; who holds it already may, which the plan avoids as far as it can.
/// </summary>
internal sealed record Fit(Guid Person, Guid Post, int From, int To, int Most);

/// <summary>Two people who may not hold these two posts at the same time: one would be above their kin.</summary>
internal sealed record HeldApart(Guid Person, Guid Post, Guid Other, Guid OtherPost);

/// <summary>How many posts of a role a unit has filled in every month.</summary>
internal sealed record Strength(Guid Unit, Role Role, int Least);

/// <summary>All that a plan is worked out from, and nothing else: the same input gives the same plan.</summary>
/// <param name="Begin">The first day of the first month.</param>
/// <param name="Months">How many months are planned.</param>
/// <param name="Posts">The posts.</param>
/// <param name="Fits">Who can hold which.</param>
/// <param name="Apart">Who may not be above whom.</param>
/// <param name="Least">What each unit keeps.</param>
internal sealed record PlanInput(DateOnly Begin, int Months, IReadOnlyList<PlannedPost> Posts, IReadOnlyList<Fit> Fits, IReadOnlyList<HeldApart> Apart, IReadOnlyList<Strength> Least)
{
    /// <summary>More than this is refused: it would keep the machine for minutes.</summary>
    public const int MostChoices = 20_000;

    /// <summary>How many yes-or-no choices the plan has: a person, a post and a month each.</summary>
    public int Choices => Fits.Sum(f => Math.Max(0, Math.Min(f.To, Months) - f.From));

    /// <summary>SHA-256 of the input as JSON, in lower-case hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));
}
