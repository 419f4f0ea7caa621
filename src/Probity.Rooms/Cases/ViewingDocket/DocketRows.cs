using Probity.Cases.Contract;
using Probity.Cases.Searching;

namespace Probity.Cases.ViewingDocket;

/// <summary>One case of the docket: ids, dates, stages, codes and figures; never a name or what people wrote.</summary>
internal sealed class DocketCase
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public Guid Unit { get; init; }
    public required string Offence { get; init; }
    public Guid Opener { get; init; }
    public DateTimeOffset Opened { get; init; }
    public Stage Stage { get; set; }
    public DateTimeOffset StageSince { get; set; }
    public DateTimeOffset LastActivity { get; set; }
    public Guid? Handler { get; set; }
    public Guid? Prosecutor { get; set; }
    public CaseOutcome? Outcome { get; set; }
    public int Parties { get; set; }
    public int Steps { get; set; }
    public int Decisions { get; set; }

    /// <summary>Who asked for another handler or prosecutor, and whom; a redraw names nobody.</summary>
    public Guid? HandlerAskedBy { get; set; }
    public Guid? HandlerAsked { get; set; }
    public Guid? ProsecutorAskedBy { get; set; }
    public Guid? ProsecutorAsked { get; set; }

    /// <summary>Who asked for the closing, and with what outcome.</summary>
    public Guid? ClosingAskedBy { get; set; }
    public CaseOutcome? ClosingAsked { get; set; }

    /// <summary>Orders of its prosecutor about exhibits that wait for a second person.</summary>
    public int OrdersAsked { get; set; }

    /// <summary>The order of its prosecutor that one of those who watch over it asked to take back, and that waits for the other post.</summary>
    public Guid? LiftAsked { get; set; }

    /// <summary>When somebody other than its judge last put an order of the court about exhibits on the record.</summary>
    public DateTimeOffset? OrderedForJudge { get; set; }

    /// <summary>When the court last put an order about exhibits on the record, whoever did it for the court; and when one of its prosecutor was last signed.</summary>
    public DateTimeOffset? Ordered { get; set; }
    public DateTimeOffset? OrderSigned { get; set; }

    /// <summary>Who judges it, where the register knows them.</summary>
    public Guid? Judge { get; set; }

    /// <summary>When it was last taken from a judge whom the register knows.</summary>
    public DateTimeOffset? JudgeReplaced { get; set; }

    /// <summary>When a member of staff was last named in it.</summary>
    public DateTimeOffset? StaffNamed { get; set; }

    /// <summary>When an overseer last let somebody back who watches over cases.</summary>
    public DateTimeOffset? LetBack { get; set; }

    /// <summary>When its judge last confirmed an order about exhibits that another had put on the record.</summary>
    public DateTimeOffset? OrderConfirmed { get; set; }

    /// <summary>Whether an appeal was ever allowed: the court hears it again, also where it was closed by then.</summary>
    public bool TriedAnew { get; set; }

    /// <summary>Of its charges, on how many the court has found, and how many of these an appeal has set aside.</summary>
    public int Found { get; set; }
    public int SetAside { get; set; }

    /// <summary>Nobody could be drawn for a seat, or the draw waits for a watcher, and nobody sits there yet.</summary>
    public bool SeatVacant { get; set; }

    /// <summary>Openings without being assigned that nobody has judged, and conflicts whose lifting somebody asked for.</summary>
    public int ToJudge { get; set; }

    /// <summary>Whether it waits for a second person or a watcher, whoever that is: few do, and these are found without reading the others.</summary>
    public bool Waits { get; set; }
}

/// <summary>A member of staff under suspicion in a case: whoever is barred from them does not find it.</summary>
internal sealed record DocketParty(Guid Case, Guid Person);

/// <summary>A person let into a case by name.</summary>
internal sealed record DocketNamed(Guid Case, Guid Person);

/// <summary>A person who sits or once sat in a case.</summary>
internal sealed record DocketSeated(Guid Case, Guid Person);

/// <summary>A person who declared a conflict with a case, and who asked that this be lifted.</summary>
internal sealed class DocketWall
{
    public Guid Case { get; init; }
    public Guid Person { get; init; }
    public Guid? LiftAskedBy { get; set; }
}

/// <summary>An opening of a case without being assigned; without <see cref="Justified"/> it was not judged yet.</summary>
internal sealed class DocketGlass
{
    public Guid Id { get; init; }
    public Guid Case { get; init; }
    public Guid Person { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset Until { get; init; }
    public bool? Justified { get; set; }
}

/// <summary>A hearing of a case; open until it is recorded what became of it.</summary>
internal sealed class DocketHearing
{
    public Guid Id { get; init; }
    public Guid Case { get; init; }
    public DateTimeOffset At { get; init; }
    public bool Open { get; set; } = true;
}

/// <summary>A word of a case's summary or of a name in it, as <see cref="SearchWords"/> marks it, and when the case was opened: the newest are found first.</summary>
internal sealed record DocketWord(Guid Case, string Mark, DateTimeOffset Opened);
