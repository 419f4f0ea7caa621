using System.Text;
using System.Xml;
using CsCheck;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Logs;

/// <summary>The text that the scanner keeps is the one that the framework's reader sees, in whatever pieces it is written.</summary>
public class XmlTextTests
{
    static readonly string[] Pieces =
        ["a", "é€😀", " ", "\t", "\n", "\r\n", "\r", "&amp;", "&lt;", "&#10;", "&#xD;", "&#x1F600;", "<![CDATA[<&>]]>", "<![CDATA[]]>", "<!-- no -->", "<?pi no?>", "]]", "\"'", "<t>x</t>", "<t/>", "<t> </t>"];

    [Fact]
    public void Text_is_that_of_the_framework() => Gen.Int[0, Pieces.Length - 1].Array[0, 12].Sample(
        numbers =>
        {
            var text = "<r>" + string.Concat(numbers.Select(n => Pieces[n])) + "</r>";
            Assert.Equal(Framework(text), Own(text));
        },
        iter: 2_000);

    [Fact]
    public void A_text_across_blocks_is_one()
    {
        var text = "<r>" + string.Concat(Enumerable.Range(0, 400_000).Select(i => i % 1000 == 0 ? "&amp;" : "é")) + "</r>";
        Assert.Equal(Framework(text), Own(text));
    }

    static List<string> Own(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var ahead = new ReadAhead("x", stream.Read, TestContext.Current.CancellationToken);
        var window = new ByteWindow(ahead, "x");
        window.Grow();
        var xml = new XmlScanner(window) { KeepsText = true };
        var found = new List<string>();
        while (xml.Read())
        {
            found.Add(Encoding.UTF8.GetString(xml.Text));
            if (xml.IsStart && xml.IsEmpty) found.Add("");
        }

        return found;
    }

    /// <summary>What stands between each two tags; an empty element has two.</summary>
    static List<string> Framework(string text)
    {
        using var xml = XmlReader.Create(new StringReader(text), new XmlReaderSettings { IgnoreComments = true, IgnoreProcessingInstructions = true });
        var (found, now) = (new List<string>(), new StringBuilder());
        while (xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                found.Add(now.ToString());
                now.Clear();
                if (xml.IsEmptyElement) found.Add("");
            }
            else
            {
                now.Append(xml.Value);
            }
        }

        return found;
    }
}
