namespace Probity.Exhibits.Contract;

/// <summary>What an exhibit is.</summary>
internal enum ExhibitKind { Drug, Precursor, Cash, Firearm, Device, Document, Conveyance, Sample }

/// <summary>
/// Where an exhibit stands. Nothing is ever deleted: who has gone missing is Missing. What was burned is destroyed only once its witnesses have signed, and
/// contested where one of them says that it was not so.
/// </summary>
internal enum ExhibitStatus { Held, InTransit, AtLab, InCourt, Returned, Forfeited, Destroyed, Missing, DestructionUnsigned, DestructionContested, BeingReturned }

/// <summary>
/// Where a seizure was made. Until <see cref="InternationalWaters"/> the words of UNODC's table of individual drug seizures (IDS), in its order.
/// </summary>
internal enum SeizurePlace
{
    Airport, Harbour, Road, PostOffice, Warehouse, CommercialPremises, PrivateDwelling, TerritorialWaters, InternationalWaters, Border, Prison, Elsewhere,
}

/// <summary>How it was carried: IDS's trafficking modes of transportation, then what it leaves unsaid.</summary>
internal enum Transport { Airplane, Vessel, Truck, Car, Post, Train, OnFoot, None, Unknown }

/// <summary>What was weighed: with its packaging and seals, with its packaging opened, the packaging, or the substance alone.</summary>
internal enum MassKind { GrossSealed, GrossOpen, Tare, Net }

/// <summary>When in an exhibit's life it was weighed.</summary>
internal enum Moment { Seizure, Intake, LabIn, LabOut, Audit, Court, PreDestruction, HandOver, Sampling }

/// <summary>What a hand-over is for.</summary>
internal enum Purpose { Store, Laboratory, Court, Destruction, Partner, Transport }

/// <summary>How a second person saw what they countersign: there, or from elsewhere by what was photographed and recorded.</summary>
internal enum Witnessing { Present, Remote }
