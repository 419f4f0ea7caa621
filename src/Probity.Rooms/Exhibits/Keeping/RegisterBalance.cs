using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Keeping;

/// <summary>Takes a balance into use, or its next calibration onto the record.</summary>
internal sealed class RegisterBalance(StoreDesk desk)
{
    public const string SerialMissing = "exhibits.serial-missing";
    public const string SerialTaken = "exhibits.serial-taken";
    public const string CertificateMissing = "exhibits.certificate-missing";
    public const string CapacityUnclear = "exhibits.capacity-unclear";
    public const string UncertaintyUnclear = "exhibits.uncertainty-unclear";
    public const string CalibrationOver = "exhibits.calibration-over";
    public const string UnitUnknown = "exhibits.unit-unknown";

    /// <summary>A hundred tonnes, a weighbridge: what weighs more is none, and its uncertainty would excuse anything.</summary>
    public static readonly Grams MostCapacity = new(100_000_000m);

    /// <summary>A calibration by which a balance is so many times as coarse as it was takes a second person.</summary>
    public const int MostTimesCoarser = 2;

    /// <param name="Balance">The balance; an id of its own for a new one.</param>
    /// <param name="Unit">Whose it is.</param>
    /// <param name="Serial">Its serial number.</param>
    /// <param name="Capacity">The most that it weighs.</param>
    /// <param name="Uncertainty">What its certificate says, expanded, k = 2.</param>
    /// <param name="CalibrationDue">The day after which nobody vouches for it.</param>
    /// <param name="Certificate">The certificate's number.</param>
    internal sealed record Command(
        Guid Balance, Guid Unit, string Serial, Grams Capacity, Grams Uncertainty, DateOnly CalibrationDue, string Certificate);

    internal sealed record Body(Guid Unit, string Serial, Grams Capacity, Grams Uncertainty, DateOnly CalibrationDue, string Certificate);

    internal sealed record Calibration(Grams Uncertainty, DateOnly CalibrationDue, string Certificate);

    public static Decision Decide(Command command, StoreFacts facts)
    {
        if (!facts.Register.Units.ContainsKey(command.Unit)) return Decision.Refuse(UnitUnknown);
        if (!facts.WeighsFor(command.Unit)) return facts.RefuseUnit(command.Unit);
        if (ExhibitTexts.Refuses(command.Serial, ExhibitTexts.MaxSeal, SerialMissing) is { } serial) return serial;
        if (facts.Store.Balances.Values.Any(b => ExhibitTexts.SealAsRead(b.Serial) == ExhibitTexts.SealAsRead(command.Serial))) return Decision.Refuse(SerialTaken);
        if (command.Capacity.Value <= 0m || command.Capacity > MostCapacity || command.Uncertainty > command.Capacity) return Decision.Refuse(CapacityUnclear);
        if (IsTooCoarse(command.Uncertainty, command.Capacity)) return Decision.Refuse(UncertaintyUnclear);
        return RefusesCertificate(command.Certificate, command.CalibrationDue, facts) ?? Decision.Accept(Store.Stream, new BalanceRegistered(
            command.Balance, command.Unit, command.Serial.Trim(), command.Capacity, command.Uncertainty, command.CalibrationDue, command.Certificate.Trim()));
    }

    public static Decision Decide(Guid id, Calibration calibration, StoreFacts facts)
    {
        if (!facts.Store.Balances.TryGetValue(id, out var balance)) return Decision.Refuse(Weighing.WeighExhibit.BalanceUnknown);
        if (!facts.WeighsFor(balance.Unit)) return facts.RefuseUnit(balance.Unit);
        if (IsTooCoarse(calibration.Uncertainty, balance.Capacity)) return Decision.Refuse(UncertaintyUnclear);
        if (RefusesCertificate(calibration.Certificate, calibration.CalibrationDue, facts) is { } refusal) return refusal;
        var calibrated = new BalanceCalibrated(id, calibration.Uncertainty, calibration.CalibrationDue, calibration.Certificate.Trim());
        if (calibrated.Uncertainty.Value <= balance.Finest.Value * MostTimesCoarser) return Decision.Accept(Store.Stream, calibrated);
        return balance.Proposed?.Is(calibrated) == true
            ? Decision.Accept()
            : Decision.Accept(Store.Stream, new CalibrationProposed(id, calibrated.Uncertainty, calibrated.CalibrationDue, calibrated.Certificate));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.RegisterBalance, facts => Decide(command, facts), cancel);

    public Task<Outcome> CalibrateAsync(Guid person, Guid balance, Calibration calibration, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.CalibrateBalance, facts => Decide(balance, calibration, facts), cancel);

    // A balance that is off by more than a two-hundredth of what it can carry is out of order; what it says would excuse anything.
    static bool IsTooCoarse(Grams uncertainty, Grams capacity) => uncertainty.Value * 200m > capacity.Value;

    /// <summary>The refusal of a certificate that says nothing or has run out.</summary>
    public static Decision? RefusesCertificate(string certificate, DateOnly due, StoreFacts facts) =>
        ExhibitTexts.Refuses(certificate, ExhibitTexts.MaxLine, CertificateMissing) is { } refusal ? refusal
        : due < DateOnly.FromDateTime(facts.Now.UtcDateTime) ? Decision.Refuse(CalibrationOver)
        : null;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/balances", (HttpContext http, RegisterBalance slice) => ExhibitsApi.RunAsync<Body>(
            http, async (person, body, cancel) => await slice.HandleAsync(
                person, new Command(
                    Guid.CreateVersion7(), body.Unit, body.Serial, body.Capacity, body.Uncertainty, body.CalibrationDue, body.Certificate), cancel)))
            .Describe<Body>("registerBalance", "Take a balance into use.");
        api.MapPost("/balances/{id:guid}/calibrations", (Guid id, HttpContext http, RegisterBalance slice) => ExhibitsApi.RunAsync<Calibration>(
            http, async (person, body, cancel) => await slice.CalibrateAsync(person, id, body, cancel)))
            .Describe<Calibration>("calibrateBalance", "Record a balance's calibration.");
    }
}
