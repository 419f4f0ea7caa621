namespace Probity.Cases;

/// <summary>Names the texts of the pages on who sees a case (NeedToKnowPages.resx and its languages).</summary>
internal sealed class NeedToKnowPages;
