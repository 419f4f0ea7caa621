namespace Probity.Cases;

/// <summary>Names the texts of the pages on charges, disclosure and hearings (CourtPages.resx and its languages).</summary>
internal sealed class CourtPages;
