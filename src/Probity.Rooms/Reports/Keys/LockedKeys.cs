using System.Text;
using Probity.Access.Contract;

namespace Probity.Reports.Keys;

/// <summary>People's private keys under their passphrases, beside what they sign in with: one line each, the oldest first. A key that was replaced stays, for what was sealed for it.</summary>
internal sealed class LockedKeys(IKeptSecrets secrets)
{
    const string Name = "report keys";

    /// <summary>All of somebody's.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(Guid person, CancellationToken cancel) =>
        await secrets.ReadAsync(person, Name, cancel) is { } kept ? Encoding.UTF8.GetString(kept).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Keeps one more.</summary>
    public async Task AddAsync(Guid person, string locked, CancellationToken cancel) =>
        await secrets.WriteAsync(person, Name, Encoding.UTF8.GetBytes(string.Join('\n', [.. await ReadAsync(person, cancel), locked])), cancel);
}
