namespace Probity.Lens.Rules;

/// <summary>
/// What a rule asks. Those up to <see cref="NotCoexistence"/> are templates of DECLARE (Pesic, Schonenberg and van der Aalst
/// 2007; Di Ciccio and Montali 2022), over finite traces and judged at each activation; docs/rules says each exactly.
/// </summary>
public enum RuleKind
{
    /// <summary>The case begins with the activation.</summary>
    Init,

    /// <summary>The case ends with the activation.</summary>
    End,

    /// <summary>At least n times.</summary>
    Existence,

    /// <summary>At most n − 1 times.</summary>
    Absence,

    /// <summary>Just n times.</summary>
    Exactly,

    /// <summary>Where the activation is, the target is somewhere in the case.</summary>
    RespondedExistence,

    /// <summary>Both or neither.</summary>
    Coexistence,

    /// <summary>After the activation comes the target.</summary>
    Response,

    /// <summary>Before the activation there was the target.</summary>
    Precedence,

    /// <summary>After the activation comes the target, and before the target there was the activation.</summary>
    Succession,

    /// <summary>After the activation comes the target before the next activation.</summary>
    AlternateResponse,

    /// <summary>Before the activation there was the target, since the previous activation.</summary>
    AlternatePrecedence,

    /// <summary>Both alternate ones.</summary>
    AlternateSuccession,

    /// <summary>Right after the activation comes the target.</summary>
    ChainResponse,

    /// <summary>Right before the activation there was the target.</summary>
    ChainPrecedence,

    /// <summary>Both chain ones.</summary>
    ChainSuccession,

    /// <summary>After the activation the target does not come.</summary>
    NotResponse,

    /// <summary>The same as <see cref="NotResponse"/>, by the name that Pesic et al. gave it.</summary>
    NotSuccession,

    /// <summary>Not both.</summary>
    NotCoexistence,

    /// <summary>Activation and target are done by different people.</summary>
    FourEyes,

    /// <summary>Activation and target are done by one person.</summary>
    SamePerson,

    /// <summary>The activation is done by somebody of a list, or with an attribute of one of the values.</summary>
    RoleRequired,

    /// <summary>The target is not done by a superior of who did the activation.</summary>
    NotSuperior,

    /// <summary>No person has more than n cases open at once.</summary>
    AtMostOpen,

    /// <summary>The target comes within a time.</summary>
    Deadline,

    /// <summary>The target does not come before a time has passed.</summary>
    CoolingOff,

    /// <summary>A condition over the values of one event or of two.</summary>
    Value,

    /// <summary>The share of a person's cases with an outcome, against their peers'.</summary>
    Rate,

    /// <summary>An object belongs to one object of another type, and is handled under no other. This kind and those below are about object-centric logs.</summary>
    Belongs,

    /// <summary>An event names so many objects of a type.</summary>
    PerEvent,

    /// <summary>A recorded number of an object does not fall, or rise, by more than is allowed.</summary>
    ValueKept,

    /// <summary>An object is not at two places within the time that the way takes.</summary>
    OnePlace,
}
