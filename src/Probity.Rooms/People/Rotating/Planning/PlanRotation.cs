using System.Diagnostics;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.People.Rotating.Planning;

/// <summary>A plan that was worked out and lies in memory until somebody asks that it be adopted.</summary>
internal sealed record DrawnPlan(Guid Id, Guid Unit, PlanInput Input, string Hash, string Policy, RotationPlan Plan, DateTimeOffset At, TimeSpan Took);

/// <summary>
/// Integrity has a plan worked out, beside the requests and one at a time, and asks that it be adopted; an overseer agrees or says why not. A plan posts nobody: postings go their ordinary way.
/// </summary>
internal sealed class PlanRotation(GatherInput gather, TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string UnitUnknown = "people.plan-unit";
    public const string Busy = "people.plan-busy";
    public const string Large = "people.plan-large";
    public const string Empty = "people.plan-empty";
    public const string Waits = "people.plan-waits";
    public const string Gone = "people.plan-gone";
    public const string Nothing = "people.plan-nothing";

    readonly Lock _lock = new();
    Task _working = Task.CompletedTask;
    DrawnPlan? _newest;

    internal sealed record Answer(Guid Plan, bool? Agree, string? Reason);

    /// <summary>The newest plan that was worked out here; null where there is none since the node was started.</summary>
    public DrawnPlan? Newest => _newest;

    /// <summary>Whether one is being worked out.</summary>
    public bool IsWorking => !_working.IsCompleted;

    /// <summary>Waits for the plan that is being worked out, so long at most.</summary>
    public Task WaitAsync(TimeSpan most) => Task.WhenAny(_working, Task.Delay(most));

    public static Decision Decide(DrawnPlan? plan, Guid asked, Rotation known, Actor actor, Register register, DateTimeOffset now)
    {
        if (PlanAccess.Refuses(PlanAction.DrawUp, actor, plan?.Plan.Moves ?? [], null, register, now) is { } refusal) return refusal;
        if (plan is null || plan.Id != asked) return Decision.Refuse(Gone);
        return known.Waiting is not null ? Decision.Refuse(Waits)
            : Decision.Accept(Rotation.Stream, new RotationProposed(
                plan.Id, plan.Unit, plan.Input.Begin, plan.Input.Months, plan.Hash, plan.Policy, plan.Plan.IsProven, plan.Plan.Missing, plan.Plan.TooLong, plan.Plan.Moves));
    }

    public static Decision Decide(Answer command, Rotation known, Actor actor, Register register, DateTimeOffset now)
    {
        if (PlanAccess.Refuses(PlanAction.Answer, actor, known.Waiting?.Plan.Moves ?? [], known.Waiting?.By, register, now) is { } refusal) return refusal;
        if (known.Waiting is not { } waiting || waiting.Plan.Plan != command.Plan) return Decision.Refuse(Nothing);
        if (command.Agree is not { } agree) return Decision.Refuse(DecideClearance.AnswerMissing);
        return agree ? Decision.Accept(Rotation.Stream, new RotationAdopted(command.Plan))
            : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(Rotation.Stream, new RotationReturned(command.Plan, command.Reason!.Trim()));
    }

    /// <summary>Starts to work a plan out. Nothing is recorded but a refusal.</summary>
    public async Task<Outcome> DrawUpAsync(Guid person, Guid unit, CancellationToken cancel)
    {
        (PlanInput Input, string Policy)? gathered = null;
        var outcome = await RunAsync(person, "DrawUpRotation", async (_, actor, register, now) =>
        {
            if (PlanAccess.Refuses(PlanAction.DrawUp, actor, [], null, register, now) is { } refusal) return refusal;
            if (!register.Units.ContainsKey(unit)) return Decision.Refuse(UnitUnknown);
            if (IsWorking) return Decision.Refuse(Busy);
            gathered = await gather.ReadAsync(unit, cancel);
            return gathered.Value.Input.Posts.Count == 0 ? Decision.Refuse(Empty) : gathered.Value.Input.Choices > PlanInput.MostChoices ? Decision.Refuse(Large) : Decision.Accept();
        }, cancel);
        if (outcome is not Outcome.Refused && gathered is var (input, policy))
        {
            lock (_lock)
            {
                if (!IsWorking) _working = Task.Run(() =>
                {
                    var began = Stopwatch.GetTimestamp();
                    var plan = RotationSolver.Solve(input);
                    _newest = new DrawnPlan(Guid.CreateVersion7(), unit, input, input.Hash(), policy, plan, time.GetUtcNow(), Stopwatch.GetElapsedTime(began));
                }, CancellationToken.None);
            }
        }

        return outcome;
    }

    public Task<Outcome> ProposeAsync(Guid person, Guid plan, CancellationToken cancel) =>
        RunAsync(person, "ProposeRotation", (known, actor, register, now) => ValueTask.FromResult(Decide(_newest, plan, known, actor, register, now)), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, "AnswerRotation", (known, actor, register, now) => ValueTask.FromResult(Decide(command, known, actor, register, now)), cancel);

    /// <summary>The plans on the record, for a page.</summary>
    public ValueTask<Rotation> ReadAsync(CancellationToken cancel) => new RecordSession(log).FoldAsync<Rotation>(Rotation.Stream, cancel);

    Task<Outcome> RunAsync(Guid person, string what, Func<Rotation, Actor, Register, DateTimeOffset, ValueTask<Decision>> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Rotation.Stream, $"people.{what}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return await decide(await session.FoldAsync<Rotation>(Rotation.Stream, cancel), Actor.From(register, person, now), register, now);
        }, cancel: cancel);
}
