using System.Collections.Frozen;

namespace Probity.Conduct.Matching;

/// <summary>Words that tell little of a name: legal forms and particles are left out, what companies of one trade are all called weighs less, and so do the names that half a country has.</summary>
internal static class NameWords
{
    /// <summary>Left out wherever they stand.</summary>
    public static readonly FrozenSet<string> LegalForms = Set(
        "sarl lda ltda limitada ltd limited sl slu srl gmbh inc incorporated llc llp plc corp corporation company cia companhia compania sas sasu eirl spa bv nv ooo oao zao pao unipessoal eireli epp pty pte pvt fze sociedade sociedad anonima empresa cv");

    /// <summary>Legal forms that are names too: left out where they are written with dots, else they weigh less.</summary>
    public static readonly FrozenSet<string> DoubtfulForms = Set("sa co as me ag ab kg se oy");

    /// <summary>Between names, in any of their languages.</summary>
    public static readonly FrozenSet<string> Particles = Set("de da do das dos del della di du la las los le el al ul van von der den ter e y and et of the bin ibn ben bint");

    /// <summary>What people are called before the name.</summary>
    public static readonly FrozenSet<string> Titles = Set("mr mrs ms sr sra srta dr dra dona don doña alhaji hadj haji hajj el-hadj cheikh sheikh eng");

    /// <summary>Names that so many have that two of them say little.</summary>
    public static readonly FrozenSet<string> Frequent = Set(
        "jose joao maria ana antonio manuel francisco pedro paulo luis luiz carlos juan jorge miguel rosa fatima mohamed mohammed muhammad mamadou mamadu ibrahim ali ahmed moussa fatoumata "
        + "silva santos costa pereira ferreira oliveira souza sousa lima gomes lopes fernandes rodrigues garcia rodriguez gonzalez fernandez lopez martinez perez sanchez gomez diaz "
        + "diallo jalo djalo balde ba sow traore keita camara kamara cisse sanha wang li zhang chen liu ivanov ivanova");

    static readonly FrozenDictionary<string, string> s_trades = new Dictionary<string, string>
    {
        ["import"] = "import imports importacao importacion importadora importador importing importations importacoes importaciones",
        ["export"] = "export exports exportacao exportacion exportadora exportador exporting exportacoes exportaciones",
        ["trade"] = "trade trading traders comercio comercial commerce commercial comerciante negocios",
        ["transport"] = "transporte transportes transport transports transportation trucking",
        ["logistics"] = "logistica logistics logistique logistic",
        ["shipping"] = "shipping navegacao navegacion maritima maritimo maritime naviera navieras",
        ["group"] = "grupo group groupe holding holdings",
        ["service"] = "servicos servicios services service servico servicio",
        ["international"] = "internacional international intl",
        ["general"] = "geral general",
        ["brothers"] = "irmaos hermanos brothers bros freres",
        ["sons"] = "filhos hijos sons fils",
        ["agency"] = "agencia agency agence agencias",
        ["construction"] = "construcao construcoes construccion construcciones construction constructora",
        ["fishing"] = "pesca pescas fishing peche",
        ["consulting"] = "consultoria consulting consultores consultants",
    }.SelectMany(t => t.Value.Split(' ').Select(word => KeyValuePair.Create(word.Replace("cao", "sao", StringComparison.Ordinal).Replace("coes", "soes", StringComparison.Ordinal), t.Key))
        .Concat(t.Value.Split(' ').Select(word => KeyValuePair.Create(word, t.Key)))).DistinctBy(t => t.Key).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>One word for a trade in all its languages; null for what is no trade.</summary>
    public static string? TradeOf(string word) => s_trades.GetValueOrDefault(word);

    static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
