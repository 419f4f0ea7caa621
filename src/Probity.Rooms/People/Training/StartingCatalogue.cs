using Probity.People.Contract;

namespace Probity.People.Training;

/// <summary>The competences that a unit begins with, written for this house. A unit adds its own.</summary>
internal static class StartingCatalogue
{
    /// <summary>Code and names.</summary>
    public static readonly IReadOnlyList<(string Code, CompetenceName Name)> Competences =
    [
        ("EVIDENCE", new("Handling and storing exhibits", "Manejo y custodia de evidencias", "Manuseamento e guarda de provas")),
        ("DELIVERY", new("Law of controlled deliveries", "Derecho de las entregas vigiladas", "Direito das entregas controladas")),
        ("CONTAINER", new("Inspecting containers", "Inspección de contenedores", "Inspeção de contentores")),
        ("PASSENGER", new("Selecting passengers and luggage", "Selección de pasajeros y equipajes", "Seleção de passageiros e bagagens")),
        ("INTERVIEW", new("Interviewing", "Entrevista", "Entrevista")),
        ("SOURCE", new("Handling sources", "Manejo de fuentes", "Tratamento de fontes")),
        ("FINANCE", new("Financial investigation", "Investigación financiera", "Investigação financeira")),
        ("INTEGRITY", new("Integrity and code of conduct", "Integridad y código de conducta", "Integridade e código de conduta")),
        ("DATA", new("Data protection", "Protección de datos", "Proteção de dados")),
        ("FIRSTAID", new("First aid, also with opioids", "Primeros auxilios, también con opioides", "Primeiros socorros, também com opioides")),
    ];
}
