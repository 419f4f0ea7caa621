using Probity.Lens.Objects;
using static Probity.Lens.Objects.ObjectValueType;

namespace Probity.Exports.Formats;

/// <summary>The types of objects and events that an object-centric copy declares; docs/exporting.md says what each is.</summary>
internal static class ObjectTypes
{
    public const string Case = "case";
    public const string Seizure = "seizure";
    public const string Exhibit = "exhibit";
    public const string Package = "package";
    public const string Officer = "officer";
    public const string Person = "person";
    public const string Location = "location";
    public const string Balance = "balance";

    public static IReadOnlyList<ObjectLogType> Objects { get; } =
    [
        new(Case, [("number", Text), ("offence", Text), ("stage", Text), ("outcome", Text), ("summary", Text)]),
        new(Seizure, [
            ("country", Text), ("region", Text), ("city", Text), ("place", Text), ("transport", Text), ("port", Text), ("departure", Text), ("transit", Text), ("destination", Text),
            ("container", Text), ("bill of lading", Text), ("concealment", Text), ("arrested", Whole), ("controlled delivery", Truth)]),
        new(Exhibit, [("number", Text), ("kind", Text), ("substance", Text), ("status", Text), ("weight", Number), ("net weight", Number), ("quantity", Number), ("unit", Text), ("description", Text)]),
        new(Package, [("number", Whole), ("seal", Text), ("weight", Number), ("net weight", Number), ("tare", Number)]),
        new(Officer, [("name", Text)]),
        new(Person, [("name", Text)]),
        new(Location, [("name", Text)]),
        new(Balance, [("serial", Text)]),
    ];

    /// <summary>What is done with exhibits; a copy declares all of it, whether or not it happened.</summary>
    public static IReadOnlyList<ObjectLogType> Custody { get; } =
    [
        new("Seize", [("kind", Text), ("substance", Text), ("description", Text)]),
        new("Take over from register", [("kind", Text), ("substance", Text), ("stated grams", Number), ("register sha256", Text), ("line", Whole), ("description", Text)]),
        new("Taken as sample", [("grams", Number), ("u grams", Number), ("units", Whole), ("tested", Whole), ("plan", Text)]),
        new("Weigh", [("grams", Number), ("u grams", Number), ("kind", Text), ("moment", Text), ("calibration due", Text), ("alone", Truth), ("why alone", Text)]),
        new("Reseal", [("old seal", Text), ("new seal", Text), ("alone", Truth), ("reason", Text), ("why alone", Text)]),
        new("Countersign", [("manner", Text), ("objects", Truth), ("objection", Text)]),
        new("Hand over", [("purpose", Text), ("seals", Text), ("authority", Text), ("condition", Text)]),
        new("Receive", [("seals", Text), ("objects", Truth), ("discrepancy", Text)]),
        new("Withdraw hand-over", [("reason", Text)]),
        new("Move", [("reason", Text)]),
        new("Photograph", [("sha256", Text), ("media type", Text), ("bytes", Whole), ("about", Text)]),
        new("Draw sample", [("grams", Number), ("u grams", Number)]),
        new("Report analysis", [
            ("substance", Text), ("purity per cent", Number), ("u purity", Number), ("net grams", Number), ("u net grams", Number), ("consumed grams", Number), ("duplicate grams", Number),
            ("methods", Text), ("profile", Text), ("analysed", Text), ("remarks", Text)]),
        new("Review analysis", [("agrees", Truth), ("reasons", Text)]),
        new("Order destruction", [("ordered", Text), ("order", Text), ("place", Text), ("method", Text)]),
        new("Read at destruction", [("seals", Text)]),
        new("Destroy", [("residue grams", Number), ("residue", Text), ("heavier", Text)]),
        new("Witness destruction", [("objects", Truth), ("objection", Text)]),
        new("Uphold destruction", []),
        new("Return", [("ordered", Text), ("to", Text), ("receipt", Text), ("order", Text), ("alone", Truth)]),
        new("Forfeit", [("ordered", Text), ("order", Text)]),
        new("Not found in count", []),
        new("Found in count", []),
    ];
}
