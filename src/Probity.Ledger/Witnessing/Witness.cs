using System.Security.Cryptography;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>
/// A witness of transparency logs (C2SP tlog-witness): it cosigns what a log has signed, if that only adds to what it has cosigned of the log
/// before, and remembers it before it answers. It owns its key and its memory.
/// </summary>
public sealed class Witness : IAsyncDisposable
{
    /// <summary>The longest body of a request, in bytes.</summary>
    public const int MaxRequest = SignedNote.MaxLength;

    readonly SignerKey _key;
    readonly IWitnessStore _store;
    readonly TimeProvider _time;

    /// <summary>Makes a witness.</summary>
    /// <param name="key">What it cosigns with, under its own name.</param>
    /// <param name="logs">The logs that it knows.</param>
    /// <param name="store">Its memory: of this key alone.</param>
    /// <param name="time">The clock of its cosignatures.</param>
    /// <exception cref="ArgumentException">The key makes plain signatures.</exception>
    public Witness(SignerKey key, WitnessedLogs logs, IWitnessStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Verifier.Type != SignatureType.CosignatureEd25519)
            throw new ArgumentException("A witness cosigns: its key is of type 4.", nameof(key));
        (_key, Logs, _store, _time) = (key, logs, store, time);
    }

    /// <summary>What its cosignatures verify with.</summary>
    public VerifierKey VerifierKey => _key.Verifier;

    /// <summary>The logs that it knows.</summary>
    public WitnessedLogs Logs { get; }

    /// <summary>Answers <c>POST &lt;submission prefix&gt;/add-checkpoint</c>.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="ct">Gives up.</param>
    public async ValueTask<WitnessAnswer> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        AddCheckpointRequest request;
        try
        {
            request = AddCheckpointRequest.Parse(body.Span);
        }
        catch (FormatException fault)
        {
            return WitnessAnswer.Text(400, $"The request is malformed: {fault.Message}\n");
        }

        var keys = Logs.KeysOf(request.Checkpoint.Origin);
        if (WitnessDecision.Refuse(request, keys) is { } refused) return WitnessAnswer.Of(refused);
        WitnessAnswer? answer = null;
        await _store.UpdateAsync(request.Checkpoint.Origin, (state, newest) =>
        {
            var decision = WitnessDecision.Decide(request, keys, state?.Checkpoint);
            if (decision is WitnessDecision.Cosign)
            {
                var (next, cosignature) = Cosign(request, keys, state, newest);
                answer = WitnessAnswer.Text(decision.Status, $"{cosignature}\n");
                return next;
            }

            answer = WitnessAnswer.Of(decision);
            return state is { Fork: null } && IsFork(request.Checkpoint, state) ? state with { Fork = request.Note.ToString() } : null;
        }, ct);
        return answer!;
    }

    /// <summary>
    /// Answers <c>GET &lt;monitoring prefix&gt;/&lt;origin hash&gt;/checkpoint</c>: the checkpoint that was cosigned last, with the log's
    /// signatures and the witness's.
    /// </summary>
    /// <param name="originHash">SHA-256 of the log's origin in lower-case hexadecimal digits.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null where nothing was ever cosigned for it: 404.</returns>
    public async ValueTask<string?> ReadCheckpointAsync(string originHash, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(originHash);
        if (originHash.Length != 2 * Hash.Size || !originHash.All(char.IsAsciiHexDigitLower)) return null;
        return (await _store.FindAsync(Convert.FromHexString(originHash), ct))?.Note;
    }

    /// <summary>What is remembered of a log, or null.</summary>
    public ValueTask<WitnessState?> FindAsync(string origin, CancellationToken ct) => _store.FindAsync(HashOf(origin), ct);

    /// <summary>What a log is asked for under, by those who monitor it.</summary>
    public static byte[] HashOf(string origin) => SHA256.HashData(Encoding.UTF8.GetBytes(origin));

    /// <summary>Closes the memory and wipes the key.</summary>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _key.Dispose();
    }

    (WitnessState Next, NoteSignature Cosignature) Cosign(
        AddCheckpointRequest request, IReadOnlyList<VerifierKey> keys, WitnessState? state, DateTimeOffset? newest)
    {
        // A clock that was set back signs the time that was signed last; and no time before 1970, nor none at all.
        var seconds = Math.Max(Math.Max(_time.GetUtcNow().ToUnixTimeSeconds(), newest?.ToUnixTimeSeconds() ?? 0), 1);
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var checkpoint = request.Checkpoint;
        var cosignature = _key.Cosign(request.Note.Text, time);
        var note = new SignedNote(request.Note.Text, request.Note.Verify(keys).Select(one => one.Signature).Append(cosignature));
        return (new WitnessState(checkpoint.Origin, checkpoint.Size, checkpoint.Root, time, note.ToString(), state?.Fork), cosignature);
    }

    // Of another size only a proof can tell, and anybody can send a log's public checkpoint with a false one.
    static bool IsFork(Checkpoint checkpoint, WitnessState state) => checkpoint.Size == state.Size && checkpoint.Root != state.Root;
}
