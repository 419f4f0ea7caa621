using System.Collections.Frozen;
using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>The words of registers for what the record has codes for: the code, the house's own words in each language, UNODC's, and what people say besides.</summary>
internal static class StatedWords
{
    // The words of IDS that are not ours, and what registers commonly write. What could be two things is not here.
    static readonly (SeizurePlace Place, string[] Words)[] MorePlaces =
    [
        (SeizurePlace.Airport, ["aerodrome"]), (SeizurePlace.Harbour, ["seaport riverport station harbour", "seaport", "port", "harbour", "puerto", "porto"]),
        (SeizurePlace.Road, ["road street highway", "road", "street", "highway", "carretera", "estrada"]), (SeizurePlace.Border, ["border", "frontera", "fronteira"]),
        (SeizurePlace.PrivateDwelling, ["private dwelling residence home private garage", "private dwelling", "home", "vivienda", "domicilio", "habitacao"]),
        (SeizurePlace.TerritorialWaters, ["territorial waters seas lakes rivers etc"]), (SeizurePlace.Warehouse, ["bodega", "deposito"]),
    ];

    static readonly (Transport Transport, string[] Words)[] MoreTransports =
    [
        (Transport.Airplane, ["aircraft", "air", "plane", "aereo"]), (Transport.Vessel, ["vessel boat", "vessel", "boat", "ship", "buque", "lancha", "barco", "navio", "maritimo"]),
        (Transport.Truck, ["truck lorry van", "truck", "lorry", "van", "camion", "camiao"]), (Transport.Car, ["car motorcycle", "car", "motorcycle", "auto", "automovil", "carro", "automovel"]),
        (Transport.Post, ["postal mail express parcel", "postal", "mail", "post", "parcel", "correo", "correio"]), (Transport.Train, ["train bus", "train", "bus", "tren", "comboio", "autobus", "onibus"]),
        (Transport.OnFoot, ["pedestrian", "on foot", "a pie", "a pe"]), (Transport.Unknown, ["unknown", "desconocido", "desconhecido"]),
    ];

    static readonly (string Code, string[] Words)[] MoreSubstances =
    [
        ("cocaine-hcl", ["cocaine hydrochloride", "cocaine hcl", "cocaina hcl", "clorhidrato de cocaina", "cloridrato de cocaina", "cocaina clorhidrato", "cocaina en polvo", "cocaina em po"]),
        ("cocaine-crack", ["crack", "cocaina crack"]),
        ("coca-paste", ["coca paste", "cocaine base", "cocaine paste", "cocaine base paste", "pasta base", "pasta base de cocaina", "pasta basica", "pasta basica de cocaina", "pasta de coca", "pbc",
            "cocaina base", "base de cocaina", "sulfato de cocaina", "basuco", "bazuco", "basuca", "paco"]),
        ("cannabis-herb", ["marijuana", "marihuana", "maconha", "liamba", "weed", "cannabis herb marijuana", "cannabis sativa", "padjinha"]), ("cannabis-resin", ["hashish", "hachis", "haxixe", "hash", "resina de cannabis", "resina de canabis"]),
        ("mdma", ["mdma", "extasis", "ecstasy"]), ("khat", ["qat"]), ("other-substance", ["other", "otra", "otro", "outra", "outro"]),
    ];

    // Said of several: taken as the one that says so.
    static readonly Dictionary<string, string> General = new() { ["cocaine"] = "cocaine-other", ["cocaina"] = "cocaine-other", ["coca"] = "cocaine-other", ["cannabis"] = "cannabis-herb", ["canabis"] = "cannabis-herb" };

    static readonly (ExhibitKind Kind, string[] Words)[] MoreKinds =
    [
        (ExhibitKind.Drug, ["drugs", "narcotic", "narcotics", "droga", "drogas", "estupefaciente", "estupefacientes", "entorpecente", "entorpecentes", "sustancia", "substancia"]),
        (ExhibitKind.Precursor, ["precursors", "precursores", "precursor quimico", "sustancia quimica"]), (ExhibitKind.Cash, ["money", "currency", "dinero", "efectivo", "dinheiro", "dinheiro em especie", "numerario", "divisas"]),
        (ExhibitKind.Firearm, ["weapon", "gun", "arma", "armas", "arma de fuego", "arma de fogo"]), (ExhibitKind.Device, ["phone", "telephone", "telefono", "celular", "telefone", "telemovel"]),
        (ExhibitKind.Document, ["documents", "documentos", "papeles"]), (ExhibitKind.Conveyance, ["vehicle", "vessel", "vehiculo", "embarcacion", "veiculo", "embarcacao"]),
    ];

    static readonly FrozenDictionary<string, string> SubstanceOf = Build(
        Substances.Codes, code => code, code => [Substances.NameInIds(code), .. Everywhere(Substances.TextKey(code)), .. MoreSubstances.Where(m => m.Code == code).SelectMany(m => m.Words)]);

    static readonly FrozenDictionary<string, SeizurePlace> PlaceOf = Build(
        Enum.GetValues<SeizurePlace>(), place => place.ToString(), place => [.. Everywhere(Key("place", place)), .. MorePlaces.Where(m => m.Place == place).SelectMany(m => m.Words)]);

    static readonly FrozenDictionary<string, Transport> TransportOf = Build(
        Enum.GetValues<Transport>(), mode => mode.ToString(), mode => [.. Everywhere(Key("transport", mode)), .. MoreTransports.Where(m => m.Transport == mode).SelectMany(m => m.Words)]);

    static readonly FrozenDictionary<string, ExhibitKind> KindOf = Build(
        Enum.GetValues<ExhibitKind>().Except([ExhibitKind.Sample]), kind => kind.ToString(), kind => [.. Everywhere(Key("kind", kind)), .. MoreKinds.Where(m => m.Kind == kind).SelectMany(m => m.Words)]);

    /// <summary>The substance's code, and whether the word leaves open which one it is; "Marihuana/Cannabis" is what both words are.</summary>
    public static (string Code, bool IsGeneral)? ToSubstance(string written)
    {
        var plain = PlainName.Of(written);
        if (General.TryGetValue(plain, out var general)) return (general, true);
        if (SubstanceOf.TryGetValue(plain, out var code)) return (code, false);
        var parts = InParts(written, ToSubstance);
        return parts.Select(p => p?.Code).Distinct().Count() == 1 && parts[0] is { } first ? (first.Code, parts.All(p => p!.Value.IsGeneral)) : null;
    }

    public static SeizurePlace? ToPlace(string written) => PlaceOf.TryGetValue(PlainName.Of(written), out var place) ? place : null;

    public static Transport? ToTransport(string written) => TransportOf.TryGetValue(PlainName.Of(written), out var mode) ? mode : null;

    public static ExhibitKind? ToKind(string written)
    {
        if (KindOf.TryGetValue(PlainName.Of(written), out var kind)) return kind;
        var parts = InParts(written, ToKind);
        return parts.Distinct().Count() == 1 ? parts[0] : null;
    }

    static T?[] InParts<T>(string written, Func<string, T?> find) where T : struct =>
        written.Split('/', StringSplitOptions.TrimEntries) is { Length: > 1 and < 5 } words ? [.. words.Select(find)] : [];

    static FrozenDictionary<string, T> Build<T>(IEnumerable<T> values, Func<T, string> code, Func<T, IEnumerable<string>> words)
    {
        var known = new Dictionary<string, T>();
        foreach (var value in values)
            foreach (var word in words(value).Prepend(code(value))) known.TryAdd(PlainName.Of(word), value);
        return known.ToFrozenDictionary();
    }

    static IEnumerable<string> Everywhere(string key) => Languages.All.Select(language => ExhibitsText.Said(key, CultureInfo.GetCultureInfo(language.Code)));

    static string Key<T>(string set, T value) where T : struct, Enum => $"{set}.{char.ToLowerInvariant(value.ToString()[0])}{value.ToString()[1..]}";
}
