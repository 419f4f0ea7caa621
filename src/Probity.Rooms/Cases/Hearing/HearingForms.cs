using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Cases.Hearing;

/// <summary>The court registry's forms.</summary>
internal static class HearingForms
{
    const CaseAction Act = CaseAction.RecordCourt;
    static readonly CasePlace Place = CasePlace.Court;

    public static void Map(IEndpointRouteBuilder pages)
    {
        CourtForms.Map(pages, "NameJudge", Act, Place, facts =>
            [
                new(FieldKind.Line, "name", Key: "judgeName"), new(FieldKind.Person, "person", Judges(facts), Key: "judgePerson"),
                new(FieldKind.Radios, "how", CourtForms.Choices<AssignedHow>(CaseWords.Of)), CourtForms.Reasons with { Key = "howReasons" },
            ],
            async (http, person, id, t, seen) =>
            {
                Guid? judge = t.Id("person") is var chosen && chosen != Guid.Empty ? chosen : null;
                var name = t["name"].ToString();
                if (judge is { } known && string.IsNullOrWhiteSpace(name))
                    name = (await http.RequestServices.GetRequiredService<IRegister>().ReadAsync(http.RequestAborted)).NameOf(known);
                return new FormResult.Ran(await Of<NameJudge>(http).HandleAsync(person, new(id, name, judge, t.Of<AssignedHow>("how"), t["reasons"].ToString()), seen, http.RequestAborted));
            },
            code => code switch { NameJudge.NameMissing => "name", NameJudge.HowMissing => "how", NameJudge.NoJudge or NameJudge.HadPart => "person", _ => CourtForms.FieldOf(code) });
        CourtForms.Map(pages, "SetHearing", Act, Place, _ =>
            [new(FieldKind.Day, "day"), new(FieldKind.Hour, "hour"), new(FieldKind.Line, "place"), new(FieldKind.Line, "subject")],
            async (http, person, id, t, seen) => At(t, http) is { } at
                ? new FormResult.Ran(await Of<SetHearing>(http).HandleAsync(person, new(id, Guid.CreateVersion7(), at, t["place"].ToString(), t["subject"].ToString()), seen, http.RequestAborted))
                : new FormResult.Missing(SetHearing.TimeMissing, "day"),
            code => code switch { SetHearing.TimeMissing => "day", SetHearing.PlaceMissing => "place", SetHearing.SubjectMissing => "subject", _ => CourtForms.FieldOf(code) });
        CourtForms.Map(pages, "EndHearing", Act, Place, (facts, when) => Open(facts, when) is { Count: > 0 } open
            ?
            [
                new(FieldKind.Radios, "hearing", open, open.Count == 1 ? open[0].Value : null),
                new(FieldKind.Radios, "became", [new("held", CasesText.Of("hearing.held")), .. CourtForms.Choices<CourtSide>(CaseWords.Adjourned)]),
                CourtForms.Reasons with { Key = "hearingWords" }, CourtForms.Basis with { Key = "hearingBasis" },
            ]
            : [],
            async (http, person, id, t, seen) => t["became"] == "held" || DocketQuery.Named<CourtSide>(t["became"]) is not null
                ? new FormResult.Ran(await Of<EndHearing>(http).HandleAsync(
                    person, new(id, t.Id("hearing"), DocketQuery.Named<CourtSide>(t["became"]), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted))
                : new FormResult.Missing(t.Id("hearing") == Guid.Empty ? EndHearing.Unknown : EndHearing.BecameMissing, t.Id("hearing") == Guid.Empty ? "hearing" : "became"),
            code => code switch { EndHearing.Unknown or EndHearing.Over or EndHearing.NotYet => "hearing", EndHearing.ByMissing => "became", _ => CourtForms.FieldOf(code) });
        CourtForms.Map(pages, "DecideBail", Act, Place, _ =>
            [new(FieldKind.Radios, "outcome", CourtForms.Choices<BailOutcome>(CaseWords.Of), Key: "bailOutcome"), CourtForms.Reasons, CourtForms.Basis],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<DecideBail>(http).HandleAsync(
                person, new(id, t.Of<BailOutcome>("outcome"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)),
            code => code == DecideBail.OutcomeMissing ? "outcome" : CourtForms.FieldOf(code));
        MapJudgments(pages);
    }

    static void MapJudgments(IEndpointRouteBuilder pages)
    {
        CourtForms.Map(pages, "GiveJudgment", Act, CasePlace.CourtOrders, facts => Charges(facts, c => c.IsUndecided && (c.IsSetAside || facts.Case.Stage != Stage.Closed)) is { Count: > 0 } open
            ? [Pick(open), new(FieldKind.Radios, "verdict", CourtForms.Choices<Verdict>(CaseWords.Of)), CourtForms.Reasons, CourtForms.Basis]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<GiveJudgment>(http).HandleAsync(
                person, new(id, t.Id("charge"), t.Of<Verdict>("verdict"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)),
            code => code == GiveJudgment.VerdictMissing ? "verdict" : CourtForms.FieldOf(code));
        CourtForms.Map(pages, "PassSentence", Act, Place, facts => Charges(facts, c => c is { Verdict: Verdict.Guilty, IsSetAside: false, Sentence: null }) is { Count: > 0 } open
            ? [Pick(open), new(FieldKind.Lines, "sentence", Max: CaseTexts.MaxSummary), CourtForms.Reasons, CourtForms.Basis]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<PassSentence>(http).HandleAsync(
                person, new(id, t.Id("charge"), t["sentence"].ToString(), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)),
            code => code switch { PassSentence.SentenceMissing => "sentence", PassSentence.NotConvicted or PassSentence.AlreadyPassed => "charge", _ => CourtForms.FieldOf(code) });
        CourtForms.Map(pages, "LodgeAppeal", Act, Place, facts => facts.Case.Court.Charges.Any(c => !c.IsUndecided)
            ? [new(FieldKind.Radios, "by", CourtForms.Choices<CourtSide>(CaseWords.Of, CourtSide.Prosecution, CourtSide.Defence)), CourtForms.Reasons with { Key = "grounds" }]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<LodgeAppeal>(http).HandleAsync(
                person, new(id, t.Of<CourtSide>("by"), t["reasons"].ToString()), seen, http.RequestAborted)),
            code => code == EndHearing.ByMissing ? "by" : CourtForms.FieldOf(code));
        CourtForms.Map(pages, "DecideAppeal", Act, CasePlace.CourtOrders, facts => facts.Case.Court.Acts.Where(a => a.IsOpenAppeal).Select(a => a.AppealBy!.Value).Distinct().ToArray() is { Length: > 0 } open
            ?
            [
                new(FieldKind.Radios, "by", CourtForms.Choices(CaseWords.Of, open), open.Length == 1 ? DocketQuery.Camel(open[0]) : null, Key: "appealOf"),
                new(FieldKind.Radios, "outcome", CourtForms.Choices<AppealOutcome>(CaseWords.Of), Key: "appealOutcome"), CourtForms.Reasons, CourtForms.Basis,
            ]
            : [],
            async (http, person, id, t, seen) => new FormResult.Ran(await Of<DecideAppeal>(http).HandleAsync(
                person, new(id, t.Of<CourtSide>("by"), t.Of<AppealOutcome>("outcome"), t["reasons"].ToString(), t["basis"].ToString()), seen, http.RequestAborted)),
            code => code switch { DecideAppeal.NoneOpen => "by", DecideAppeal.OutcomeMissing => "outcome", _ => CourtForms.FieldOf(code) });
    }

    static List<Choice> Judges(CaseFacts facts) => [.. facts.Register.Holders(Role.Judge, facts.Now)
        .Where(p => CaseAccess.Bar(CaseAction.RecordCourt, p, facts.Case, facts.Register, facts.Now) is null && !facts.Case.WasWorkedBy(p))
        .Select(p => new Choice(p.ToString("D"), CaseWords.Of(p, facts.Register, facts.Now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    static List<Choice> Open(CaseFacts facts, When when) => [.. facts.Case.Court.Hearings.Where(h => h.State == HearingState.Scheduled).OrderBy(h => h.At)
        .Select(h => new Choice(h.Id.ToString("D"), when.Moment(h.At), $"{h.Subject}, {h.Place}"))];

    static List<Charge> Charges(CaseFacts facts, Func<Charge, bool> which) => [.. facts.Case.Court.Upheld.Where(which)];

    static FormField Pick(List<Charge> charges) =>
        new(FieldKind.Radios, "charge", CourtForms.Choices(charges), charges.Count == 1 ? charges[0].Id.ToString("D") : null);

    static T Of<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    static DateTimeOffset? At(IFormCollection typed, HttpContext http)
    {
        if (DateParts.From(typed, "day").ToDay() is not { } day
            || !TimeOnly.TryParseExact(typed["hour"].ToString().Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)) return null;
        var local = day.ToDateTime(hour);
        return new DateTimeOffset(local, http.RequestServices.GetRequiredService<IOptions<SharedOptions>>().Value.TimeZone.GetUtcOffset(local));
    }
}
