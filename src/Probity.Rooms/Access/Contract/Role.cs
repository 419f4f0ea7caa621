namespace Probity.Access.Contract;

/// <summary>What a post may do. Which matters it may do it in is decided by need-to-know, matter by matter.</summary>
internal enum Role
{
    /// <summary>Commands a unit and those below it.</summary>
    Commander,

    /// <summary>Works cases.</summary>
    Officer,

    /// <summary>Keeps exhibits.</summary>
    Custodian,

    /// <summary>Examines exhibits in a laboratory.</summary>
    Analyst,

    /// <summary>Decides on charges and takes cases to court.</summary>
    Prosecutor,

    /// <summary>Vets staff.</summary>
    Vetting,

    /// <summary>The integrity officer of an agency.</summary>
    Integrity,

    /// <summary>Investigates staff, from outside their unit.</summary>
    Investigator,

    /// <summary>External oversight: sees every file, works none.</summary>
    Overseer,

    /// <summary>Civil society: public and oversight figures only.</summary>
    Monitor,

    /// <summary>Follows up what was promised.</summary>
    Secretariat,

    /// <summary>Runs the machine and can read no file on it.</summary>
    Administrator,

    /// <summary>Judges the cases that are theirs: sees the court's part of them.</summary>
    Judge,

    /// <summary>Keeps the court's register: records hearings, judgments and how cases came to their judges.</summary>
    Registry,
}
