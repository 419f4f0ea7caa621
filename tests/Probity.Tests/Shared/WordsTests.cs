using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Procedures;
using Probity.Shared;

namespace Probity.Tests.Shared;

/// <summary>One thing has one word in each language, though it stands in the texts of several rooms.</summary>
public sealed class WordsTests
{
    static readonly (string Activity, string Key)[] Activities =
    [
        ("Seizure recorded", "step.seizureRecorded"), ("Exhibits weighed", "step.exhibitsWeighed"), ("Exhibits stored", "step.exhibitsStored"),
        ("Sent to laboratory", "step.sentToLaboratory"), ("Laboratory result received", "step.laboratoryResultReceived"),
        ("Interview held", "step.interviewHeld"), ("Search carried out", "step.searchCarriedOut"), ("Report filed", "step.reportFiled"),
        ("Exhibits destroyed", "step.exhibitsDestroyed"), ("Charge decided", "decision.charge"), ("Charge reduced", "decision.downgrade"),
        ("Declined", "decision.decline"), ("Discontinued", "decision.discontinue"), ("Released on bail", "decision.bail"),
        ("Adjourned", "decision.adjourn"), ("Acquitted", "decision.acquit"), ("Convicted", "decision.convict"), ("Sentence", "decision.sentence"),
        ("Case opened", "event.cases.opened.v1"), ("Closing proposed", "event.cases.closing-proposed.v1"),
        ("Closing returned", "event.cases.closing-returned.v1"), ("Case closed", "event.cases.closed.v1"),
    ];

    static string Of<TTexts>(string key, string language) =>
        new ResourceManager(typeof(TTexts)).GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new InvalidOperationException(key);

    [Theory]
    [InlineData("en"), InlineData("es"), InlineData("pt")]
    public void A_step_has_one_word(string language)
    {
        foreach (var (activity, key) in Activities) Assert.Equal(Of<CasesText>(key, language), Of<ProceduresText>($"Activity.{activity}", language));
        Assert.Equal(Enum.GetNames<Step>().Length + Enum.GetNames<DecisionKind>().Length + 4, Activities.Length);
    }

    [Theory]
    [InlineData("en"), InlineData("es"), InlineData("pt")]
    public void A_seat_has_one_word(string language)
    {
        foreach (var seat in Enum.GetNames<Seat>())
        {
            var word = Of<CasesText>("seat." + CaseWords.Camel(seat), language);
            Assert.Equal(word, Of<CasesPages>($"Docket.{seat}", language));
            Assert.StartsWith(word, Of<ProceduresText>($"Activity.{seat} drawn", language), StringComparison.Ordinal);
            Assert.StartsWith(word, Of<ProceduresText>($"Activity.{seat} assigned by hand", language), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en"), InlineData("es"), InlineData("pt")]
    public void A_role_has_one_word(string language)
    {
        foreach (var role in Enum.GetNames<Role>()) Assert.Equal(Of<SharedText>($"Role.{role}", language), Of<AccessText>($"role.{role}", language));
        Assert.Equal(Of<ProceduresText>("House", language), Of<CasesPages>("House", language));
    }

    // The nine countries write Portuguese in two ways; the pages keep to the one of Cape Verde and Guinea-Bissau.
    [Fact]
    public void Portuguese_keeps_to_one_norm()
    {
        var other = new Regex(@"\b(registr\w+|usuári\w+|senhas?|aplicativos?|você|controles?|compartilh\w+|antidrogas|detectar|treina\w+)\b", RegexOptions.IgnoreCase);
        foreach (var texts in new[] { typeof(CasesText), typeof(CasesPages), typeof(ProceduresText), typeof(Probity.Procedures.Checking.CheckingText), typeof(SharedText), typeof(AccessText), typeof(Probity.Records.RecordsText), typeof(Probity.Interdiction.InterdictionText), typeof(Probity.Policies.PoliciesText), typeof(Probity.People.Declaring.DeclarationsText), typeof(Probity.Conduct.ConductText), typeof(Probity.People.PeopleText), typeof(Probity.People.Training.TrainingText), typeof(Probity.Risk.RiskText), typeof(Probity.Shared.Home.HomeText), typeof(Probity.Protection.ProtectionText), typeof(Probity.Reports.Handling.HandlingText), typeof(Probity.People.Revetting.RevettingText), typeof(Probity.People.Barring.BarringText), typeof(Probity.People.Selecting.SelectionText), typeof(Probity.Risk.Indicators.IndicatorText), typeof(Probity.People.Rotating.RotatingText), typeof(Probity.People.Leave.LeaveText), typeof(Probity.People.Passports.PassportText), typeof(Probity.Reports.Notifying.NoticesText), typeof(Probity.Reports.ReportsText), typeof(Probity.Reports.Granting.GrantingText) })
        {
            var set = new ResourceManager(texts).GetResourceSet(CultureInfo.GetCultureInfo("pt"), createIfNotExists: true, tryParents: false)!;
            foreach (System.Collections.DictionaryEntry entry in set)
                Assert.False(other.IsMatch((string)entry.Value!), $"{texts.Name} {entry.Key}: {entry.Value}");
        }
    }
}
