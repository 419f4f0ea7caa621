using Probity.Access.Contract;

namespace Probity.Access.Staffing;

/// <summary>Which posts one person may not hold together: who seizes, keeps, examines, prosecutes, judges and watches are different people.</summary>
internal static class PostsApart
{
    public const string Alone = "posting.clashes";
    public const string Court = "posting.clashes-court";
    public const string Prosecution = "posting.clashes-prosecution";
    public const string Watch = "posting.clashes-integrity";
    public const string Laboratory = "posting.clashes-laboratory";
    public const string Store = "posting.clashes-store";

    /// <summary>In a unit with no more officers and custodians than this, one person may be both: a second one to keep the store is not there.</summary>
    public const int Small = 2;

    static readonly Role[] Police = [Role.Commander, Role.Officer, Role.Custodian];
    static readonly Role[] IntegrityOffice = [Role.Integrity, Role.Vetting, Role.Investigator];

    /// <summary>The code of what keeps a person from a post beside those that they hold, or null.</summary>
    public static string? Clash(Register register, Guid person, Post post, DateTimeOffset now) =>
        register.PostsOf(person, now).Select(held => Between(held.Role, post.Role) is Store && IsSmall(register, person, held, post, now) ? null : Between(held.Role, post.Role))
            .FirstOrDefault(code => code is not null);

    /// <summary>The code of what keeps two roles apart, or null.</summary>
    public static string? Between(Role one, Role other)
    {
        if (one == other) return null;
        // Who runs the machine can read no file on it, and who oversees works none: one person would have both through two posts.
        if (Either(Role.Administrator, Role.Overseer, Role.Monitor)) return Alone;
        // A judge over what they keep, found, charged or wrote into the court's register themselves is none.
        if (Either(Role.Judge, Role.Registry)) return Court;
        if (Either(IntegrityOffice) && !(IntegrityOffice.Contains(one) && IntegrityOffice.Contains(other)) && Either([.. Police, Role.Analyst, Role.Prosecutor])) return Watch;
        if (Either(Role.Prosecutor) && Either([.. Police, Role.Analyst])) return Prosecution;
        if (Either(Role.Analyst) && Either(Police)) return Laboratory;
        return Either(Role.Custodian) && Either(Role.Officer) ? Store : null;

        bool Either(params Role[] roles) => roles.Contains(one) || roles.Contains(other);
    }

    // Both in one unit: a unit made for one person alone is not that in which they seize.
    static bool IsSmall(Register register, Guid person, Post held, Post post, DateTimeOffset now) => held.Unit == post.Unit
        && register.Holders(Role.Officer, now, post.Unit).Concat(register.Holders(Role.Custodian, now, post.Unit)).Append(person).Distinct().Count() <= Small;
}
