namespace Probity.Access.Contract;

/// <summary>Where an act that is held is cleared or returned, where it has no page of its own.</summary>
internal static class HeldActPlace
{
    public static string Of(Guid person, Guid act) => $"/vetting/held/{person:D}/{act:D}";
}
