namespace Probity.Access.Contract;

/// <summary>What is kept of a person beside what they sign in with: sealed for them, in no backup that has no credentials in it, and gone with them.</summary>
internal interface IKeptSecrets
{
    /// <summary>What is kept under a name; null where nothing is.</summary>
    Task<byte[]?> ReadAsync(Guid person, string name, CancellationToken cancel);

    /// <summary>Keeps it, in place of what was there.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    Task WriteAsync(Guid person, string name, ReadOnlyMemory<byte> secret, CancellationToken cancel);
}
