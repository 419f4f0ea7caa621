using System.Security.Cryptography;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;

namespace Probity.Procedures;

/// <summary>One of the house's own procedures; <paramref name="TitleKey"/> is its name in <see cref="ProceduresText"/>.</summary>
internal sealed record HouseProcedure(string Key, string TitleKey, PetriNet Net, SourceFile File);

/// <summary>The procedures that the house brings along, as they stand in its assembly.</summary>
internal static class HouseProcedures
{
    /// <summary>The handling of a case, by which the unit's own cases are judged.</summary>
    public static HouseProcedure CaseHandling { get; } = Read("case-handling", "Following.Which");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HouseProcedure> All { get; } = [CaseHandling];

    static HouseProcedure Read(string key, string titleKey)
    {
        var name = $"Probity.Procedures.Sops.{key}.bpmn";
        using var stream = typeof(HouseProcedures).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        bytes.Position = 0;
        var file = $"{key}.bpmn";
        return new HouseProcedure(key, titleKey, ProcedureReader.Read(bytes, file), new SourceFile(file, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))));
    }
}
