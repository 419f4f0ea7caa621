using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Tests.Cases;

public sealed class CasesTextTests
{
    [Theory]
    [InlineData(""), InlineData("es"), InlineData("pt")]
    public void Every_code_has_its_words_in_each_language(string language)
    {
        var texts = new System.Resources.ResourceManager(typeof(CasesText))
            .GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
        Assert.NotNull(texts);
        var keys = Keys().ToList();
        Assert.Contains("cases.gate.report-filed", keys);
        Assert.Contains("recusal.subordinate", keys);
        Assert.DoesNotContain(keys, key => string.IsNullOrWhiteSpace(texts.GetString(key)));
    }

    internal static IEnumerable<string> Keys()
    {
        var consts = typeof(Case).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(f => f is { IsLiteral: true, DeclaringType.Namespace: not null } && f.FieldType == typeof(string))
            .Where(f => f.DeclaringType == typeof(Bars) || f.DeclaringType!.Namespace!.StartsWith("Probity.Cases", StringComparison.Ordinal))
            .Select(f => (string)f.GetRawConstantValue()!)
            .Where(v => v.StartsWith("cases.", StringComparison.Ordinal) || v.StartsWith("recusal.", StringComparison.Ordinal) || v.StartsWith("access.", StringComparison.Ordinal));
        return consts.Append("record.stale")
            .Concat(Named<Stage>("stage")).Concat(Named<Seat>("seat")).Concat(Named<PartyRole>("party-role")).Concat(Named<Step>("step"))
            .Concat(Named<DecisionKind>("decision")).Concat(Named<CaseOutcome>("outcome")).Concat(Named<ConflictKind>("conflict", ".of-"))
            .Concat(Named<EvidenceKind>("evidence", ".of-")).Concat(Named<CourtSide>("side", ".of-")).Concat(Named<CourtSide>("adjourned", ".of-"))
            .Concat(Named<AssignedHow>("assigned", ".of-")).Concat(Named<BailOutcome>("bail", ".of-")).Concat(Named<Verdict>("verdict", ".of-"))
            .Concat(Named<AppealOutcome>("appeal", ".of-")).Concat(Named<ExhibitOrderKind>("order", ".of-")).Concat(Named<OrderedBy>("ordered", ".by-"))
            .Concat(Offences.Codes.Select(Offences.TextKey))
            .Concat(EventTypes.All.Keys.Where(n => n.StartsWith("cases.", StringComparison.Ordinal)).Select(n => "event." + n))
            .Distinct();
    }

    static IEnumerable<string> Named<T>(string prefix, string dot = ".") where T : struct, Enum =>
        Enum.GetNames<T>().Select(n => $"{prefix}{dot}{JsonNamingPolicy.CamelCase.ConvertName(n)}");
}
