using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>
/// Who signs an act besides the one who does it. <paramref name="Alone"/> says why nobody is there; then <paramref name="Witness"/> may be somebody of
/// another unit who is asked to sign from elsewhere, and a photograph is needed. Nobody named means one of the overseer's deputies.
/// </summary>
internal sealed record SecondPerson(Guid? Witness, string? Alone, Guid? Photo)
{
    public const string Missing = "exhibits.witness-missing";
    public const string Unfit = "exhibits.witness-unfit";
    public const string OwnUnit = "exhibits.witness-own-unit";
    public const string SameHands = "exhibits.same-hands";
    public const string PhotoMissing = "exhibits.photo-missing";

    /// <summary>What a form that names a second person lacks, each with its field.</summary>
    public static IEnumerable<(string Field, string Code)> Missed(Guid? witness, string? alone, Guid? photo, string? unfitPhoto)
    {
        var reason = ExhibitTexts.Kept(alone);
        if (witness is null && reason is null) yield return ("witness", Missing);
        if (reason is not null && ExhibitTexts.RefusesReason(alone) is { } unfit) yield return ("alone", unfit.Code);
        if (unfitPhoto is not null) yield return ("photo", unfitPhoto);
        else if (reason is not null && photo is null) yield return ("photo", PhotoMissing);
    }

    /// <summary>The reason as it is recorded.</summary>
    public string? Reason => ExhibitTexts.Kept(Alone);

    /// <summary>What is wrong with the second person, or null.</summary>
    public Refusal? Refuses(ExhibitFacts facts)
    {
        // A picture shows one weighing or one new seal: an old one vouches for no new one.
        if (Photo is { } photo && (facts.Exhibit.Photos.All(p => p.Id != photo) || facts.Exhibit.ActsBy(photo).Any())) return new Refusal(PhotoMissing);
        if (Reason is not null)
        {
            if (ExhibitTexts.RefusesReason(Alone) is { } unfit) return unfit;
            // Nobody saw it but by the picture.
            if (Photo is null) return new Refusal(PhotoMissing);
        }

        if (Witness is not { } witness) return Reason is null ? new Refusal(Missing) : null;
        return RefusesSigner(witness, facts.Actor.Person, facts) ?? (Reason is not null && SharesUnit(witness, facts) ? new Refusal(OwnUnit) : null);
    }

    /// <summary>
    /// What keeps somebody from signing an act of another: it is their own, they seized the exhibit, they hold no post, or they are barred from the
    /// matter.
    /// </summary>
    public static Refusal? RefusesSigner(Guid signer, Guid doer, ExhibitFacts facts)
    {
        if (signer == doer || facts.Exhibit.IsFromTheHandsOf(signer)) return new Refusal(SameHands);
        if (!facts.Register.PostsOf(signer, facts.Now).Any(p => p.Role is not (Role.Administrator or Role.Monitor or Role.Secretariat))) return new Refusal(Unfit);
        return facts.Standing.Case.BarOf(signer, facts.Register, facts.Now) is { } bar ? new Refusal(bar) : null;
    }

    static bool SharesUnit(Guid witness, ExhibitFacts facts) =>
        facts.Register.PostsOf(witness, facts.Now).Any(theirs => facts.Actor.Posts.Any(own => own.Unit == theirs.Unit));
}
