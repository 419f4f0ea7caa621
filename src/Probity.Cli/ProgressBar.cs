namespace Probity.Cli;

/// <summary>
/// A bar on standard error for work that takes longer than half a second, on a terminal only; gone when disposed.
/// </summary>
internal sealed class ProgressBar(string label) : IProgress<double>, IDisposable
{
    const int Width = 30;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    readonly Lock _lock = new();
    readonly long _begun = TimeProvider.System.GetTimestamp();
    readonly bool _visible = !Console.IsErrorRedirected;
    long _lastDrawn;
    bool _drawn;

    /// <summary>Takes the share done, 0 to 1.</summary>
    public void Report(double value)
    {
        if (!_visible) return;
        lock (_lock)
        {
            var time = TimeProvider.System;
            if (time.GetElapsedTime(_begun) < Patience || (_drawn && time.GetElapsedTime(_lastDrawn) < Pace)) return;
            _lastDrawn = time.GetTimestamp();
            _drawn = true;
            var full = (int)(Math.Clamp(value, 0, 1) * Width);
            Console.Error.Write($"\r{label} [{new string('#', full)}{new string('.', Width - full)}] {value,4:P0}");
        }
    }

    public void Dispose()
    {
        if (_drawn) Console.Error.Write($"\r{new string(' ', label.Length + Width + 12)}\r");
    }
}
