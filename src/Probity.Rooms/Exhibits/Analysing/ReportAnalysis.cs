using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;

namespace Probity.Exhibits.Analysing;

/// <summary>The analyst who holds an exhibit reports what it is. It counts once another analyst has reviewed it.</summary>
internal sealed class ReportAnalysis(ExhibitDesk desk)
{
    public const string NoSubstance = "exhibits.nothing-to-analyse";
    public const string PurityUnclear = "exhibits.purity-unclear";
    public const string MethodsMissing = "exhibits.methods-missing";
    public const string ReviewAwaited = "exhibits.review-awaited";
    public const string SeizedIt = "exhibits.analyst-seized-it";
    public const string UsedMuch = "exhibits.used-much";
    public const string DuplicateUnweighed = "exhibits.duplicate-unweighed";
    public const string ConsumedTooMuch = "exhibits.consumed-too-much";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Analysis">The analysis's own id, made by whoever sends it.</param>
    /// <param name="Package">One package, or all of it where null.</param>
    /// <param name="Substance">A code of <see cref="Substances"/>.</param>
    /// <param name="Purity">In per cent, as the salt or base that the substance names.</param>
    /// <param name="PurityUncertainty">Expanded, k = 2, in per cent.</param>
    /// <param name="Methods">By what it was identified and measured.</param>
    /// <param name="Net">The net mass as the laboratory weighed it.</param>
    /// <param name="NetUncertainty">Expanded, k = 2.</param>
    /// <param name="Consumed">What was used up.</param>
    /// <param name="Duplicate">What is kept for another analysis.</param>
    /// <param name="Profile">The laboratory's id of its chemical profile.</param>
    /// <param name="Day">On which day it was analysed; the form asks for it, another program may leave it out.</param>
    /// <param name="UsedReason">Why more was used up than an analysis needs, where it was.</param>
    internal sealed record Command(
        Guid Exhibit, Guid Analysis, int? Package, string Substance, decimal? Purity, decimal? PurityUncertainty, string Methods, Grams? Net, Grams? NetUncertainty,
        Grams Consumed, Grams? Duplicate, string? Profile, DateOnly? Day = null, string? UsedReason = null);

    internal sealed record Body(
        Guid Analysis, int? Package, string Substance, decimal? Purity, decimal? PurityUncertainty, string Methods, Grams? Net, Grams? NetUncertainty, Grams? Consumed,
        Grams? Duplicate, string? Profile, DateOnly? Day = null, string? UsedReason = null);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Analyses.FirstOrDefault(a => a.Id == command.Analysis) is { } known) return SentAgain.Answer(SentAgain.Says(known, Sent(command, facts)));
        if (RefusesAny(command.Package, command.Methods, facts) is { } refusal) return refusal;
        if (!Substances.Knows(command.Substance)) return Decision.Refuse(RecordSeizure.SubstanceUnknown);
        if (RefusesPurity(command.Purity, command.PurityUncertainty)) return Decision.Refuse(PurityUnclear);
        if (command.Net is null != command.NetUncertainty is null || command.Net?.Value <= 0m) return Decision.Refuse(WeighExhibit.MassUnclear);
        if (command.Day is { } day && ReportNothingFound.RefusesDay(day, facts)) return Decision.Refuse(ReportNothingFound.DayUnclear);
        if (ExhibitTexts.Refuses(command.Profile, ExhibitTexts.MaxLine) is { } profile) return profile;
        var used = command.Consumed + (command.Duplicate ?? Grams.Zero);
        if (IsMoreThanThereIs(used, command.Package, exhibit)) return Decision.Refuse(ConsumedTooMuch);
        if (command.Net is { } net && used > net + SlackOf(net, command.NetUncertainty!.Value)) return Decision.Refuse(ConsumedTooMuch);
        // What is kept aside is part of something, of which somebody has to have said how much it was.
        if (command.Duplicate > Grams.Zero && command.Net is null && exhibit.LeftOf(command.Package) is null) return Decision.Refuse(DuplicateUnweighed);
        if (RefusesUse(command.Consumed, command.Net, command.Package, command.UsedReason, exhibit) is { } much) return much;
        return Decision.Accept(exhibit.File(new AnalysisReported(
            command.Analysis, command.Package, command.Substance, command.Purity, command.PurityUncertainty, command.Methods.Trim(), command.Net, command.NetUncertainty,
            command.Consumed, command.Duplicate, ExhibitTexts.Kept(command.Profile), command.Day, UsedReasonOf(command.Consumed, command.Net, command.Package, command.UsedReason, exhibit))));
    }

    static Analysis Sent(Command c, ExhibitFacts facts) => new(c.Analysis, c.Package, c.Substance, c.Methods.Trim(), c.Consumed, facts.Actor.Person, default)
    {
        Purity = c.Purity, PurityUncertainty = c.PurityUncertainty, Net = c.Net, NetUncertainty = c.NetUncertainty, Duplicate = c.Duplicate, Profile = ExhibitTexts.Kept(c.Profile), Day = c.Day,
    };

    /// <summary>The refusal of any report of an analysis, whatever it found; or null.</summary>
    /// <param name="package">Of which package.</param>
    /// <param name="methods">By what.</param>
    /// <param name="facts">The exhibit.</param>
    public static Refusal? RefusesAny(int? package, string methods, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Substance is null) return new Refusal(NoSubstance);
        if (exhibit.IsFromTheHandsOf(facts.Actor.Person)) return new Refusal(SeizedIt);
        if (exhibit.ToReview is not null) return new Refusal(ReviewAwaited);
        if (package is { } number && exhibit.Packages.All(p => p.Number != number)) return new Refusal(ExhibitTexts.PackageUnknown);
        return ExhibitTexts.Refuses(methods, ExhibitTexts.MaxReason, MethodsMissing, lines: true);
    }

    /// <summary>What an analysis uses up beyond its needs is said why: the laboratory is no way out of the store.</summary>
    public static Refusal? RefusesUse(Grams used, Grams? net, int? package, string? reason, Exhibit exhibit) =>
        ExhibitTexts.Refuses(reason, ExhibitTexts.MaxReason, exhibit.UsesMuch(used, net, package) ? UsedMuch : null, lines: true);

    /// <summary>The reason as it is recorded: none where none is needed.</summary>
    public static string? UsedReasonOf(Grams used, Grams? net, int? package, string? reason, Exhibit exhibit) => exhibit.UsesMuch(used, net, package) ? ExhibitTexts.Kept(reason) : null;

    /// <summary>Whether more was used up, or kept for another analysis, than was ever weighed, or than is left of the package by what was taken since.</summary>
    public static bool IsMoreThanThereIs(Grams used, int? package, Exhibit exhibit)
    {
        if ((exhibit.MassOf(MassKind.Net) ?? exhibit.MassOf(MassKind.GrossSealed) ?? exhibit.MassOf(MassKind.GrossOpen)) is { } there && used > there.Mass + there.Uncertainty) return true;
        if (exhibit.LeftOf(package) is not { } left) return false;
        // By how much the balance may have been off that weighed any of it.
        var off = exhibit.Readings.Where(r => r.Kind != MassKind.Tare && (r.Package == package || r.Package is null || package is null || exhibit.Packages.Length == 1)).Select(r => r.Uncertainty.Value);
        return used.Value > left.Value + off.DefaultIfEmpty().Max();
    }

    // One that is as large as what was weighed would let anything pass.
    static Grams SlackOf(Grams net, Grams uncertainty) => MassUncertainty.IsTooLarge(uncertainty.Value, net.Value) ? Grams.Zero : uncertainty;

    // With more, any two results would agree.
    const decimal MostPurityUncertainty = 20m;

    // A purity has its uncertainty; both are per cent, with as many decimals as a laboratory can mean.
    static bool RefusesPurity(decimal? purity, decimal? uncertainty) =>
        purity is null != uncertainty is null || purity is < 0m or > 100m || uncertainty is < 0m or > MostPurityUncertainty || purity?.Scale > 3 || uncertainty?.Scale > 3;

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Analyse, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/analyses", (Guid id, HttpContext http, ReportAnalysis slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(
                    id, body.Analysis, body.Package, body.Substance, body.Purity, body.PurityUncertainty, body.Methods, body.Net, body.NetUncertainty,
                    body.Consumed ?? Grams.Zero, body.Duplicate, body.Profile, body.Day, body.UsedReason), cancel)))
        .Describe<Body>("reportAnalysis", "Report what an exhibit is.");
}
