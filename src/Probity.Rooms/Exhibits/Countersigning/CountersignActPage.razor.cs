using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Countersigning;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class CountersignActPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/sign/{act:guid}", (Guid id, Guid act, HttpContext http, ExhibitForms forms, When when) =>
            forms.ShowAsync<CountersignActPage>(http, id, ExhibitAction.Countersign, (form, facts) => Fill(form, facts, act, when)));
        pages.MapPost("/exhibits/{id:guid}/sign/{act:guid}", (Guid id, Guid act, HttpContext http, ExhibitForms forms, CountersignAct slice, When when) =>
            forms.TakeAsync<CountersignActPage>(http, id, ExhibitAction.Countersign, "signed", (form, facts) => Fill(form, facts, act, when), FieldOf, async (person, typed, _, cancel) =>
            {
                if (typed["answer"].ToString() is not ("yes" or "no")) return (null, AnswerMissing);
                if (typed["answer"] == "no" && ExhibitTexts.RefusesReason(typed["objection"]) is { } missing) return (null, missing.Code);
                return (await slice.HandleAsync(person, new CountersignAct.Command(id, act, typed["answer"] == "no" ? typed["objection"].ToString() : null), cancel), null);
            }));
    }

    // What is signed stands on the page in full: the picture is all that somebody elsewhere has of it.
    static ExhibitForm Fill(ExhibitForm form, ExhibitFacts facts, Guid act, When when)
    {
        var reading = facts.Exhibit.Readings.FirstOrDefault(r => r.Act == act);
        var reseal = facts.Exhibit.Reseals.FirstOrDefault(r => r.Act == act);
        var signed = facts.Exhibit.Acts.GetValueOrDefault(act);
        var about = new List<SummaryItem>();
        if (reading is not null)
        {
            about.Add(new(T("show.mass"), ExhibitWords.Of(reading.Mass, reading.Uncertainty)));
            about.Add(new(T("weigh.kind"), ExhibitWords.Of(reading.Kind)));
            about.Add(new(T("show.package"), reading.Package?.ToString(System.Globalization.CultureInfo.CurrentCulture) ?? T("weigh.all")));
            about.Add(new(T("weigh.balance"), reading.Balance));
            if (MassUncertainty.IsTooLarge(reading.Uncertainty.Value, reading.Mass.Value)) about.Add(new(T("weigh.coarse.title"), T("weigh.coarse")));
        }
        else if (reseal is not null)
        {
            about.Add(new(T("show.package"), reseal.Package.ToString(System.Globalization.CultureInfo.CurrentCulture)));
            about.Add(new(T("show.seal"), $"{ExhibitWords.Seal(reseal.OldSeal)} → {reseal.NewSeal}"));
            if (facts.Exhibit.Samples.FirstOrDefault(s => s.Act == act) is { } sample)
            {
                about.Add(new(T("sample.mass"), $"{ExhibitWords.Of(sample.Mass, sample.Uncertainty)}, {sample.Number}"));
                about.Add(new(T("sample.plan"), reseal.Reason));
                if (sample.Large is { } large) about.Add(new(T("sample.large"), large));
                var before = facts.Exhibit.DrawnUnsaid(sample.Package, sample.Act);
                var (drawn, left) = (sample.Mass + before, facts.Exhibit.LeftOf(sample.Package));
                if (left is { } rest && MassRules.IsLargeSample(drawn, rest + drawn))
                    about.Add(new(T("sample.large.seen"), ExhibitWords.Say(before.Value == 0m ? "sample.large.of" : "sample.large.portions", ExhibitWords.Of(drawn), ExhibitWords.Of(rest + drawn))));
            }
            else
            {
                about.Add(new(T("show.reason"), reseal.Reason));
            }
        }

        else if (facts.Exhibit.Return is { } given && given.Act == act)
        {
            about.Add(new(T("return.to"), given.To));
            if (given.Receipt is { } receipt) about.Add(new(T("return.receipt"), receipt));
            if (given.Other is { } other) about.Add(new(T("return.why"), other));
            about.Add(new(T("destroy.order"), $"{given.Order}, {when.Day(given.Ordered)}"));
            if (facts.Standing.Court.Known.FirstOrDefault(o => o.Id == given.OrderId) is { } order) about.Add(new(T("return.basis"), $"{order.Said.LegalBasis}. {order.Said.Reasons}"));
        }

        if (signed is not null)
        {
            about.Add(new(T("show.by"), facts.Register.NameOf(signed.By)));
            about.Add(new(T("show.when"), when.Moment(signed.At)));
            if (signed.Alone is { } alone) about.Add(new(T("second.alone"), alone));
        }

        return form with
        {
            About = about,
            Choices = new Dictionary<string, IReadOnlyList<Choice>>
            {
                ["act"] = [new Choice(act.ToString("D"), "")],
                ["photo"] = (reading?.Photo ?? reseal?.Photo) is { } photo ? [new Choice($"/exhibits/{facts.Exhibit.Id:D}/photos/{photo:D}", "")] : [],
            },
        };
    }

    static string FieldOf(string code) => code is ExhibitTexts.ReasonMissing or ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters ? "objection" : code == AnswerMissing ? "answer" : "";
}
