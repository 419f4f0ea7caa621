using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Listing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Keeping;

/// <summary>A place of the store, with what lies there.</summary>
public sealed record LocationLine(Guid Id, string Name, string Class, string Unit, string Keyholders, int? Exhibits, string? Held, double? Full, bool Over, bool TooLong)
{
    /// <summary>When it was last counted.</summary>
    public DateTimeOffset? Counted { get; init; }

    /// <summary>Why it has to be counted, or null.</summary>
    public string? Due { get; init; }

    /// <summary>Whether the reader says who has its keys.</summary>
    public bool MayGiveKeys { get; init; }

    /// <summary>Whether the reader may count it.</summary>
    public bool MayCount { get; init; }

    /// <summary>Counts that are not signed, for who may count it and who has counted: not for who keeps what lies there.</summary>
    public IReadOnlyList<OpenCount> Open { get; init; } = [];
}

/// <summary>A balance.</summary>
public sealed record BalanceLine(Guid Id, string Serial, string Unit, string Capacity, string Uncertainty, DateOnly Due, bool Over, string Certificate)
{
    /// <summary>Whether the reader records its calibrations.</summary>
    public bool MayCalibrate { get; init; }

    /// <summary>A far coarser calibration that waits for a second person, in words; null where there is none.</summary>
    public string? Proposed { get; init; }

    /// <summary>Whether the reader says whether it counts.</summary>
    public bool MayAnswer { get; init; }
}

/// <summary>A count that its second person has not signed.</summary>
public sealed record OpenCount(Guid Id, DateTimeOffset At, int Missing, bool Lapsed);

/// <summary>All that the store's page shows.</summary>
public sealed record StoreSheet(
    IReadOnlyList<LocationLine> Locations, IReadOnlyList<BalanceLine> Balances, IReadOnlyList<string> Deputies, bool MayOpen, bool MayRegister, bool MayName,
    IReadOnlyList<Choice> Units, IReadOnlyList<Choice> People)
{
    /// <summary>The units for which the reader takes a balance into use.</summary>
    public IReadOnlyList<Choice> BalanceUnits { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What has just been done.</summary>
    public string? Done { get; init; }

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>Shows the store: its places, its balances and who countersigns at night; and takes what is changed about them.</summary>
internal sealed class ShowStore(StoreDesk desk, DbContext views, RegisterBalance balances, AnswerCalibration answers, OpenLocation locations, NameDeputy deputies)
{
    // A temporary place holds nothing for longer: IACP model practice, 72 hours.
    static readonly TimeSpan Temporary = TimeSpan.FromHours(72);

    const string DayUnclear = "exhibits.day-unclear";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/store", async (string? done, HttpContext http, ShowStore slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return await slice.ReadAsync(person, http.RequestAborted) is { } sheet ? Page(sheet with { Done = done }, 200) : Results.NotFound();
        });
        // A form that was refused stands at its own address; asked for anew it is the page.
        pages.MapGet("/store/{what}", () => Results.Redirect("/store"));
        pages.MapPost("/store/{what}", (string what, HttpContext http, ShowStore slice) => slice.TakeAsync(what, http));
    }

    async Task<IResult> TakeAsync(string what, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        if (what == "deputies" && PersonChoices.AreTyped(typed, "deputy") && await ReadAsync(person, cancel) is { } shown)
        {
            (typed, var nobody) = PersonChoices.Resolve(typed, ("deputy", shown.People));
            if (nobody.Count > 0)
                return Page(shown with { Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()), Errors = nobody }, StatusCodes.Status422UnprocessableEntity);
        }

        var ambiguous = TypedNumber.AmbiguousIn(typed, "capacity", "uncertainty", "new-uncertainty", "most");
        var (outcome, code) = ambiguous is not null ? (null, TypedMass.Ambiguous) : await (what switch
        {
            "balances" => BalanceAsync(person, typed, cancel),
            "calibrations" => CalibrationAsync(person, typed, cancel),
            "calibration-answers" => AnswerAsync(person, typed, cancel),
            "locations" => LocationAsync(person, typed, cancel),
            "deputies" => DeputyAsync(person, typed, cancel),
            _ => Task.FromResult<(Outcome?, string?)>((null, null)),
        });
        if (outcome is null && code is null) return Results.NotFound();
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/store?done={what}";
            return Results.Empty;
        }

        var refused = code ?? (outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale";
        return await desk.ReadAsync(person, cancel) is null || await ReadAsync(person, cancel) is not { } sheet
            ? Results.NotFound()
            : Page(sheet with
            {
                Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
                Errors = [new FieldError(ambiguous ?? FieldOf(what, refused), ExhibitsText.Of(refused))],
            }, StatusCodes.Status422UnprocessableEntity);
    }

    async Task<(Outcome?, string?)> BalanceAsync(Guid person, IFormCollection typed, CancellationToken cancel)
    {
        if (!TypedMass.TryRead(typed["capacity"], out Grams capacity) || !TypedMass.TryRead(typed["uncertainty"], out Grams uncertainty)) return (null, RegisterBalance.CapacityUnclear);
        if (DateParts.From(typed, "due").ToDay() is not { } due) return (null, DayUnclear);
        return (await balances.HandleAsync(person, new RegisterBalance.Command(
            Guid.CreateVersion7(), ExhibitWords.Id(typed["balance-unit"]) ?? Guid.Empty, typed["serial"].ToString(), capacity, uncertainty, due,
            typed["certificate"].ToString()), cancel), null);
    }

    async Task<(Outcome?, string?)> CalibrationAsync(Guid person, IFormCollection typed, CancellationToken cancel)
    {
        if (ExhibitWords.Id(typed["calibrated"]) is not { } balance) return (null, Weighing.WeighExhibit.BalanceUnknown);
        if (!TypedMass.TryRead(typed["new-uncertainty"], out Grams uncertainty)) return (null, RegisterBalance.UncertaintyUnclear);
        if (DateParts.From(typed, "new-due").ToDay() is not { } due) return (null, DayUnclear);
        return (await balances.CalibrateAsync(person, balance, new RegisterBalance.Calibration(uncertainty, due, typed["new-certificate"].ToString()), cancel), null);
    }

    async Task<(Outcome?, string?)> AnswerAsync(Guid person, IFormCollection typed, CancellationToken cancel) => ExhibitWords.Id(typed["answered"]) is not { } balance
        ? (null, Weighing.WeighExhibit.BalanceUnknown)
        : (await answers.HandleAsync(person, new AnswerCalibration.Command(balance, typed["answer"] == "yes", typed["why-not"].ToString()), cancel), null);

    async Task<(Outcome?, string?)> LocationAsync(Guid person, IFormCollection typed, CancellationToken cancel)
    {
        Grams? most = null;
        if (!string.IsNullOrWhiteSpace(typed["most"]))
        {
            if (!TypedMass.TryRead(typed["most"], out Grams grams)) return (null, Weighing.WeighExhibit.MassUnclear);
            most = grams;
        }

        return ExhibitWords.Named<StorageClass>(typed["class"]) is not { } storage
            ? (null, OpenLocation.ClassUnknown)
            : (await locations.HandleAsync(person, new OpenLocation.Command(
                Guid.CreateVersion7(), ExhibitWords.Id(typed["location-unit"]) ?? Guid.Empty, typed["name"].ToString(), storage, most, Ticked("dual"), Ticked("camera"),
                Ticked("alarm")), cancel), null);

        bool Ticked(string field) => typed["has"].Contains(field);
    }

    async Task<(Outcome?, string?)> DeputyAsync(Guid person, IFormCollection typed, CancellationToken cancel) => ExhibitWords.Id(typed["deputy"]) is not { } deputy
        ? (null, NameDeputy.DeputyUnfit)
        : (await deputies.HandleAsync(person, new NameDeputy.Command(deputy, typed["ends"] == "yes", typed["why"].ToString()), cancel), null);

    async Task<StoreSheet?> ReadAsync(Guid person, CancellationToken cancel)
    {
        if (await desk.ReadAsync(person, cancel) is not { } facts) return null;
        var (store, actor, register, now) = facts;
        var held = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Location != null && (e.Status == ExhibitStatus.Held || e.Status == ExhibitStatus.Forfeited))
            .GroupBy(e => e.Location!.Value)
            .Select(g => new { Location = g.Key, Count = g.Count(), Mass = g.Sum(e => e.Net ?? e.Gross ?? 0), Since = g.Min(e => e.Since) })
            .ToDictionaryAsync(g => g.Location, cancel);
        // The last who had never put anything into a place before: a new custodian's first receipt asks for a count.
        var newcomers = (await views.Set<HalfRow>().AsNoTracking().Where(h => h.IsReceipt && h.Location != null).GroupBy(h => new { h.Location, h.To })
            .Select(g => new { g.Key.Location, First = g.Min(h => h.At) }).ToListAsync(cancel))
            .GroupBy(n => n.Location!.Value).ToDictionary(g => g.Key, g => g.Max(n => n.First));
        var open = (await views.Set<CountRow>().AsNoTracking().Where(c => !c.Signed).OrderBy(c => c.At).ToListAsync(cancel)).ToLookup(c => c.Location);
        return new StoreSheet(
            [.. store.Locations.Values.OrderBy(l => l.Name, StringComparer.CurrentCulture).Select(l =>
            {
                var there = held.GetValueOrDefault(l.Id);
                var mass = ExhibitRow.GramsOf(there?.Mass ?? 0);
                // Whoever may count it says what is there before they are told what should be.
                var counts = StoreDesk.MayCount(l, actor, register, now);
                return new LocationLine(
                    l.Id, l.Name, ExhibitWords.Of(l.Class), register.Units.GetValueOrDefault(l.Unit)?.Name ?? "",
                    string.Join(", ", l.Keyholders.Select(register.NameOf).Order(StringComparer.CurrentCulture)), counts ? null : there?.Count ?? 0, counts ? null : ExhibitWords.Of(mass),
                    !counts && l.Most is { Value: > 0m } most ? Math.Min(1.0, (double)(mass.Value / most.Value)) : null, l.Most is { } limit && mass > limit,
                    l.Class == StorageClass.Temp && there is not null && now - there.Since > Temporary)
                {
                    Counted = l.CountedAt, MayGiveKeys = StoreDesk.Allows(StoreAction.SetKeyholders, actor) && facts.Commands(l.Unit), MayCount = counts,
                    Open = [.. open[l.Id].Where(c => !(l.CountedAt > c.At) && (counts || c.Counter == person || c.Second == person))
                        .Select(c => new OpenCount(c.Id, c.At, c.Expected - c.Found, Counts.HasLapsed(c.At, l, now)))],
                    Due = Counts.Due(l, newcomers.TryGetValue(l.Id, out var newcomer) ? newcomer : null, now) is { } due ? ExhibitsText.Of(due) : null,
                };
            })],
            [.. store.Balances.Values.OrderBy(b => b.Serial, StringComparer.Ordinal).Select(b => new BalanceLine(
                b.Id, b.Serial, register.Units.GetValueOrDefault(b.Unit)?.Name ?? "", ExhibitWords.Of(b.Capacity), ExhibitWords.Of(b.Uncertainty), b.CalibrationDue,
                b.CalibrationDue < DateOnly.FromDateTime(now.UtcDateTime), b.Certificate)
            {
                MayCalibrate = StoreDesk.Allows(StoreAction.CalibrateBalance, actor) && facts.WeighsFor(b.Unit),
                Proposed = b.Proposed is { } proposed ? ExhibitWords.Say("calibrate.proposed", ExhibitWords.Of(proposed.Uncertainty), proposed.Certificate, register.NameOf(proposed.By)) : null,
                MayAnswer = b.Proposed is not null && StoreDesk.Allows(StoreAction.AnswerCalibration, actor),
            })],
            [.. store.Deputies.Select(d => ExhibitWords.Of(d, register, now)).Order(StringComparer.CurrentCulture)],
            StoreDesk.Allows(StoreAction.OpenLocation, actor), StoreDesk.Allows(StoreAction.RegisterBalance, actor), StoreDesk.Allows(StoreAction.NameDeputy, actor), Units(facts.Commands),
            ExhibitWords.People(register, now, a => a.Has(Role.Officer) || a.Has(Role.Commander) || a.Has(Role.Prosecutor) || a.Has(Role.Investigator) || a.Has(Role.Integrity)))
        {
            BalanceUnits = Units(facts.WeighsFor),
        };


        IReadOnlyList<Choice> Units(Func<Guid, bool> of) =>
            [.. register.Units.Values.Where(u => of(u.Id)).Select(u => new Choice(u.Id.ToString("D"), u.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)];
    }

    static string FieldOf(string what, string code) => code switch
    {
        RegisterBalance.SerialMissing or RegisterBalance.SerialTaken => "serial",
        RegisterBalance.CertificateMissing => what == "calibrations" ? "new-certificate" : "certificate",
        RegisterBalance.UncertaintyUnclear => "new-uncertainty",
        Weighing.WeighExhibit.BalanceUnknown => "calibrated",
        ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters when what == "calibrations" => "new-certificate",
        RegisterBalance.CapacityUnclear => "capacity",
        RegisterBalance.CalibrationOver or DayUnclear => what == "calibrations" ? "new-due" : "due",
        RegisterBalance.UnitUnknown => what == "balances" ? "balance-unit" : "location-unit",
        OpenLocation.NameMissing or OpenLocation.NameTaken => "name",
        OpenLocation.ClassUnknown => "class",
        OpenLocation.VaultNeedsTwoLocks => "has",
        Weighing.WeighExhibit.MassUnclear => "most",
        NameDeputy.DeputyUnfit => "deputy",
        ExhibitTexts.ReasonMissing => what == "calibration-answers" ? "why-not" : "why",
        _ => "",
    };

    static IResult Page(StoreSheet sheet, int status) => Rendered.Page<StorePage>(new { Sheet = sheet }, status);
}
