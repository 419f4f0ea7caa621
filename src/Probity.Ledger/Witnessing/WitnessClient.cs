using System.Net;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>Gives the proof that a log of one size is the beginning of the log of a larger one.</summary>
public delegate Task<Hash[]> ConsistencyProver(long oldSize, long size, CancellationToken ct);

/// <summary>
/// Asks one witness (C2SP tlog-witness) to cosign. Whoever answers may be an enemy: each answer has a deadline and a longest length, no
/// redirect is followed, and only a genuine line of the witness's own key counts. Answers of v1.0.0 are understood too: there a
/// log of the same size and another root was a conflict.
/// </summary>
public sealed class WitnessClient : IDisposable
{
    const int Attempts = 4;
    const int MaxLines = 64 * 1024;
    const int MaxSize = 64;

    readonly HttpClient _http;
    readonly Uri _prefix;
    readonly TimeSpan _patience;

    /// <summary>Names a witness; nothing is asked yet.</summary>
    /// <param name="witness">The witness, with a URL: its submission prefix, under which it is monitored too.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <exception cref="FormatException">It has no URL that can be asked.</exception>
    public WitnessClient(PolicyWitness witness, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(witness);
        if (!Uri.TryCreate(witness.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            throw new FormatException($"The witness {witness.Name} has no URL that can be asked: '{witness.Url}' is not like https://ombudsman.example/witness");
        (Witness, _patience) = (witness, patience);
        _prefix = url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Whom it asks.</summary>
    public PolicyWitness Witness { get; }

    /// <summary>Asks for a cosignature; where the witness remembers another size, once more from there.</summary>
    /// <param name="note">The log's signed checkpoint.</param>
    /// <param name="oldSize">The size that the witness is believed to have cosigned last; 0 where nothing is known.</param>
    /// <param name="prove">Proves that the log only grew.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<WitnessReply> SubmitAsync(SignedNote note, long oldSize, ConsistencyProver prove, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(prove);
        if (!NoteVerification.CanVerify(Witness.Key)) return new WitnessReply.Failed("its cosignatures are of a kind that cannot be verified on this machine");
        var size = Checkpoint.Parse(note.Text).Size;
        var old = Math.Clamp(oldSize, 0, size);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var body = new AddCheckpointRequest(old, await prove(old, size, ct), note).ToString();
            var (status, answer, failed) = await AskAsync(HttpMethod.Post, "add-checkpoint", body, MaxLines, ct);
            if (failed is not null) return new WitnessReply.Failed(failed);
            switch (status)
            {
                case 200: return Cosignature(note, answer);
                case 422: return new WitnessReply.NoExtension(old);
                case 409:
                    if (Size(answer) is not { } cosigned) return new WitnessReply.Failed("it answers with a conflict that does not say a size");
                    if (cosigned > size) return new WitnessReply.Larger(cosigned);
                    // It was asked from the very size that it says: before tlog-witness changed, that was the answer to another root.
                    if (cosigned == old && old == size) return new WitnessReply.NoExtension(old);
                    old = cosigned;
                    break;
                case 403: return new WitnessReply.Failed("it does not accept the log's signature (403): give its operator this log's key");
                case 404: return new WitnessReply.Failed("it does not know this log, or the URL is wrong (404): give its operator this log's key");
                default: return new WitnessReply.Failed($"it answers {status}");
            }
        }

        return new WitnessReply.Failed($"it named another size each of {Attempts} times");
    }

    /// <summary>Asks for the checkpoint that the witness has cosigned last.</summary>
    /// <param name="log">The log's key, whose name is its origin.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<WitnessView> ReadCheckpointAsync(VerifierKey log, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        var path = Convert.ToHexStringLower(Witnessing.Witness.HashOf(log.Name)) + "/checkpoint";
        var (status, answer, failed) = await AskAsync(HttpMethod.Get, path, null, SignedNote.MaxLength, ct);
        if (failed is not null) return new WitnessView.Failed(failed);
        if (status == 404) return new WitnessView.Nothing();
        if (status != 200) return new WitnessView.Failed($"it answers {status}");
        try
        {
            var note = SignedNote.Parse(answer);
            var opened = Checkpoint.Open(note, log);
            return new WitnessView.Shown(opened.Checkpoint, note, note.Signatures.Any(line => IsGenuine(note, line)));
        }
        catch (Exception fault) when (fault is FormatException or InvalidSignatureException)
        {
            return new WitnessView.Failed($"it shows no checkpoint that this log has signed: {fault.Message}");
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    WitnessReply Cosignature(SignedNote note, byte[] lines)
    {
        try
        {
            var newest = NoteSignature.ParseLines(SignedNote.Decode(lines)).Where(line => IsGenuine(note, line))
                .Select(line => new WitnessReply.Cosigned(line, Formats.Cosignature.Time(line))).MaxBy(one => one.Time);
            return newest is null ? new WitnessReply.Failed("it answers without a cosignature of its own key") : newest;
        }
        catch (FormatException fault)
        {
            return new WitnessReply.Failed($"its answer cannot be read: {fault.Message}");
        }
    }

    // A time of zero says that it is no statement about the log as a whole.
    bool IsGenuine(SignedNote note, NoteSignature line) =>
        line.IsBy(Witness.Key) && NoteVerification.CanVerify(Witness.Key)
        && NoteVerification.IsGenuine(Witness.Key, note.Text, line.Signature.Span) && Formats.Cosignature.Time(line) > DateTimeOffset.UnixEpoch;

    static long? Size(byte[] answer)
    {
        if (answer.Length is 0 or > MaxSize) return null;
        try
        {
            return Checkpoint.Decimal(Encoding.ASCII.GetString(answer).TrimEnd('\n'));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    async Task<(int Status, byte[] Body, string? Failed)> AskAsync(HttpMethod method, string path, string? body, int limit, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        waiting.CancelAfter(_patience);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_prefix, path));
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "text/plain");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, waiting.Token);
            // What it says beside a refusal helps nobody here.
            var read = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict;
            return ((int)response.StatusCode, read ? await HttpLogSource.ReadAsync(response, path, limit, waiting.Token) : [], null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (0, [], $"it did not answer within {_patience.TotalSeconds:0} seconds");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or FormatException)
        {
            return (0, [], $"it cannot be reached, or its answer is too long: {fault.Message}");
        }
    }
}
