namespace Probity.Cases;

/// <summary>Names the texts of the cases' pages (CasesPages.resx and its languages).</summary>
public sealed class CasesPages;
