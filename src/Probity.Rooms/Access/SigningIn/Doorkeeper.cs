using Microsoft.AspNetCore.Identity;
using Probity.Access.Contract;
using Probity.Access.Duress;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access.SigningIn;

/// <summary>
/// Checks passwords and codes. Five wrong ones, of either kind, lock the person out for 15 minutes; only a whole sign-in
/// sets the count back, or whoever has the password could try codes for ever.
/// </summary>
internal sealed class Doorkeeper(
    UserManager<Credential> users, DoorTurns turns, SecondPasswords seconds, TotpSecrets secrets, Clerk clerk, IRegister registers, TransparencyLog log, TimeProvider time)
{
    public const int Tries = 5;
    public const int MaxPassword = 256;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The credential, and whether it was the password for being forced; or null: unknown, wrong and locked out are one answer and take about one time. Two hashes are
    /// computed each time, whoever it is and whatever they typed.
    /// </summary>
    public async Task<(Credential Credential, bool Forced)?> CheckPasswordAsync(string? name, string? password, CancellationToken cancel)
    {
        if (password is not { Length: > 0 and <= MaxPassword } || name is not { Length: > 0 and <= 256 }) return null;
        using var turn = await turns.TakeAsync(users.NormalizeName(name), cancel);
        var credential = await users.FindByNameAsync(name);
        var hash = credential?.PasswordHash ?? turns.HashOfNobody(users.PasswordHasher);
        var second = await seconds.HashOfAsync(credential);
        var result = users.PasswordHasher.VerifyHashedPassword(credential ?? new Credential(), hash, password);
        var forced = users.PasswordHasher.VerifyHashedPassword(credential ?? new Credential(), second, password);
        if (credential?.PasswordHash is null || IsLockedOut(credential)) return null;
        if (result != PasswordVerificationResult.Failed || forced != PasswordVerificationResult.Failed) return (credential, result == PasswordVerificationResult.Failed);
        await FailAsync(credential, cancel);
        return null;
    }

    /// <summary>
    /// Takes a code and files the sign-in: the person may have a session when this answers that it stands on the record. Where it was
    /// refused everything was right, and their access has ended: only who has shown who they are is told.
    /// </summary>
    public async Task<(Credential Credential, Outcome Filed)?> CheckCodeAsync(Guid person, string stamp, string? code, int mark, CancellationToken cancel)
    {
        using var turn = await turns.TakeAsync(person.ToString("D"), cancel);
        var credential = await users.FindByIdAsync(person.ToString("D"));
        if (credential is null || credential.SecurityStamp != stamp || IsLockedOut(credential)) return null;
        if (!await TakeCodeAsync(credential, code, cancel)) return null;
        await seconds.SealAnewAsync(credential);
        var filed = await SignIns.FileAsync(clerk, registers, person, "password+totp", time.GetUtcNow(), mark, cancel);
        return filed is Outcome.Done or Outcome.Refused ? (credential, filed) : null;
    }

    /// <summary>
    /// Sets the second password, or takes it away, for whoever shows password and code. Shown the second password itself it answers, costs and writes the same, and what was set stays.
    /// </summary>
    public async Task<bool> ChangeSecondAsync(string name, string password, string? code, string? second, CancellationToken cancel)
    {
        if (await CheckPasswordAsync(name, password, cancel) is not var (credential, forced)) return false;
        using var turn = await turns.TakeAsync(credential.Id.ToString("D"), cancel);
        if (!await TakeCodeAsync(credential, code, cancel)) return false;
        if (!forced)
        {
            await seconds.SetAsync(credential, second);
            return true;
        }

        _ = users.PasswordHasher.HashPassword(credential, second ?? password);
        await seconds.SealAnewAsync(credential);
        return true;
    }

    async Task<bool> TakeCodeAsync(Credential credential, string? code, CancellationToken cancel)
    {
        var secret = secrets.Open(credential.Id, credential.SealedTotp);
        if (secret is null || Totp.StepOf(secret, code, time.GetUtcNow()) is not { } step || step <= credential.LastTotpStep)
        {
            await FailAsync(credential, cancel);
            return false;
        }

        (credential.LastTotpStep, credential.AccessFailedCount, credential.LockoutEnd) = (step, 0, null);
        return (await users.UpdateAsync(credential)).Succeeded;
    }

    bool IsLockedOut(Credential credential) => credential.LockoutEnd > time.GetUtcNow();

    async Task FailAsync(Credential credential, CancellationToken cancel)
    {
        if (++credential.AccessFailedCount < Tries)
        {
            await users.UpdateAsync(credential);
            return;
        }

        var until = time.GetUtcNow() + Lockout;
        (credential.AccessFailedCount, credential.LockoutEnd) = (0, until);
        await users.UpdateAsync(credential);
        var stream = SignIns.StreamOf(credential.Id);
        await clerk.FileAsync(
            new ActorId(log.Id), stream, "access.lock-out", _ => new(Decision.Accept(SignIns.File(credential.Id, new LockedOut(until)))), cancel: cancel);
    }
}

/// <summary>
/// One attempt at a time for a name, or many sent at once would all be checked before the first is counted.
/// </summary>
internal sealed class DoorTurns : IDisposable
{
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];
    string? _hashOfNobody;

    public async Task<IDisposable> TakeAsync(string name, CancellationToken cancel)
    {
        var turn = _turns[(uint)string.GetHashCode(name, StringComparison.Ordinal) % (uint)_turns.Length];
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    /// <summary>Checked where there is no such person, so that the answer takes as long.</summary>
    public string HashOfNobody(IPasswordHasher<Credential> hasher) =>
        _hashOfNobody ??= hasher.HashPassword(new Credential(), Guid.NewGuid().ToString());

    public void Dispose()
    {
        foreach (var turn in _turns) turn.Dispose();
    }

    sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
