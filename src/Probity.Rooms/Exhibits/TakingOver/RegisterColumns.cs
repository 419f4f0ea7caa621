namespace Probity.Exhibits.TakingOver;

/// <summary>What a column of a register may hold.</summary>
internal enum RegisterColumn
{
    Number, Case, SeizedOn, Kind, Substance, Description, Amount, Unit, Packages, Seals, Storage, Country, Region, City, Place, Transport,
}

/// <summary>
/// What people call the columns of a register of exhibits, in English, Spanish and Portuguese, and what UNODC's table of individual drug seizures
/// calls them; as <see cref="PlainName"/> has it, the surest first.
/// </summary>
internal static class RegisterColumns
{
    static readonly Dictionary<RegisterColumn, string[]> Names = new()
    {
        [RegisterColumn.Number] =
        [
            "exhibit number", "exhibit no", "exhibit", "evidence number", "item number", "item no", "item", "register number", "number", "no", "numero de evidencia", "numero de indicio", "numero de prueba",
            "numero de registro", "evidencia", "indicio", "numero", "n", "nro", "num", "numero da prova", "numero do objeto", "numero do objecto", "numero de ordem", "numero de registo", "prova", "objeto", "objecto",
        ],
        [RegisterColumn.Case] =
        [
            "case number", "case no", "case", "file number", "file", "numero de caso", "caso", "expediente", "numero de expediente", "carpeta", "sumario", "numero do processo", "processo", "proceso", "inquerito", "nuipc",
        ],
        [RegisterColumn.SeizedOn] =
        [
            "seizure date", "date of seizure", "seized on", "date seized", "date", "fecha de incautacion", "fecha de decomiso", "fecha", "data da apreensao", "data de apreensao", "data",
        ],
        [RegisterColumn.Kind] = ["kind", "type", "category", "class", "clase", "tipo", "categoria", "especie"],
        [RegisterColumn.Substance] = ["drug substance", "substance", "drug", "sustancia", "droga", "substancia"],
        [RegisterColumn.Description] = ["description", "details", "descripcion", "detalle", "detalles", "descricao", "observaciones", "observacoes", "remarks"],
        [RegisterColumn.Amount] =
        [
            "quantity seized", "mass", "weight", "net weight", "gross weight", "quantity", "amount", "masa", "peso", "peso neto", "peso bruto", "cantidad", "massa", "peso liquido", "quantidade",
        ],
        [RegisterColumn.Unit] = ["measurement unit", "unit", "unit of measure", "unidad de medida", "unidad", "unidade de medida", "unidade"],
        [RegisterColumn.Packages] = ["packages", "number of packages", "bultos", "paquetes", "numero de bultos", "numero de paquetes", "embalagens", "pacotes", "volumes", "numero de embalagens"],
        [RegisterColumn.Seals] = ["seals", "seal", "seal number", "seal no", "precintos", "precinto", "sello", "sellos", "numero de precinto", "selos", "selo", "lacre", "lacres", "numero do selo"],
        [RegisterColumn.Storage] =
        [
            "storage place", "storage location", "stored in", "store", "vault", "shelf", "lugar de custodia", "lugar de almacenamiento", "deposito", "boveda", "almacen", "local de guarda", "local de armazenamento", "cofre", "armazem",
        ],
        [RegisterColumn.Country] = ["iso3", "country territory of seizure", "country", "pais"],
        [RegisterColumn.Region] = ["administrative region", "province", "state", "region", "provincia", "departamento", "estado", "regiao"],
        [RegisterColumn.City] = ["city", "town", "municipality", "ciudad", "municipio", "localidad", "cidade", "concelho"],
        [RegisterColumn.Place] = ["physical seizure location", "place of seizure", "seizure place", "place", "location", "lugar de incautacion", "lugar", "local da apreensao", "local"],
        [RegisterColumn.Transport] =
        [
            "trafficking mode of transportation", "mode of transport", "means of transport", "transport", "medio de transporte", "transporte", "meio de transporte",
        ],
    };

    static readonly HashSet<string> Known = [.. Names.Values.SelectMany(n => n)];

    /// <summary>Whether a text is a name that a column of a register has.</summary>
    public static bool IsName(string text) => Known.Contains(Bare(text));

    /// <summary>Which column seems to hold what, by its name alone: each column at most once.</summary>
    public static IReadOnlyDictionary<RegisterColumn, int> Guess(IReadOnlyList<string> headers)
    {
        var fits = from column in Names
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

    /// <summary>The unit that a column's name has in brackets, as in "Weight (kg)"; null where there is none.</summary>
    public static string? UnitIn(string header) =>
        header.IndexOf('(', StringComparison.Ordinal) is var open and >= 0 && header.IndexOf(')', open) is var close and >= 0 ? header[(open + 1)..close].Trim() : null;

    // "Peso (kg)" is called peso, and "N.º" is called n.
    static string Bare(string header)
    {
        var open = header.IndexOf('(', StringComparison.Ordinal);
        var plain = PlainName.Of(open > 0 ? header[..open] : header).Replace("º", "", StringComparison.Ordinal);
        return plain is "n o" ? "n" : plain;
    }
}
