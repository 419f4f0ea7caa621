using System.Globalization;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Lens.Logs;
using Probity.Lens.Objects.Writing;

namespace Probity.Exports.Formats;

/// <summary>A case as objects and events of an object-centric log.</summary>
/// <param name="Case">The case.</param>
/// <param name="Texts">Whether names and what people wrote are told.</param>
internal sealed record ObjectCopy(CopiedCase Case, bool Texts)
{
    /// <summary>All who did something in it, or were named in what was done.</summary>
    public IEnumerable<Guid> Officers => Steps().SelectMany(s => s.Step.People.Select(p => p.Person))
        .Concat(Case.Seats.Select(s => s.Person)).Concat(Case.Parties.Where(p => p.Party.Person is not null).Select(p => p.Party.Person!.Value))
        .Concat(Case.Steps.Resources.Select(Guid.Parse)).Append(Case.Opener).Distinct();

    /// <summary>The places that something happened at.</summary>
    public IEnumerable<Guid> Places => Steps().Where(s => s.Step.Place is not null).Select(s => s.Step.Place!.Value).Distinct();

    /// <summary>The balances that were used, by their serial numbers.</summary>
    public IEnumerable<string> Balances => Steps().Where(s => s.Step.Balance is not null).Select(s => s.Step.Balance!.Value.Serial).Distinct();

    /// <summary>The case, those named in it, its seizures, exhibits and packages.</summary>
    public IEnumerable<WrittenObject> Objects() =>
        Parties().Concat([CaseObject()]).Concat(Case.Exhibits.Seizures.Select(Of)).Concat(Case.Exhibits.Exhibits.SelectMany(Of));

    /// <summary>What happened in the case and with its exhibits.</summary>
    public IEnumerable<WrittenEvent> Events() => CaseEvents().Concat(Steps().Select(s => Of(s.Exhibit, s.Step)));

    /// <summary>The id of a balance.</summary>
    public static string BalanceId(string serial) => "balance " + serial;

    WrittenObject CaseObject() => new(
        Case.Number, ObjectTypes.Case,
        [
            new("number", Case.Number, Case.Opened), new("offence", Case.Opening.Offence, Case.Opened),
            .. Case.Stages.Select(s => new WrittenValue("stage", Codes.Of(s.Stage), s.At)),
            .. Case.Closed is { } closed ? (WrittenValue[])[new("outcome", Codes.Of(closed.Outcome), closed.At)] : [],
            .. Texts ? (WrittenValue[])[new("summary", Case.Opening.Summary, Case.Opened)] : [],
        ],
        [
            .. Case.Parties.Select(p => new WrittenRelation(IdOf(p.Number, p.Party), Codes.Of(p.Party.Role))),
            .. Case.Seats.Select(s => new WrittenRelation(IdOf(s.Person), Codes.Of(s.Seat))).Distinct(),
        ]);

    // Staff among them are officers already.
    IEnumerable<WrittenObject> Parties() => Case.Parties.Where(p => p.Party.Person is null).Select(p => new WrittenObject(
        IdOf(p.Number, p.Party), ObjectTypes.Person, Texts ? [new("name", p.Party.Name, Case.Opened)] : [], []));

    string IdOf(int number, Party party) => party.Person is { } person ? IdOf(person) : string.Create(CultureInfo.InvariantCulture, $"{Case.Number}/person/{number}");

    WrittenObject Of(SeizureFile seizure)
    {
        var of = seizure.Of;
        var values = new List<WrittenValue>();
        void Add(string name, string? text)
        {
            if (text is not null) values.Add(new WrittenValue(name, text, seizure.At));
        }

        Add("country", of.Country);
        Add("region", of.Region);
        Add("city", of.City);
        Add("place", Codes.Of(of.Place));
        Add("transport", Codes.Of(of.Transport));
        Add("port", of.Port);
        Add("departure", of.Departure);
        Add("transit", of.Transit);
        Add("destination", of.Destination);
        Add("container", of.Container);
        Add("bill of lading", of.BillOfLading);
        Add("concealment", Texts ? of.Concealment : null);
        Add("arrested", of.Arrested.ToString(CultureInfo.InvariantCulture));
        Add("controlled delivery", of.ControlledDelivery ? "true" : "false");
        return new WrittenObject(IdOf(seizure.Id), ObjectTypes.Seizure, values, [new(Case.Number, "in")]);
    }

    IEnumerable<WrittenObject> Of(ExhibitFile exhibit)
    {
        var at = exhibit.Moments[0].At;
        var values = new List<WrittenValue> { new("number", exhibit.Number, at), new("kind", Codes.Of(exhibit.Kind), at) };
        if (exhibit.Substance is { } substance) values.Add(new("substance", substance, at));
        if (exhibit.Quantity is { } quantity)
        {
            values.Add(new("quantity", quantity.Amount.ToString(CultureInfo.InvariantCulture), at));
            values.Add(new("unit", quantity.Unit, at));
        }

        if (Texts && exhibit.Description.Length > 0) values.Add(new("description", exhibit.Description, at));
        values.AddRange(Changes("status", m => Codes.Of(m.Status), exhibit));
        values.AddRange(Changes("weight", m => m.Gross?.ToString(), exhibit));
        values.AddRange(Changes("net weight", m => m.Net?.ToString(), exhibit));
        yield return new WrittenObject(exhibit.Number, ObjectTypes.Exhibit, values,
        [
            new(Case.Number, "part of"), .. exhibit.Seizure is { } seizure ? (WrittenRelation[])[new(IdOf(seizure), "seized in")] : [],
            .. NumberOf(exhibit.Parent) is { } parent ? (WrittenRelation[])[new(parent, "sample of")] : [],
        ]);
        foreach (var package in exhibit.Packages) yield return Of(exhibit, package);
    }

    WrittenObject Of(ExhibitFile exhibit, SealedPackage package)
    {
        var values = new List<WrittenValue> { new("number", package.Number.ToString(CultureInfo.InvariantCulture), exhibit.Moments[0].At) };
        // What a seal says, whoever takes a package has to read from it, and from nothing else.
        if (Texts) values.Add(new("seal", package.Seal, exhibit.Moments[0].At));
        foreach (var entry in exhibit.Events)
        {
            if (Texts && entry.Event is ExhibitResealed reseal && reseal.Package == package.Number) values.Add(new("seal", reseal.NewSeal, entry.When));
            if (entry.Event is ExhibitWeighed weighed && weighed.Package == package.Number && AttributeOf(weighed.Kind) is { } name)
                values.Add(new(name, weighed.Mass.ToString(), entry.When));
        }

        return new WrittenObject(PackageId(exhibit, package.Number), ObjectTypes.Package, values, [new(exhibit.Number, "package of")]);
    }

    // What is weighed with its packaging opened is compared with nothing.
    static string? AttributeOf(MassKind kind) => kind switch { MassKind.GrossSealed => "weight", MassKind.Net => "net weight", MassKind.Tare => "tare", _ => null };

    static IEnumerable<WrittenValue> Changes(string name, Func<ExhibitMoment, string?> value, ExhibitFile exhibit)
    {
        string? last = null;
        foreach (var moment in exhibit.Moments)
        {
            var now = value(moment);
            if (now is not null && now != last) yield return new WrittenValue(name, now, moment.At);
            last = now ?? last;
        }
    }

    IEnumerable<(ExhibitFile Exhibit, CustodyStep Step)> Steps() => Case.Exhibits.Exhibits.SelectMany(e => CustodySteps.Of(e, Texts).Select(s => (e, s)));

    WrittenEvent Of(ExhibitFile exhibit, CustodyStep step) => new(
        string.Create(CultureInfo.InvariantCulture, $"entry {step.Entry.Index}"), step.Activity, step.Entry.When, [.. step.Values.Select(v => new WrittenValue(v.Name, v.Text))],
        [
            new(Case.Number, "in"), new(exhibit.Number, "of"),
            .. step.Package is { } package && exhibit.Packages.Any(p => p.Number == package) ? (WrittenRelation[])[new(PackageId(exhibit, package), "of")] : [],
            .. NumberOf(step.Sample) is { } sample ? (WrittenRelation[])[new(sample, "sample")] : [],
            .. step.People.Select(p => new WrittenRelation(IdOf(p.Person), p.As)),
            .. step.Place is { } place ? (WrittenRelation[])[new(IdOf(place), "at")] : [],
            .. step.Balance is { } balance ? (WrittenRelation[])[new(BalanceId(balance.Serial), "with")] : [],
        ]);

    IEnumerable<WrittenEvent> CaseEvents()
    {
        for (var number = 0; number < Case.Steps.Cases.Count; number++)
        {
            var (activities, resources, times) = (Case.Steps.ActivitiesOf(number).ToArray(), Case.Steps.ResourcesOf(number).ToArray(), Case.Steps.TimesOf(number).ToArray());
            for (var i = 0; i < activities.Length; i++)
            {
                yield return new WrittenEvent(
                    string.Create(CultureInfo.InvariantCulture, $"{Case.Number}/step/{i + 1}"), Case.Steps.Activities[activities[i]],
                    DateTimeOffset.UnixEpoch.AddTicks(times[i] * TimeSpan.TicksPerMicrosecond), [],
                    [new(Case.Number, "of"), .. resources[i] == EventLog.NoResource ? (WrittenRelation[])[] : [new(Case.Steps.Resources[resources[i]], "by")]]);
            }
        }
    }

    string? NumberOf(Guid? exhibit) => Case.Exhibits.Exhibits.FirstOrDefault(e => e.Id == exhibit)?.Number;

    static string PackageId(ExhibitFile exhibit, int number) => string.Create(CultureInfo.InvariantCulture, $"{exhibit.Number}/package/{number}");

    static string IdOf(Guid id) => id.ToString("D");
}
