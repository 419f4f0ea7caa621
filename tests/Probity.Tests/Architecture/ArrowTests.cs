using System.Reflection;
using Probity.Ledger;
using Probity.Lens;
using Probity.PlantedEast;
using Probity.PlantedEast.Contract;
using Probity.PlantedWest;
using Probity.Shared;
using Probity.Shared.Planted;
using Probity.Storage;

namespace Probity.Tests.Architecture;

/// <summary>The house keeps its arrows.</summary>
public sealed class ArrowTests
{
    static readonly Assembly Rooms = typeof(SharedRoom).Assembly;

    static readonly Dictionary<string, Assembly> Projects = new()
    {
        ["Ledger"] = typeof(TransparencyLog).Assembly,
        ["Lens"] = typeof(BadInputException).Assembly,
        ["Storage"] = typeof(NodeFolder).Assembly,
        ["Sealing"] = typeof(Probity.Sealing.Deposit).Assembly,
        ["Intake"] = typeof(Probity.Intake.IntakeServer).Assembly,
        ["Rooms"] = Rooms,
        ["Cli"] = typeof(Probity.Cli.Hosting.StaffServerOptions).Assembly,
    };

    static readonly Use[] OfRooms = [.. Uses.Of(Rooms)];

    [Theory]
    [InlineData("Ledger")]
    [InlineData("Lens")]
    [InlineData("Sealing")]
    [InlineData("Storage", "Ledger")]
    [InlineData("Intake", "Ledger", "Sealing")]
    [InlineData("Rooms", "Ledger", "Lens", "Sealing")]
    public void A_project_names_only_the_projects_it_may(string project, params string[] allowed) =>
        None(Rules.OnlyProjects(Uses.Of(Projects[project]), allowed));

    [Theory]
    [InlineData("Ledger")]
    [InlineData("Lens")]
    [InlineData("Sealing")]
    [InlineData("Intake")]
    [InlineData("Rooms")]
    [InlineData("Cli")]
    public void Only_Storage_names_a_driver(string project) => None(Rules.NoDriver(Uses.Of(Projects[project])));

    [Fact]
    public void A_room_names_only_the_contracts_of_others_and_Shared_names_none() => None(Rules.OnlyContracts(OfRooms));

    [Fact]
    public void States_and_contracts_are_pure() => None(Rules.PureStates(OfRooms));

    [Fact]
    public void Decisions_are_pure() => None(Rules.PureDecisions(OfRooms));

    /// <summary>Public without need when the rule came. The list gets shorter and never longer: make them internal.</summary>
    static readonly string[] PublicWithoutNeed =
    [
        "Probity.Access.Credential", "Probity.Access.Staffing.Me", "Probity.Access.Staffing.UnitRow", "Probity.Shared.Home.HomeText",
        "Probity.Shared.INextSteps", "Probity.Shared.IStanding", "Probity.Shared.LocalPath", "Probity.Shared.Navigation",
        "Probity.Shared.NavigationItem", "Probity.Shared.NextStep", "Probity.Shared.PageAssets", "Probity.Shared.Plural",
        "Probity.Shared.SharedText", "Probity.Shared.StandingKeys", "Probity.Shared.When",
    ];

    [Fact]
    public void Only_modules_pages_and_page_models_are_public() =>
        Assert.Empty(Rules.NeedlesslyPublic(Rooms.GetTypes()).Select(t => t.FullName).Except(PublicWithoutNeed));

    /// <summary>The rules look at something: rooms, contracts, states and decisions are all there to be judged.</summary>
    [Fact]
    public void The_rules_have_subjects()
    {
        Assert.Contains(OfRooms, use => use.Owner.Namespace == "Probity.Cases.Contract");
        Assert.Contains(OfRooms, use => use.Owner.Name == "Case" && use.Method == "Apply");
        Assert.Contains(OfRooms, use => use.Owner.Name == "OpenCase" && use.Method == "Decide");
        Assert.Contains(OfRooms, use => use.Owner.Namespace?.StartsWith("Probity.Cases", StringComparison.Ordinal) == true
            && use.Target.Namespace == "Probity.Access.Contract");
    }

    static void None(IEnumerable<Use> broken) => Assert.Empty(broken.Select(use => use.ToString()).Distinct());
}

/// <summary>Each rule is seen red on a planted violation, and green on its innocent neighbour.</summary>
public sealed class PlantedTests
{
    [Fact]
    public void A_project_that_names_one_it_may_not_is_found()
    {
        Assert.NotEmpty(Rules.OnlyProjects(Of(typeof(NamesLedger))));
        Assert.Empty(Rules.OnlyProjects(Of(typeof(NamesLedger)), "Ledger"));
    }

    [Fact]
    public void A_driver_is_found() => Assert.NotEmpty(Rules.NoDriver(Of(typeof(OpensDatabase))));

    [Fact]
    public void Storage_itself_would_break_the_rule_on_drivers() => Assert.NotEmpty(Rules.NoDriver(Uses.Of(typeof(NodeFolder).Assembly)));

    [Theory]
    [InlineData(typeof(CallsHandler), true)]
    [InlineData(typeof(CallsHandlerLater), true)]
    [InlineData(typeof(SharedNamesContract), true)]
    [InlineData(typeof(NamesContract), false)]
    public void A_call_into_another_room_is_found(Type planted, bool red) => Assert.Equal(red, Rules.OnlyContracts(Of(planted)).Any());

    [Theory]
    [InlineData(typeof(ContractWithClock), true)]
    [InlineData(typeof(ContractWithTimeProvider), true)]
    [InlineData(typeof(ContractWithWeb), true)]
    [InlineData(typeof(ContractWithDatabase), true)]
    [InlineData(typeof(ClockedState), true)]
    [InlineData(typeof(PureContract), false)]
    public void An_impure_contract_or_state_is_found(Type planted, bool red) => Assert.Equal(red, Rules.PureStates(Of(planted)).Any());

    [Fact]
    public void Each_kind_of_chance_is_found()
    {
        var found = Rules.PureStates(Of(typeof(ContractWithChance))).Select(use => use.Method).Distinct().Order();
        Assert.Equal(["Bytes", "Dice", "Ids"], found);
    }

    [Theory]
    [InlineData(typeof(ImpureSlice), true)]
    [InlineData(typeof(PureSlice), false)]
    public void An_impure_decision_is_found(Type planted, bool red) => Assert.Equal(red, Rules.PureDecisions(Of(planted)).Any());

    [Fact]
    public void A_type_that_is_public_for_nothing_is_found() => Assert.Equal(
        [typeof(OpenForNothing)],
        Rules.NeedlesslyPublic([typeof(OpenForNothing), typeof(PageModel), typeof(PlantedPage), typeof(PlantedRoom), typeof(NamesContract)]));

    /// <summary>With all that is nested in them: closures and state machines.</summary>
    static IEnumerable<Use> Of(Type planted) => Uses.Of(planted.Assembly.GetTypes()
        .Where(type => type == planted || type.FullName!.StartsWith(planted.FullName + "+", StringComparison.Ordinal)));
}
