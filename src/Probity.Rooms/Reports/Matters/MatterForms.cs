using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Reports.Matters;

/// <summary>What a form to open a matter, or to add to one, offers.</summary>
/// <param name="Staff">Whom something can be alleged of.</param>
/// <param name="Units">Which unit.</param>
/// <param name="Investigators">Who can look into it.</param>
/// <param name="People">Who can be named to see it.</param>
public sealed record MatterChoices(IReadOnlyList<Choice> Staff, IReadOnlyList<Choice> Units, IReadOnlyList<Choice> Investigators, IReadOnlyList<Choice> People);

/// <summary>What the pages of matters have in common.</summary>
internal sealed class MatterForms(PeopleNames names)
{
    public const string Address = "/matters";

    /// <summary>Whether somebody signed in has to do with matters.</summary>
    public static bool Serves(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Investigator) || Opens(user);

    /// <summary>Whether they can open one.</summary>
    public static bool Opens(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);

    public static string AddressOf(Guid matter) => $"{Address}/{matter:D}";

    public static IReadOnlyList<Choice> Kinds => [.. Enum.GetValues<AllegationKind>().Select(k => new Choice(HandlingText.Camel(k), MattersText.Word(k)))];

    public static IReadOnlyList<Choice> Outcomes => [.. Enum.GetValues<AllegationFinding>().Select(f => new Choice(HandlingText.Camel(f), MattersText.Word(f), MattersText.Of($"found-hint.{HandlingText.Camel(f)}")))];

    public static Tone ToneOf(MatterStage stage) => stage switch { MatterStage.Open => Tone.Info, MatterStage.Found => Tone.Attention, _ => Tone.Neutral };

    public static Guid? IdIn(string? typed) => Guid.TryParseExact(typed, "D", out var id) ? id : null;

    public MatterChoices Choices(MatterCandidates candidates, Register register, DateTimeOffset now) => new(
        Staff(register, now, _ => true), [.. register.Units.Values.Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
        Staff(register, now, candidates.Investigators.Contains), Staff(register, now, candidates.People.Contains));

    IReadOnlyList<Choice> Staff(Register register, DateTimeOffset now, Func<Guid, bool> may) => [.. names.WhoMay(register, now, may).Select(p => new Choice(p.Person.ToString("D"), p.Words))];

    /// <summary>An allegation as it was typed, and what of it is nobody.</summary>
    public static (Accusation Accusation, IReadOnlyList<FieldError> Wrong) AccusationIn(IFormCollection raw, MatterChoices choices)
    {
        var (form, wrong) = PersonChoices.Resolve(raw, ("accused", choices.Staff));
        return (new Accusation(
            wrong.Count > 0 ? null : IdIn(form["accused"]), IdIn(form["unit"]), ReportForms.Chosen<AllegationKind>(form["kind"]),
            ReportForms.DayIn(form["from"]), ReportForms.DayIn(form["to"]), form["words"]), [.. wrong, .. DaysWrong(form, "from"), .. DaysWrong(form, "to")]);
    }

    // What was typed and is no day is said, and not left out.
    static FieldError[] DaysWrong(IFormCollection form, string field) =>
        string.IsNullOrWhiteSpace(form[field]) || ReportForms.DayIn(form[field]) is not null ? [] : [new FieldError(field, MattersText.Of(Accusation.DaysWrong))];

    /// <summary>The field that a refusal belongs to.</summary>
    public static string FieldOf(string what, string code) => code switch
    {
        Accusation.KindMissing => "kind",
        Accusation.OfTwo or Accusation.NobodySuch or AddAllegation.Another => "accused",
        Accusation.DaysWrong => "from",
        MatterCandidates.LooksIntoMissing or MatterCandidates.InvestigatorUnfit => "investigator",
        MatterCandidates.BodyUnfit => "body",
        MatterCandidates.PeopleMissing or MatterCandidates.PeopleUnfit or MatterCandidates.OverseerMissing => "people",
        OpeningReason.Protects => "knows",
        OpeningReason.WhyMissing => "why",
        MatterCandidates.NotFree => what == "give" ? "investigator" : "people",
        StateFindings.AgreesMissing or StateFindings.OverseerConfirms => "agrees",
        StaffText.Missing or StaffText.TooShort or StaffText.TooLong or StaffText.Unfit => what switch { "open" or "allege" => "words", "answer" => "returned", "give" => "reason", _ => "" },
        _ => "",
    };
}
