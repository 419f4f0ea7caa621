using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>What people call the columns of a log, in English, Spanish and Portuguese; without accents and in lower case.</summary>
internal static class ColumnWords
{
    public static readonly IReadOnlyList<string> Case =
    [
        "case concept name", "case id", "case number", "case no", "case", "file number", "file no", "file", "docket", "reference", "ref",
        "numero de caso", "id de caso", "caso", "numero de expediente", "expediente", "legajo", "sumario", "carpeta",
        "numero do processo", "id do processo", "processo", "proceso", "inquerito", "dossie", "dossier", "auto", "nuipc", "nuc", "referencia",
    ];

    public static readonly IReadOnlyList<string> Activity =
    [
        "concept name", "activity", "step", "event", "task", "action", "stage", "actividad", "paso", "evento", "tarea", "accion", "etapa", "diligencia", "tramite",
        "atividade", "passo", "tarefa", "acao", "fase", "acto", "ato", "actuacion",
    ];

    public static readonly IReadOnlyList<string> Time =
    [
        "time timestamp", "timestamp", "date and time", "date time", "datetime", "time", "date", "when", "completed", "fecha y hora", "fecha hora", "marca de tiempo", "fecha", "cuando",
        "data e hora", "data hora", "data", "quando", "hora", "start time", "end time",
    ];

    public static readonly IReadOnlyList<string> Person =
    [
        "org resource", "resource", "person", "done by", "performed by", "user", "officer", "who", "staff", "agent", "by", "responsible",
        "recurso", "persona", "hecho por", "realizado por", "usuario", "funcionario", "agente", "responsable", "quien", "oficial",
        "pessoa", "feito por", "executado por", "utilizador", "responsavel", "quem", "operador", "operator",
    ];

    /// <summary>Whether a text is just one of the names.</summary>
    public static bool IsName(string text)
    {
        var plain = Plain(text);
        return Case.Contains(plain) || Activity.Contains(plain) || Time.Contains(plain) || Person.Contains(plain);
    }

    /// <summary>A name without accents, signs and capitals, its words apart by one space.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>How well a plain name fits: 1 if it is one of the names, less if it has one among its words, 0 if none.</summary>
    public static double Fit(string plain, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
            if (plain == names[i]) return 1 - (i * 0.001);
        for (var i = 0; i < names.Count; i++)
            if ($" {plain} ".Contains($" {names[i]} ", StringComparison.Ordinal)) return 0.5 - (i * 0.001);
        return 0;
    }

    /// <summary>The column that its name fits best; null where none does.</summary>
    public static string? Best(IEnumerable<string> columns, IReadOnlyList<string> names) =>
        columns.Select(c => (Name: c, Fit: Fit(Plain(c), names))).Where(c => c.Fit > 0).OrderByDescending(c => c.Fit).FirstOrDefault().Name;
}
