using Probity.Access.Contract;
using Probity.Reports.Handling;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>What can be done so that a part of a report is handed on to somebody who has no slot in it.</summary>
internal enum GrantAction { AskIdentity, AnswerIdentity, HandOnIdentity, SeeIdentity, NameRecoveryKey, ConfirmRecoveryKey, SeeRecovery, AskRecovery, AnswerRecovery, CarryRecovery }

/// <summary>What somebody is to it.</summary>
internal enum GrantRelation
{
    /// <summary>Whoever is of that part.</summary>
    Anybody,

    /// <summary>They handle the report.</summary>
    Handles,

    /// <summary>They can open it, and neither asked nor get it.</summary>
    Second,

    /// <summary>The same where no overseer is that.</summary>
    SecondForWant,

    /// <summary>They keep identities, and had no other part in this request.</summary>
    Keeps,

    /// <summary>It was handed to them.</summary>
    Grantee,

    /// <summary>They did not do the first of the two acts.</summary>
    Another,

    /// <summary>The same, and whoever did is of the other part.</summary>
    OtherPart,
}

/// <summary>Who acts, and on what.</summary>
/// <param name="Person">Who.</param>
/// <param name="Part">What they are to reports; null for nobody.</param>
internal sealed record GrantPlace(Guid Person, HolderPart? Part)
{
    /// <summary>The report as it opens for them; null where it does not, or has not to.</summary>
    public ReportFacts? Report { get; init; }

    /// <summary>The request for an identity.</summary>
    public IdentityRequest? Request { get; init; }

    /// <summary>Who did the first of two acts, and what they are to reports now.</summary>
    public (Guid Person, HolderPart? Part)? First { get; init; }
}

/// <summary>
/// Who does what so that something is handed on, as one table. No one person does two of the acts, and whoever gets an identity does not agree to it. What stands in no line is denied.
/// </summary>
internal static class GrantAccess
{
    static readonly Dictionary<GrantAction, (HolderPart Part, GrantRelation Relation)[]> Table = new()
    {
        [GrantAction.AskIdentity] = [(HolderPart.Integrity, GrantRelation.Handles), (HolderPart.Overseer, GrantRelation.Handles)],
        [GrantAction.AnswerIdentity] = [(HolderPart.Overseer, GrantRelation.Second), (HolderPart.Integrity, GrantRelation.SecondForWant)],
        [GrantAction.HandOnIdentity] = [(HolderPart.Custodian, GrantRelation.Keeps)],
        [GrantAction.SeeIdentity] = [(HolderPart.Integrity, GrantRelation.Grantee), (HolderPart.Overseer, GrantRelation.Grantee)],
        [GrantAction.NameRecoveryKey] = [(HolderPart.Overseer, GrantRelation.Anybody)],
        [GrantAction.ConfirmRecoveryKey] = [(HolderPart.Integrity, GrantRelation.Another), (HolderPart.Overseer, GrantRelation.Another)],
        [GrantAction.SeeRecovery] = [(HolderPart.Integrity, GrantRelation.Anybody), (HolderPart.Overseer, GrantRelation.Anybody), (HolderPart.Custodian, GrantRelation.Anybody)],
        [GrantAction.AskRecovery] = [(HolderPart.Integrity, GrantRelation.Anybody), (HolderPart.Overseer, GrantRelation.Anybody)],
        [GrantAction.AnswerRecovery] = [(HolderPart.Integrity, GrantRelation.OtherPart), (HolderPart.Overseer, GrantRelation.OtherPart)],
        [GrantAction.CarryRecovery] = [(HolderPart.Integrity, GrantRelation.Anybody), (HolderPart.Overseer, GrantRelation.Anybody)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(GrantAction action, GrantPlace place)
    {
        if (Table[action].Any(row => row.Part == place.Part && Is(row.Relation, place))) return null;
        // A part in it that shuts out this one is said; whatever else is wrong is a matter of the post.
        return action switch
        {
            GrantAction.AnswerIdentity when place.Request?.AskedBy == place.Person => new Refusal(Bars.EarlierRole),
            GrantAction.AnswerIdentity when place.Request?.For == place.Person => new Refusal(Bars.Self),
            GrantAction.ConfirmRecoveryKey or GrantAction.AnswerRecovery when place.First?.Person == place.Person => new Refusal(Bars.EarlierRole),
            _ => new Refusal(Bars.Role),
        };
    }

    static bool Is(GrantRelation relation, GrantPlace place) => relation switch
    {
        GrantRelation.Anybody => true,
        GrantRelation.Handles => place.Report is { } facts && (facts.Report.Handler == place.Person || facts.Report.Second == place.Person),
        GrantRelation.Second => place is { Report: not null, Request: { } request } && IsApart(place.Person, request),
        GrantRelation.SecondForWant => place is { Report: { } facts, Request: { } request } && IsApart(place.Person, request) && !facts.Readers(Role.Overseer).Any(p => IsApart(p, request)),
        GrantRelation.Keeps => place.Request is { } request && IsApart(place.Person, request) && request.AgreedBy != place.Person,
        GrantRelation.Grantee => place is { Report: not null, Request.GrantedBy: not null } && place.Request.For == place.Person,
        GrantRelation.Another => place.First is { } first && first.Person != place.Person,
        _ => place.First is { } first && first.Person != place.Person && first.Part is not null && first.Part != place.Part,
    };

    static bool IsApart(Guid person, IdentityRequest request) => person != request.AskedBy && person != request.For;
}
