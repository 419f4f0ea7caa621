using System.Security.Claims;

namespace Probity.Shared.Home;

/// <summary>What somebody who is signed in has to reach at one touch from the first screen.</summary>
/// <param name="Text">Its words, in the reader's language.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Visible">Who has it.</param>
internal sealed record QuickLink(Func<string> Text, string Href, Func<ClaimsPrincipal, bool> Visible);
