namespace Probity.Cli;

/// <summary>What a verb answers to the shell; part of the public interface.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>The check ran and found something.</summary>
    public const int Found = 1;

    /// <summary>The input or the call was wrong; one line on standard error says what, where, and what to do.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped from the keyboard, as shells number it: 128 and the signal.</summary>
    public const int Interrupted = 130;
}
