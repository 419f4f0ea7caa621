namespace Probity.Records.Contract;

/// <summary>A room that keeps something of a person or a matter outside the record and lets go of it when they are erased.</summary>
internal interface IErasedTraces
{
    /// <summary>Removes what there is; may be asked twice.</summary>
    Task RemoveAsync(SubjectKind kind, Guid subject, CancellationToken cancel);
}
