namespace Probity.Lens;

/// <summary>
/// A log or a procedure that cannot be read. The message is one line that says what is wrong, where, and what to do;
/// it is shown to people as it is.
/// </summary>
public sealed class BadInputException : Exception
{
    /// <summary>Creates the error with its one-line message.</summary>
    public BadInputException(string message, Exception? inner = null) : base(message, inner) { }
}
