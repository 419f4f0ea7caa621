namespace Probity.Reports.Contract;

/// <summary>What a report turned out to be when it was looked at first.</summary>
internal enum TriageVerdict
{
    /// <summary>It is looked into here.</summary>
    WithinRemit,

    /// <summary>Another body has to look into it.</summary>
    Referred,

    /// <summary>It says of no wrongdoing: a complaint, a question.</summary>
    NotWrongdoing,

    /// <summary>It says nothing: sent by a machine or to flood.</summary>
    Junk,
}

/// <summary>How soon something has to be done.</summary>
internal enum ReportUrgency { Usual, Soon, AtOnce }

/// <summary>How likely it is that somebody gets back at the source.</summary>
internal enum RetaliationRisk { Low, Medium, High }

/// <summary>What was found.</summary>
internal enum Finding { Substantiated, PartlySubstantiated, NotSubstantiated, NotEstablished }

/// <summary>Why a report is closed.</summary>
internal enum CloseReason
{
    /// <summary>Something was found and something was done about it.</summary>
    Acted,

    /// <summary>Another body has it.</summary>
    Referred,

    /// <summary>It was looked into and nothing more is done.</summary>
    NoAction,

    /// <summary>It said of no wrongdoing.</summary>
    NotWrongdoing,

    /// <summary>It said nothing.</summary>
    Junk,
}
