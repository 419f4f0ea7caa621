using System.Security.Cryptography;
using System.Text;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Procedures.Contract;

namespace Probity.Procedures;

/// <summary>One of the house's own procedures; <paramref name="TitleKey"/> is its name in <see cref="ProceduresText"/>.</summary>
internal sealed record HouseProcedure(string Key, string TitleKey, PetriNet Net, SourceFile File, string Drawing);

/// <summary>The procedures that the house brings along, as they stand in its assembly.</summary>
internal static class HouseProcedures
{
    /// <summary>The handling of a case, by which the unit's own cases are judged until the unit has put a version of its own in force.</summary>
    public static HouseProcedure CaseHandling { get; } = Read("case-handling", "Following.Which");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HouseProcedure> All { get; } = [CaseHandling];

    /// <summary>The procedure that governs cases. Its stream begins with the second version: the first is the house's, and was in force before any entry.</summary>
    public static readonly Guid CasesSop = new("50b00000-0000-8000-8000-000000000001");

    static readonly SopVersion First = new(new Guid("50b00000-0000-8000-8000-000000000002"), 1, null, CaseHandling.Drawing, "") { Submitted = true, From = DateTimeOffset.MinValue };

    /// <summary>A procedure as it was folded, with the version that the house brings along where it is the one that governs cases.</summary>
    public static Sop Complete(Guid id, Sop folded) =>
        id == CasesSop ? folded with { Id = id, Kind = SopKind.Cases, Versions = folded.Versions.Insert(0, First) } : folded;

    static HouseProcedure Read(string key, string titleKey)
    {
        var name = $"Probity.Procedures.Sops.{key}.bpmn";
        using var stream = typeof(HouseProcedures).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        bytes.Position = 0;
        var file = $"{key}.bpmn";
        return new HouseProcedure(
            key, titleKey, ProcedureReader.Read(bytes, file), new SourceFile(file, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))),
            Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
