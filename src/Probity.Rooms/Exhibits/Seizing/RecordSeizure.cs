using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exhibits.Seizing;

/// <summary>
/// Records a seizure and the exhibits that it brought, each with its packages and seals. Whoever records it has them in hand from then on.
/// </summary>
internal sealed class RecordSeizure(ExhibitDesk desk, Clerk clerk)
{
    public const int MaxItems = 50;

    /// <summary>A seizure is recorded in a case that it often came before. So long before it, and no longer.</summary>
    public static readonly TimeSpan BeforeCase = TimeSpan.FromDays(30);

    public const string CaseClosed = "exhibits.case-closed";
    public const string IdTaken = "exhibits.id-taken";
    public const string NothingSeized = "exhibits.nothing-seized";
    public const string TooManyItems = "exhibits.too-many-items";
    public const string KindUnknown = "exhibits.kind-unknown";
    public const string SubstanceUnknown = "exhibits.substance-unknown";
    public const string DescriptionMissing = "exhibits.description-missing";
    public const string QuantityUnclear = "exhibits.quantity-unclear";
    public const string NotPacked = "exhibits.not-packed";
    public const string PlaceUnknown = "exhibits.place-unknown";
    public const string TransportUnknown = "exhibits.transport-unknown";
    public const string CountryUnknown = "exhibits.country-unknown";
    public const string PortUnknown = "exhibits.port-unknown";
    public const string ContainerUnknown = "exhibits.container-unknown";
    public const string ArrestedUnclear = "exhibits.arrested-unclear";
    public const string InFuture = "exhibits.occurred-in-future";
    public const string TooEarly = "exhibits.occurred-too-early";

    /// <summary>One thing that was seized.</summary>
    internal sealed record Item(
        ExhibitKind Kind, string? Substance, string Description, Quantity? Quantity, IReadOnlyList<SealedPackage> Packages);

    /// <summary>Where and how, in the words of the table of individual drug seizures.</summary>
    internal sealed record Circumstances(
        string Country, string? Region, string? City, SeizurePlace Place, Transport Transport, string? Port = null, string? Departure = null,
        string? Transit = null, string? Destination = null, string? Container = null, string? BillOfLading = null, string? Concealment = null,
        int Arrested = 0, bool ControlledDelivery = false);

    internal sealed record Command(Guid Case, Guid Seizure, Circumstances Of, IReadOnlyList<Item> Items, DateTimeOffset? Occurred);

    /// <summary>A seizure to record. With a key of the caller's, any UUID, a repeated call records it once only.</summary>
    internal sealed record Body(Guid? Key, Circumstances Of, IReadOnlyList<Item> Items, DateTimeOffset? Occurred);

    internal sealed record Answer(Guid Seizure, IReadOnlyList<Guid> Exhibits, long Index);

    /// <param name="command">What was seized.</param>
    /// <param name="facts">The case and who acts.</param>
    /// <param name="listed">How many exhibits the case has.</param>
    public static Decision Decide(Command command, ExhibitFacts facts, long listed)
    {
        if (facts.Standing.Case.Closed) return Decision.Refuse(CaseClosed);
        if (command.Items.Count == 0) return Decision.Refuse(NothingSeized);
        if (command.Items.Count > MaxItems) return Decision.Refuse(TooManyItems);
        if (Unfit(command, facts).Select(u => u.Refusal).FirstOrDefault() is { } unfit) return unfit;
        var filings = new List<Filing> { Exhibit.FilingOf(command.Seizure, command.Case, RecordedOf(command), command.Occurred) };
        for (var i = 0; i < command.Items.Count; i++)
        {
            var item = command.Items[i];
            var exhibit = IdOf(command.Seizure, i);
            var number = NumberOf(facts.Standing.Case.Number, listed + i + 1);
            filings.Add(new Filing(Exhibit.ListOf(command.Case), new ExhibitListed(exhibit), Compartment: Compartments.OfMatter(new StreamId(command.Case))));
            filings.Add(Exhibit.FilingOf(exhibit, command.Case, SeizedOf(command, item, facts.Standing.Unit, number), command.Occurred));
        }

        return Decision.Accept(filings);
    }

    /// <summary>What is recorded of the seizure itself.</summary>
    public static SeizureRecorded RecordedOf(Command command)
    {
        var of = command.Of;
        return new SeizureRecorded(
            command.Case, of.Country, ExhibitTexts.Kept(of.Region), ExhibitTexts.Kept(of.City), of.Place, of.Transport, ExhibitTexts.Kept(of.Port),
            ExhibitTexts.Kept(of.Departure), ExhibitTexts.Kept(of.Transit), ExhibitTexts.Kept(of.Destination), ExhibitTexts.Kept(of.Container),
            ExhibitTexts.Kept(of.BillOfLading), ExhibitTexts.Kept(of.Concealment), of.Arrested, of.ControlledDelivery);
    }

    /// <summary>What is recorded of one thing that was seized.</summary>
    public static ExhibitSeized SeizedOf(Command command, Item item, Guid unit, string number) => new(
        command.Case, command.Seizure, unit, number, item.Kind, ExhibitTexts.Kept(item.Substance), item.Description.Trim(),
        item.Quantity, [.. item.Packages.Select(p => p with { Seal = p.Seal.Trim() })]);

    /// <summary>The id of the seizure that a person records under a key, so that nobody chooses the name of a stream.</summary>
    public static Guid SeizureOf(Guid person, Guid key) => Streams.Derive(person, $"seizure/{key:D}");

    /// <summary>The id of a seizure's exhibit, by its place from 0.</summary>
    public static Guid IdOf(Guid seizure, int place) => Streams.Derive(seizure, string.Create(CultureInfo.InvariantCulture, $"exhibit/{place}"));

    public async Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var sees = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(command.Case), "exhibits.Seize", async session =>
        {
            var facts = await desk.ReadCaseAsync(session, person, command.Case, cancel);
            sees = facts.Standing.Sees;
            if (ExhibitAccess.Refuses(ExhibitAction.Seize, facts) is { } refusal) return refusal;
            // Recorded once, however often it was sent: a phone that hears no answer sends again.
            if (await session.CountAsync(new StreamId(command.Seizure), cancel) > 0) return SentAgain.Answer(await SentAgain.SaysAsync(command, person, session, cancel));
            return Decide(command, facts, await session.CountAsync(Exhibit.ListOf(command.Case), cancel));
        }, cancel: cancel);
        return sees ? outcome : null;
    }

    static string NumberOf(string @case, long number) => string.Create(CultureInfo.InvariantCulture, $"{@case}-E{number:00}");

    /// <summary>All that does not do about what was seized, each with the field that asks for it: whoever fills in a form is told everything at once.</summary>
    public static IEnumerable<(string Field, Refusal Refusal)> Unfit(Command command, ExhibitFacts facts)
    {
        foreach (var unfit in UnfitOf(command.Of).Concat(command.Items.SelectMany(UnfitOf))) yield return unfit;
        if (command.Occurred > facts.Now) yield return ("day", new Refusal(InFuture));
        if (command.Occurred < facts.Standing.Opened - BeforeCase) yield return ("day", new Refusal(TooEarly));
    }

    static IEnumerable<(string, Refusal)> UnfitOf(Circumstances? of)
    {
        if (of is null || !Enum.IsDefined(of.Place)) yield return ("place", new Refusal(PlaceUnknown));
        if (of is null) yield break;
        if (!Enum.IsDefined(of.Transport)) yield return ("transport", new Refusal(TransportUnknown));
        if (!CountryCodes.IsOne(of.Country)) yield return ("country", new Refusal(CountryUnknown));
        if (of.Port is { Length: > 0 } port && !TransportCodes.IsLocode(port)) yield return ("port", new Refusal(PortUnknown));
        if (of.Container is { Length: > 0 } container && !TransportCodes.IsContainer(container)) yield return ("container", new Refusal(ContainerUnknown));
        if (of.Arrested is < 0 or > 10_000) yield return ("arrested", new Refusal(ArrestedUnclear));
        foreach (var (field, text) in new[]
        {
            ("region", of.Region), ("city", of.City), ("departure", of.Departure), ("transit", of.Transit), ("destination", of.Destination), ("bill", of.BillOfLading), ("concealment", of.Concealment),
        })
        {
            if (ExhibitTexts.Refuses(text, ExhibitTexts.MaxLine) is { } refusal) yield return (field, refusal);
        }
    }

    static IEnumerable<(string, Refusal)> UnfitOf(Item? item)
    {
        var isKnown = item is not null && Enum.IsDefined(item.Kind) && item.Kind != ExhibitKind.Sample;
        if (!isKnown) yield return ("kind", new Refusal(KindUnknown));
        if (item is null) yield break;
        var isSubstance = item.Kind is ExhibitKind.Drug or ExhibitKind.Precursor;
        if (isKnown && (isSubstance ? !Substances.Knows(item.Substance) : ExhibitTexts.Kept(item.Substance) is not null)) yield return ("substance", new Refusal(SubstanceUnknown));
        if (ExhibitTexts.Refuses(item.Description, ExhibitTexts.MaxDescription, DescriptionMissing, lines: true) is { } text) yield return ("description", text);
        if (item.Quantity is { } quantity && (quantity.Amount < 0 || quantity.Amount > 1_000_000_000_000m || ExhibitTexts.Refuses(quantity.Unit, 20, QuantityUnclear) is not null))
            yield return ("amount", new Refusal(QuantityUnclear));
        // What can be poured or exchanged is packed and sealed where it was found; a lorry is not.
        if (isSubstance && item.Packages is not { Count: > 0 }) yield return ("seals", new Refusal(NotPacked));
        else if (ExhibitTexts.RefusesPackages(item.Packages ?? []) is { } packages) yield return ("seals", packages);
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/cases/{id:guid}/seizures", (Guid id, HttpContext http, RecordSeizure slice) =>
        {
            var seizure = Guid.Empty;
            return ExhibitsApi.RunAsync<Body>(
                http,
                (person, body, cancel) =>
                {
                    seizure = SeizureOf(person, body.Key ?? Guid.CreateVersion7());
                    return slice.HandleAsync(person, new Command(id, seizure, body.Of, body.Items ?? [], body.Occurred), cancel);
                },
                (body, index) => Results.Json(
                    new Answer(seizure, [.. Enumerable.Range(0, body.Items.Count).Select(i => IdOf(seizure, i))], index), ApiJson.Options, statusCode: 201));
        })
        .Describe<Body, Answer>("recordSeizure", "Record a seizure and its exhibits.", 201);
}
