using Probity.Access.Contract;
using Probity.Reports.Protecting;

namespace Probity.Cli.Sample;

/// <summary>What a key says of people of the sample when their postings end: no report protects any of them.</summary>
internal static class Unprotected
{
    public static ProtectionLook Look(Guid person) => new(ProtectionSays.Nothing, [], ClearingBoxes.Seal([], person, null));
}
