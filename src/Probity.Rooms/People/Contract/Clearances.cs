namespace Probity.People.Contract;

/// <summary>How much a clearance opens. A higher one counts for what a lower one is asked for.</summary>
internal enum ClearanceLevel
{
    /// <summary>For any post.</summary>
    Basic,

    /// <summary>For posts that are marked as sensitive.</summary>
    Sensitive,

    /// <summary>For special, vetted units.</summary>
    Special,
}

/// <summary>What is looked into.</summary>
internal enum CheckKind { Identity, CriminalRecord, Intelligence, Finances, Associates, OpenSource, DrugTest, Polygraph, Interview }

/// <summary>What came of a check.</summary>
internal enum VettingResult { Clear, Adverse, Inconclusive, NotDone }

/// <summary>What a decision rests on.</summary>
internal enum VettingGround
{
    /// <summary>Nothing speaks against it.</summary>
    NothingFound,

    /// <summary>What was found is explained.</summary>
    Explained,

    /// <summary>What was found is bounded by restrictions.</summary>
    Bounded,

    /// <summary>Convictions, or proceedings under way.</summary>
    CriminalRecord,

    /// <summary>Debts or means that are not explained.</summary>
    Finances,

    /// <summary>Ties to people whom the unit works against.</summary>
    Associates,

    /// <summary>Something untrue or left out in the form or the interview.</summary>
    Untrue,

    /// <summary>Conduct in the service.</summary>
    Conduct,

    /// <summary>Drugs.</summary>
    Drugs,

    /// <summary>The polygraph. Never alone.</summary>
    Polygraph,

    /// <summary>A score that was computed. Never alone.</summary>
    Score,
}

/// <summary>What changed in somebody's life.</summary>
internal enum CircumstanceKind { Address, CoResident, Partner, WindfallOrDefault, Proceedings }

/// <summary>Why a clearance is not decided on.</summary>
internal enum DiscontinuedBecause { PersonWithdrew, CriminalInvestigation, LeftService, Mistake }

/// <summary>What was looked into, what came of it, and when it was done.</summary>
internal sealed record CheckDone(CheckKind Kind, VettingResult Result, DateOnly? Day, string? Note);

/// <summary>A check whose note the person does not read, since it would do harm, and why.</summary>
internal sealed record Redaction(CheckKind Check, string Reason);
