using System.Globalization;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Risk.Contract;
using Probity.Risk.Library;
using Probity.Shared.Record;

namespace Probity.Risk.Beginning;

/// <summary>The integrity officer begins the assessment of a unit, with the library's scenarios for what the unit does.</summary>
internal sealed class BeginAssessment(Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string UnitUnknown = "risk.unit-unknown";
    public const string FunctionsMissing = "risk.functions-missing";
    public const string AnotherIsOpen = "risk.another-is-open";

    internal sealed record Command(Guid Assessment, Guid Unit, IReadOnlyList<UnitFunction> Functions);

    /// <param name="command">What is begun.</param>
    /// <param name="earlier">The unit's assessments so far.</param>
    /// <param name="newest">The newest of them, or an empty one.</param>
    /// <param name="actor">Who begins it.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Decision Decide(Command command, UnitAssessments earlier, RiskAssessment newest, Actor actor, Register register, DateTimeOffset now)
    {
        if (!RiskAccess.Begins(actor)) return Decision.Refuse(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (!register.Units.TryGetValue(command.Unit, out var unit)) return Decision.Refuse(UnitUnknown);
        if (command.Functions.Count == 0 || !command.Functions.All(Enum.IsDefined)) return Decision.Refuse(FunctionsMissing);
        if (newest.Exists && newest.Stage < AssessmentStage.Active) return Decision.Refuse(AnotherIsOpen);
        var functions = command.Functions.Distinct().Order().ToList();
        var number = string.Create(CultureInfo.InvariantCulture, $"{unit.Code}-R-{now.UtcDateTime.Year}-{earlier.All.Count + 1:00}");
        return Decision.Accept(
            new Filing(UnitAssessments.Of(command.Unit), new AssessmentNumberTaken(command.Assessment)),
            new Filing(new StreamId(command.Assessment), new AssessmentBegun(
                number, command.Unit, functions, ScenarioLibrary.Edition, [.. ScenarioLibrary.All.Where(s => functions.Contains(s.Function)).Select(s => s.Key)])));
    }

    /// <summary>Begins it; sent twice under one key, it begins once.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Assessment), "risk.Begin", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            if ((await session.FoldAsync<RiskAssessment>(new StreamId(command.Assessment), cancel)).Version > 0) return Decision.Accept();
            var earlier = await session.FoldAsync<UnitAssessments>(UnitAssessments.Of(command.Unit), cancel);
            var newest = earlier.All.IsEmpty ? RiskAssessment.Initial : await session.FoldAsync<RiskAssessment>(new StreamId(earlier.All[^1]), cancel);
            return Decide(command, earlier, newest, Actor.From(register, person, now), register, now);
        }, cancel: cancel);

    /// <summary>The id of the assessment that a person begins under a key of their own, so that nobody plants one on another stream.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"risk assessment/{key:D}");
}
