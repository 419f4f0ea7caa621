namespace Probity.Reports.Handling;

/// <summary>Something that is wrong in a form, at one of its fields: a form says all of them at once.</summary>
/// <param name="Field">The field, as the form names it.</param>
/// <param name="Code">What is wrong, as a code.</param>
internal sealed record Fault(string Field, string Code);
