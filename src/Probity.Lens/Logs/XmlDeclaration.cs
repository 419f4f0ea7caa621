using System.Text;
using System.Text.RegularExpressions;

namespace Probity.Lens.Logs;

/// <summary>The line <c>&lt;?xml version="1.0" encoding="UTF-8"?&gt;</c> (XML 1.0, 2.8).</summary>
internal static partial class XmlDeclaration
{
    /// <exception cref="BadInputException">It is malformed, or names an encoding other than UTF-8 or ASCII.</exception>
    public static void Check(ByteWindow window, ReadOnlySpan<byte> body)
    {
        var match = Grammar().Match(Encoding.UTF8.GetString(body));
        if (!match.Success) throw window.Fault(0, "a malformed XML declaration");
        var encoding = match.Groups["encoding"].Value.Trim('"', '\'');
        if (encoding.Length > 0 && encoding.ToUpperInvariant() is not ("UTF-8" or "UTF8" or "US-ASCII" or "ASCII"))
            throw window.Fault(0, $"encoded as {LogText.Show(encoding)}; save the log as UTF-8");
    }

    [GeneratedRegex("""
        ^xml\s+version\s*=\s*("1\.[0-9]+"|'1\.[0-9]+')(\s+encoding\s*=\s*(?<encoding>"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(\s+standalone\s*=\s*("(yes|no)"|'(yes|no)'))?\s*$
        """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
