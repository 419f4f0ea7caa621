namespace Probity.Lens.Logs.Sheets;

/// <summary>One part of a package, read as XML from its beginning; closed before the next one is opened.</summary>
internal sealed class PartXml : IDisposable
{
    readonly Stream _content;
    readonly ReadAhead _ahead;

    public PartXml(string name, Stream content, Func<byte[], int, int, int> read, CancellationToken cancel)
    {
        _content = content;
        _ahead = new ReadAhead(name, read, cancel);
        try
        {
            var window = new ByteWindow(_ahead, name);
            window.Grow();
            if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
            Scanner = new XmlScanner(window) { KeepsText = true };
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public XmlScanner Scanner { get; }

    public void Dispose()
    {
        _ahead.Dispose();
        _content.Dispose();
    }
}
