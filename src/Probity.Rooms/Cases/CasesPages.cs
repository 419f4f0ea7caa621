namespace Probity.Cases;

/// <summary>Names the texts of the cases' pages (CasesPages.resx and its languages).</summary>
internal sealed class CasesPages;
