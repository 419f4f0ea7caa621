namespace Probity.Ledger;

/// <summary>
/// The store did not do what was asked: a full or failing disk, a lost database; the message says what to do. Entries that were to be
/// appended are not acknowledged, and whoever asked may ask again with the same expectations: should they stand on the record after
/// all, that is a conflict.
/// </summary>
public sealed class StoreFaultException(string message, Exception inner) : IOException(message, inner);

/// <summary>
/// Another node leads by now, so what was meant to be appended as the leader was refused: whoever leads does it instead.
/// </summary>
public sealed class LeadershipLostException()
    : InvalidOperationException("Another node of this log leads by now: nothing was appended.");

/// <summary>
/// The log takes no entries: what it holds contradicts what it has signed before, or has still to be compared with what witnesses saw. What it
/// holds can be read.
/// </summary>
public sealed class SigningStoppedException(string reason) : InvalidOperationException($"The log takes no entries: {reason}")
{
    /// <summary>Why, and what to do.</summary>
    public string Reason { get; } = reason;
}

/// <summary>An entry was meant for a compartment whose key was destroyed; what was erased takes nothing more.</summary>
public sealed class KeyDestroyedException(CompartmentId compartment)
    : InvalidOperationException($"The key of compartment {compartment} was destroyed: it takes no more entries.")
{
    /// <summary>The erased compartment.</summary>
    public CompartmentId Compartment { get; } = compartment;
}
