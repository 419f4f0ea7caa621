using Probity.Access.Contract;
using Probity.Cases.Contract;
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

    public static string Of(Role role) => Word("role.", role);

    /// <summary>Where to turn: a role and the people of it, or null.</summary>
    public static (string Role, string Names)? Of(Reroute? reroute, Register register)
    {
        if (reroute is null) return null;
        var role = CasesText.Of("role." + Camel(reroute.Role));
        return (role, string.Join(", ", reroute.People.Select(register.NameOf).Order(StringComparer.CurrentCulture)));
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    static string Word<T>(string prefix, T value) where T : struct, Enum => CasesText.Of(prefix + Camel(value.ToString()));
}
