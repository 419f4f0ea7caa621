namespace Probity.Ledger;

/// <summary>
/// The store did not do what was asked: a full or failing disk, a lost database; the message says what to do. Entries that were to be
/// appended are not acknowledged, and whoever asked may ask again with the same expectations: should they stand on the record after
/// all, that is a conflict.
/// </summary>
public sealed class StoreFaultException(string message, Exception inner) : IOException(message, inner);

/// <summary>An entry was meant for a compartment whose key was destroyed; what was erased takes nothing more.</summary>
public sealed class KeyDestroyedException(CompartmentId compartment)
    : InvalidOperationException($"The key of compartment {compartment} was destroyed: it takes no more entries.")
{
    /// <summary>The erased compartment.</summary>
    public CompartmentId Compartment { get; } = compartment;
}
