using Probity.Lens.Logs;

namespace Probity.Lens.Procedures.Tables;

/// <summary>The columns of a procedure table.</summary>
internal enum TableColumn
{
    Step,
    Who,
    After,
    Within,
    SecondPerson,
    Evidence,
    Optional,
    InsteadOf,
    Number,
}

/// <summary>What the columns are called in English, Spanish and Portuguese; without accents, signs and capitals.</summary>
internal static class TableColumns
{
    public const int Count = 9;

    static readonly string[][] Names =
    [
        ["step", "activity", "task", "action", "paso", "actividad", "tarea", "diligencia", "passo", "etapa", "atividade", "tarefa"],
        ["who", "role", "by whom", "done by", "responsible", "quien", "rol", "cargo", "responsable", "quem", "papel", "funcao", "responsavel"],
        ["after", "after step", "after steps", "comes after", "depends on", "despues de", "tras", "depois de", "apos"],
        ["within", "time limit", "deadline", "how long", "plazo", "plazo maximo", "en el plazo de", "dentro de", "prazo", "prazo maximo", "no prazo de"],
        ["second person", "two people", "two persons", "four eyes", "witness", "segunda persona", "dos personas", "cuatro ojos", "testigo", "segunda pessoa", "duas pessoas", "quatro olhos", "testemunha"],
        ["evidence", "proof", "record", "evidencia", "prueba", "constancia", "prova", "comprovativo", "registo"],
        ["optional", "may be left out", "opcional", "facultativo"],
        ["instead of", "alternative to", "in place of", "en lugar de", "en vez de", "alternativa a", "em vez de", "em lugar de"],
        ["no", "nr", "n", "number", "step no", "numero", "n o", "num"],
    ];

    /// <summary>The name in English, for messages about rows that have no header.</summary>
    public static string NameOf(TableColumn column) => Names[(int)column][0];

    /// <summary>The column that a header names; null where it is none of them. "N.º" and "#" are numbers.</summary>
    public static TableColumn? Of(string header)
    {
        if (header.Trim() is "#" or "№" or "N.º" or "N.°" or "Nº" or "N°") return TableColumn.Number;
        var index = Array.FindIndex(Names, names => names.Contains(ColumnWords.Plain(header)));
        return index < 0 ? null : (TableColumn)index;
    }
}
