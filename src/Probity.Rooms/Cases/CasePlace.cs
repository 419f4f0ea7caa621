using Probity.Access.Contract;

namespace Probity.Cases;

/// <summary>From where a case is acted on: whoever sees only a part of it acts from there.</summary>
/// <param name="HomeOf">The page of a case that it leads back to.</param>
/// <param name="ClosedToo">Whether it can be filled in in a closed case.</param>
/// <param name="AnewToo">Whether it can be filled in in a closed case that an allowed appeal has brought before the court again.</param>
/// <param name="Seen">What makes the case visible to whoever fills it in.</param>
/// <param name="What">What of the case is read for it, as the reading is recorded.</param>
/// <param name="ClosedFor">Who fills it in in a closed case all the same.</param>
internal sealed record CasePlace(
    Func<Guid, string> HomeOf, bool ClosedToo = false, CaseAction Seen = CaseAction.View, string What = "cases.form", bool AnewToo = false, Role? ClosedFor = null)
{
    /// <summary>On the page of an open case.</summary>
    public static CasePlace Case { get; } = new(id => $"/cases/{id:D}");

    /// <summary>The same, and for the overseer in a closed case too: who watches over it is let back whenever that is.</summary>
    public static CasePlace Parties { get; } = Case with { ClosedFor = Role.Overseer };

    /// <summary>On the page of its readings; closed or not.</summary>
    public static CasePlace Readings { get; } = new(id => $"/cases/{id:D}/readings", ClosedToo: true);

    /// <summary>On the page of its charges and hearings, for those who work the case.</summary>
    public static CasePlace Prosecution { get; } = new(id => $"/cases/{id:D}/court");

    /// <summary>On the page of the court, which sees its own part alone.</summary>
    public static CasePlace Court { get; } = new(id => $"/court/{id:D}", Seen: CaseAction.ViewCourt, What: "cases.court", AnewToo: true);

    /// <summary>The same where a closed case takes it too: an order about exhibits often comes last.</summary>
    public static CasePlace CourtOrders { get; } = Court with { ClosedToo = true };

    /// <summary>Whether nothing is filled in from here any more by this person, or by anybody, because the case is closed.</summary>
    public bool IsShutBy(Case @case, Actor? actor = null) =>
        @case.Stage == Contract.Stage.Closed && !ClosedToo && !(AnewToo && @case.Court.IsTriedAnew) && !(ClosedFor is { } role && actor?.Has(role) == true);

    /// <summary>The prosecutor's page, for orders about exhibits: of a case that was laid to rest, too.</summary>
    public static CasePlace ProsecutionOrders { get; } = Prosecution with { ClosedToo = true };
}
