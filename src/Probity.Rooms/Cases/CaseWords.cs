using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>The words of the record's codes, in the reader's language.</summary>
internal static class CaseWords
{
    public static string Of(Stage stage) => Word("stage.", stage);

    public static string Of(Seat seat) => Word("seat.", seat);

    public static string Of(Step step) => Word("step.", step);

    public static string Of(DecisionKind kind) => Word("decision.", kind);

    public static string Of(CaseOutcome outcome) => Word("outcome.", outcome);

    public static string Of(PartyRole role) => Word("party-role.", role);

    public static string Of(ConflictKind kind) => Word("conflict.of-", kind);

    public static string Of(EvidenceKind kind) => Word("evidence.of-", kind);

    public static string Of(CourtSide side) => Word("side.of-", side);

    /// <summary>That a hearing was put off, and at whose wish.</summary>
    public static string Adjourned(CourtSide by) => Word("adjourned.of-", by);

    public static string Of(AssignedHow how) => Word("assigned.of-", how);

    public static string Of(BailOutcome outcome) => Word("bail.of-", outcome);

    public static string Of(Verdict verdict) => Word("verdict.of-", verdict);

    public static string Of(AppealOutcome outcome) => Word("appeal.of-", outcome);

    public static string Of(ExhibitOrderKind kind) => Word("order.of-", kind);

    public static string Of(OrderedBy by) => Word("ordered.by-", by);

    public static string Of(Role role) => RoleWords.Of(role.ToString());

    /// <summary>Where to turn: a role and the people of it, or null.</summary>
    public static (string Role, string Names)? Of(Reroute? reroute, Register register)
    {
        if (reroute is null) return null;
        return (RoleWords.Of(reroute.Role), string.Join(", ", reroute.People.Select(register.NameOf).Order(StringComparer.CurrentCulture)));
    }

    /// <summary>A person as a list to choose from names them, so that namesakes are told apart: name, post and unit.</summary>
    public static string Of(Guid person, Register register, DateTimeOffset at)
    {
        var posts = register.PostsOf(person, at)
            .Select(p => register.Units.TryGetValue(p.Unit, out var unit) ? $"{p.Title}, {unit.Name}" : p.Title)
            .Order(StringComparer.CurrentCulture).ToList();
        return posts.Count > 0 ? $"{register.NameOf(person)} – {string.Join("; ", posts)}" : register.NameOf(person);
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    static string Word<T>(string prefix, T value) where T : struct, Enum => CasesText.Of(prefix + Camel(value.ToString()));
}
