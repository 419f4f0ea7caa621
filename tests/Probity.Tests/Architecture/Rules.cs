using Microsoft.AspNetCore.Components;
using Probity.Shared.Record;

namespace Probity.Tests.Architecture;

/// <summary>
/// The arrows of the house. Each rule is a function from what code names to the uses that break it, so that one test points
/// it at the house and another at a planted violation.
/// </summary>
internal static class Rules
{
    const string House = "Probity.";

    static readonly string[] Libraries = ["Ledger", "Lens", "Sealing", "Storage", "Cli", "Tests"];

    /// <summary>A project names no other project of the house than those that it may.</summary>
    public static IEnumerable<Use> OnlyProjects(IEnumerable<Use> uses, params string[] allowed) => uses.Where(use =>
        use.Target.Assembly != use.Owner.Assembly && ProjectOf(use.Target) is { } project && !allowed.Contains(project));

    /// <summary>No database driver, no provider of EF Core, no credentials' tables of Identity.</summary>
    public static IEnumerable<Use> NoDriver(IEnumerable<Use> uses) => uses.Where(use => use.Target.Assembly.GetName().Name is { } name
        && (name is "Microsoft.Data.Sqlite" or "Microsoft.EntityFrameworkCore.Sqlite" or "Microsoft.AspNetCore.Identity.EntityFrameworkCore"
            || name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal)));

    /// <summary>A room names of another room its Contract only; what is shared names no room at all.</summary>
    public static IEnumerable<Use> OnlyContracts(IEnumerable<Use> uses) => uses.Where(use =>
        RoomOf(use.Owner) is { } from && RoomOf(use.Target) is { } to && from != to && to != "Shared"
        && (from == "Shared" || !IsContract(use.Target)));

    /// <summary>States and contracts name no database, no web, no clock and no chance.</summary>
    public static IEnumerable<Use> PureStates(IEnumerable<Use> uses) =>
        uses.Where(use => (IsContract(use.Owner) || IsState(use.Owner)) && IsImpure(use));

    /// <summary>So does no method named Decide.</summary>
    public static IEnumerable<Use> PureDecisions(IEnumerable<Use> uses) => uses.Where(use => use.Method == "Decide" && IsImpure(use));

    /// <summary>
    /// Public are modules (<c>CasesRoom</c>), pages, and what a public signature of either takes or gives: nothing else.
    /// </summary>
    public static IEnumerable<Type> NeedlesslyPublic(IEnumerable<Type> types)
    {
        // _Imports is made by the Razor compiler.
        var exported = types.Where(type => type.IsPublic && type.Name != "_Imports").ToHashSet();
        var open = new Queue<Type>(exported.Where(type => type.Name.EndsWith("Room", StringComparison.Ordinal) || type.IsAssignableTo(typeof(IComponent))));
        var needed = new HashSet<Type>(open);
        while (open.TryDequeue(out var type))
        {
            foreach (var reached in Surface(type).SelectMany(Uses.Parts).Where(exported.Contains))
            {
                if (needed.Add(reached)) open.Enqueue(reached);
            }
        }

        return exported.Except(needed);
    }

    static IEnumerable<Type> Surface(Type type) =>
    [
        .. type.BaseType is { } parent ? (Type[])[parent] : [],
        .. type.GetInterfaces(),
        .. type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType),
        .. type.GetMethods().SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)),
        .. type.GetFields().Select(f => f.FieldType),
    ];

    static string? ProjectOf(Type type) => type.Assembly.GetName().Name switch
    {
        "probity" => "Cli",
        { } name when name.StartsWith(House, StringComparison.Ordinal) => name[House.Length..],
        _ => null,
    };

    static string? RoomOf(Type type)
    {
        if (type.Namespace is not { } name || !name.StartsWith(House, StringComparison.Ordinal)) return null;
        var room = name[House.Length..].Split('.')[0];
        return Libraries.Contains(room) ? null : room;
    }

    static bool IsContract(Type type) => type.Namespace?.Split('.') is ["Probity", _, "Contract", ..];

    static bool IsState(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>));

    static bool IsImpure(Use use)
    {
        var target = use.Target;
        var space = target.Namespace ?? "";
        if (Below(space, "Microsoft.EntityFrameworkCore") || Below(space, "Microsoft.AspNetCore") || Below(space, "System.Net")
            || Below(space, "System.Data") || Below(space, "System.IO"))
            return true;
        if (target == typeof(TimeProvider) || target.IsAssignableTo(typeof(Random))
            || target == typeof(System.Diagnostics.Stopwatch) || target == typeof(System.Security.Cryptography.RandomNumberGenerator))
            return true;
        return use.What.Name switch
        {
            "get_Now" or "get_UtcNow" or "get_Today" => target == typeof(DateTime) || target == typeof(DateTimeOffset),
            "NewGuid" or "CreateVersion7" => target == typeof(Guid),
            "get_TickCount" or "get_TickCount64" => target == typeof(Environment),
            _ => false,
        };
    }

    static bool Below(string space, string root) => space == root || space.StartsWith(root + ".", StringComparison.Ordinal);
}
