using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// Checks a receipt by itself, needing no server: who signed its checkpoint, that the record stands under it at its number, and that
/// header and content are the record's.
/// </summary>
public sealed class ReceiptVerifier
{
    const string Signature = "signature";
    const string Confirmed = "witnesses";
    const string Place = "place";
    const string HeaderCheck = "header";
    const string ContentCheck = "content";

    readonly Findings _findings = new();
    readonly TlogProof _proof;
    readonly ReceiptRequest _request;

    ReceiptVerifier(TlogProof proof, ReceiptRequest request) => (_proof, _request) = (proof, request);

    /// <summary>Checks a receipt.</summary>
    /// <param name="receipt">The file's bytes.</param>
    /// <param name="request">What to hold it against.</param>
    /// <exception cref="FormatException">It is no receipt, or does not carry the entry that it is for.</exception>
    public static ReceiptReport Verify(ReadOnlySpan<byte> receipt, ReceiptRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ReceiptVerifier(TlogProof.Parse(receipt), request).Run();
    }

    ReceiptReport Run()
    {
        var note = SignedNote.Parse(_proof.Checkpoint);
        var checkpoint = Checkpoint.Parse(note.Text);
        if (_proof.Extra.IsEmpty) throw new FormatException("The receipt does not carry the entry that it is for: its 'extra' line is missing.");
        var opening = LeafOpening.Decode(_proof.Extra);
        var signed = CheckSignature(note, checkpoint);
        var witnesses = CheckWitnesses(note);
        CheckPlace(opening, checkpoint);
        var header = opening.Header.IsEmpty ? null : CheckHeader(opening);
        if (header is not null && opening.Form == ReceiptForm.Content) CheckContent(opening, header);
        return new ReceiptReport(
            checkpoint.Origin, checkpoint.Size, checkpoint.Root, _proof.Index, opening, header, _request is not { Key: null, Policy: null or { Logs.Count: 0 } }, signed,
            [.. witnesses.Select(witness => new ReceiptWitness(witness.Name, witness.Time))],
            _request.Policy?.IsQuorum(witnesses.Select(witness => witness.Key)), _findings.Results());
    }

    bool CheckSignature(SignedNote note, Checkpoint checkpoint)
    {
        VerifierKey[] keys = [.. _request.Key is { } key ? [key] : Array.Empty<VerifierKey>(), .. _request.Policy?.Logs.Select(log => log.Key) ?? []];
        if (keys.Length == 0) return false;
        _findings.Check(Signature, "The checkpoint is signed with the log's key.");
        try
        {
            // Both, where both are given: a key of one's own does not make another log of the policy's the right one.
            if (_request.Key is { } own) Checkpoint.Open(note, own);
            if (_request.Policy is null or { Logs.Count: 0 }) return true;
            if (keys.FirstOrDefault(known => known.Name == checkpoint.Origin && note.Signatures.Any(line => line.IsBy(known))) is not { } log)
                throw new InvalidSignatureException($"None of the logs of the policy has signed it; it is of the log {checkpoint.Origin}.");
            Checkpoint.Open(note, log);
            return true;
        }
        catch (InvalidSignatureException fault)
        {
            _findings.Fault(Signature, null, $"The checkpoint is not signed with the key that was given: {fault.Message}");
            return false;
        }
    }

    List<Witness> CheckWitnesses(SignedNote note)
    {
        var confirmed = new List<Witness>();
        if (_request.Policy is not { } policy) return confirmed;
        _findings.Check(Confirmed, "Enough of the policy's witnesses have confirmed the checkpoint.");
        foreach (var witness in policy.Witnesses)
        {
            try
            {
                foreach (var signature in note.Verify(witness.Key))
                    if (signature.Time is { } time) confirmed.Add(new Witness(witness.Name, witness.Key, time));
            }
            catch (InvalidSignatureException)
            {
                _findings.Fault(Confirmed, null, $"The confirmation that bears the name of {witness.Name} is not genuine.");
            }
        }

        if (!policy.IsQuorum(confirmed.Select(witness => witness.Key)))
            _findings.Fault(Confirmed, null, $"{confirmed.Count} of the policy's {policy.Witnesses.Count} witnesses have confirmed the checkpoint; that is fewer than it asks for.");
        return confirmed;
    }

    void CheckPlace(LeafOpening opening, Checkpoint checkpoint)
    {
        _findings.Check(Place, "The record stands at its number under the checkpoint, unchanged.");
        if (!InclusionProof.Verify(opening.LeafHash, _proof.Index, checkpoint.Size, [.. _proof.Proof], checkpoint.Root))
            _findings.Fault(Place, _proof.Index, $"What this receipt shows is not record {_proof.Index} of the log of {checkpoint.Size} records: the record or the receipt was changed.");
    }

    RecordHeader? CheckHeader(LeafOpening opening)
    {
        _findings.Check(HeaderCheck, "The header is a record's, and of this number.");
        try
        {
            var header = HeaderEncoding.Decode(opening.Header);
            if (header.Index != _proof.Index) _findings.Fault(HeaderCheck, _proof.Index, $"The header is that of record {header.Index}, not of record {_proof.Index}.");
            return header;
        }
        catch (FormatException fault)
        {
            _findings.Fault(HeaderCheck, _proof.Index, $"The header cannot be read: {fault.Message}");
            return null;
        }
    }

    void CheckContent(LeafOpening opening, RecordHeader header)
    {
        _findings.Check(ContentCheck, "The content is what was recorded.");
        if (!opening.Commits(header)) _findings.Fault(ContentCheck, _proof.Index, "The content in this receipt is not what was recorded: it, or the salt beside it, was changed.");
    }

    sealed record Witness(string Name, VerifierKey Key, DateTimeOffset Time);
}
