namespace Probity.Exhibits.TakingOver;

/// <summary>What a column of a register may hold.</summary>
internal enum RegisterColumn
{
    Number, Case, SeizedOn, Kind, Substance, Description, Amount, Unit, Packages, Seals, Storage, Country, Region, City, Place, Transport,
}

/// <summary>
/// What people call the columns of a register of exhibits, in English, Spanish and Portuguese, and what UNODC's table of individual drug seizures
/// calls them; as <see cref="PlainName"/> has it, the surest first. Of one meaning in several words the one with all its words stands here: "N.º causa" is
/// found as "numero de causa".
/// </summary>
internal static class RegisterColumns
{
    static readonly Dictionary<RegisterColumn, string[]> Names = new()
    {
        [RegisterColumn.Number] =
        [
            "exhibit number", "exhibit no", "exhibit", "evidence number", "item number", "item no", "item", "register number", "number", "no", "numero de evidencia", "numero de indicio", "numero de prueba",
            "numero de registro", "evidencia", "indicio", "numero", "n", "nro", "num", "numero da prova", "numero do objeto", "numero do objecto", "numero de ordem", "numero de registo", "prova", "objeto", "objecto", "numero de efecto", "efecto", "numero de elemento", "elemento", "numero de orden",
            "orden", "codigo de evidencia", "codigo de indicio", "codigo", "numero do vestigio", "vestigio", "numero de cadena de custodia", "cadena de custodia",
        ],
        [RegisterColumn.Case] =
        [
            "case number", "case no", "case", "file number", "file", "numero de caso", "caso", "expediente", "numero de expediente", "carpeta", "sumario", "numero do processo", "processo", "proceso", "inquerito", "nuipc",
            "numero de causa", "causa", "numero de proceso", "numero de auto", "auto", "autos", "numero de legajo", "legajo", "carpeta de investigacion", "averiguacion previa", "numero de atestado", "atestado",
            "procedimiento", "inquerito policial", "boletim de ocorrencia",
        ],
        [RegisterColumn.SeizedOn] =
        [
            "seizure date", "date of seizure", "seized on", "date seized", "date", "fecha de incautacion", "fecha de decomiso", "fecha", "data da apreensao", "data de apreensao", "data",
            "fecha de secuestro", "fecha de aprehension", "fecha de procedimiento", "fecha de hecho", "fecha de ocupacion", "data de ocorrencia",
        ],
        [RegisterColumn.Kind] = ["kind", "type", "category", "class", "clase", "tipo", "categoria", "especie", "tipo de evidencia", "tipo de indicio", "tipo de efecto", "tipo de prova", "tipo de vestigio"],
        [RegisterColumn.Substance] = ["drug substance", "substance", "drug", "sustancia", "droga", "substancia", "tipo de droga", "tipo de sustancia", "tipo de substancia", "sustancia incautada", "droga incautada", "droga apreendida", "estupefaciente", "entorpecente"],
        [RegisterColumn.Description] = ["description", "details", "descripcion", "detalle", "detalles", "descricao", "observaciones", "observacoes", "remarks", "contenido", "conteudo", "pormenores"],
        [RegisterColumn.Amount] =
        [
            "quantity seized", "mass", "weight", "net weight", "gross weight", "quantity", "amount", "masa", "peso", "peso neto", "peso bruto", "cantidad", "massa", "peso liquido", "quantidade",
            "peso total", "cantidad incautada", "quantidade apreendida", "masa neta", "masa bruta", "massa liquida", "massa bruta",
        ],
        [RegisterColumn.Unit] = ["measurement unit", "unit", "unit of measure", "unidad de medida", "unidad", "unidade de medida", "unidade"],
        [RegisterColumn.Packages] = ["packages", "number of packages", "bultos", "paquetes", "numero de bultos", "numero de paquetes", "embalagens", "pacotes", "volumes", "numero de embalagens", "cantidad de bultos", "cantidad de paquetes", "envoltorios", "numero de envoltorios", "numero de volumes", "involucros"],
        [RegisterColumn.Seals] = ["seals", "seal", "seal number", "seal no", "precintos", "precinto", "sello", "sellos", "numero de precinto", "selos", "selo", "lacre", "lacres", "numero de selo", "numero de lacre", "numero de sello", "numero de precintos"],
        [RegisterColumn.Storage] =
        [
            "storage place", "storage location", "stored in", "store", "vault", "shelf", "lugar de custodia", "lugar de almacenamiento", "deposito", "boveda", "almacen", "local de guarda", "local de armazenamento", "cofre", "armazem",
            "ubicacion", "lugar de deposito", "estante", "anaquel", "local de custodia", "localizacao", "prateleira",
        ],
        [RegisterColumn.Country] = ["iso3", "country territory of seizure", "country", "pais"],
        [RegisterColumn.Region] = ["administrative region", "province", "state", "region", "provincia", "departamento", "estado", "regiao"],
        [RegisterColumn.City] = ["city", "town", "municipality", "ciudad", "municipio", "localidad", "cidade", "concelho"],
        [RegisterColumn.Place] = ["physical seizure location", "place of seizure", "seizure place", "place", "location", "lugar de incautacion", "lugar", "local da apreensao", "local", "lugar de decomiso", "lugar de hecho", "lugar de secuestro", "lugar de procedimiento", "local da ocorrencia"],
        [RegisterColumn.Transport] =
        [
            "trafficking mode of transportation", "mode of transport", "means of transport", "transport", "medio de transporte", "transporte", "meio de transporte",
        ],
    };

    // Before Known and Ranked, which are made with them.
    static readonly HashSet<string> Joining = ["de", "do", "da", "del", "la", "el", "of", "the"], Numbering = ["n", "no", "nr", "nro", "num"];

    static readonly Dictionary<RegisterColumn, string[]> Ranked = Names.ToDictionary(n => n.Key, n => n.Value.Select(Bare).ToArray());

    static readonly HashSet<string> Known = [.. Ranked.Values.SelectMany(n => n)];

    /// <summary>What a column may be called.</summary>
    public static IReadOnlyList<string> NamesOf(RegisterColumn column) => Names[column];

    /// <summary>Whether a text is a name that a column of a register has.</summary>
    public static bool IsName(string text) => Known.Contains(Bare(text));

    /// <summary>Which column seems to hold what, by its name alone: each column at most once.</summary>
    public static IReadOnlyDictionary<RegisterColumn, int> Guess(IReadOnlyList<string> headers)
    {
        var fits = from column in Ranked
                   from header in headers.Select((text, at) => (Text: Bare(text), At: at))
                   let rank = Array.IndexOf(column.Value, header.Text)
                   where rank >= 0
                   orderby rank, header.At
                   select (Column: column.Key, header.At);
        var found = new Dictionary<RegisterColumn, int>();
        foreach (var (column, at) in fits)
        {
            if (!found.ContainsKey(column) && !found.ContainsValue(at)) found[column] = at;
        }

        return found;
    }

    /// <summary>Whether a text is what stands before a sum: "Total", "TOTAL GENERAL:", "Suma de pesos".</summary>
    public static bool IsTotal(string text) =>
        PlainName.Of(text).Split(' ')[0] is "total" or "totals" or "totales" or "totais" or "subtotal" or "subtotales" or "subtotais" or "sum" or "suma" or "sumas" or "soma" or "somas" or "sumatoria" or "somatorio";

    /// <summary>The unit that a column's name has in brackets or as its last word, as in "Weight (kg)" or "Peso en gramos"; null where there is none.</summary>
    public static string? UnitIn(string header)
    {
        var open = header.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0 && header.IndexOf(')', open) is var close and >= 0) return header[(open + 1)..close].Trim();
        var words = PlainName.Of(header).Split(' ');
        return words.Length > 1 && StatedAmount.InGrams(words[^1]) is not null ? words[^1] : null;
    }

    // "Peso (kg)" and "Peso en kg" are called peso, "N.º" is called n, and "Nro. de la causa" is called numero causa.
    static string Bare(string header)
    {
        var open = header.IndexOf('(', StringComparison.Ordinal);
        var words = PlainName.Of(open > 0 ? header[..open] : header).Replace("º", "", StringComparison.Ordinal).Split(' ').ToList();
        if (words.Count > 1 && UnitIn(header) is not null && StatedAmount.InGrams(words[^1]) is not null) words.RemoveAt(words.Count - 1);
        if (words.Count > 1 && words[^1] is "en" or "em" or "in") words.RemoveAt(words.Count - 1);
        if (words is ["n", "o", ..]) words.RemoveAt(1);
        if (words.Count > 1 && Numbering.Contains(words[0])) words[0] = "numero";
        return words.Count == 1 ? words[0] : string.Join(' ', words.Where(w => !Joining.Contains(w)));
    }
}
