using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Working;

/// <summary>Records that something was done in the case, and when.</summary>
internal sealed class RecordStep(CaseDesk desk)
{
    public const string InFuture = "cases.occurred-in-future";
    public const string TooEarly = "cases.occurred-too-early";
    public const string UnknownStep = "cases.step-unknown";
    public const string NotTheirs = "cases.step-not-theirs";
    public const string OutOfOrder = "cases.step-out-of-order";

    /// <summary>A case is opened because of what was done before it: a seizure, a search. So long before, and no longer.</summary>
    public static readonly TimeSpan BeforeOpening = TimeSpan.FromDays(30);

    /// <param name="CaseId">The case.</param>
    /// <param name="Step">What was done.</param>
    /// <param name="Note">What others need to know of it.</param>
    /// <param name="Occurred">When, where it was not just now.</param>
    /// <param name="AsksOrder">Whether a step that normally comes later is refused, so that the person can say that they mean it.</param>
    internal sealed record Command(Guid CaseId, Step Step, string Note, DateTimeOffset? Occurred, bool AsksOrder = false);

    internal sealed record Body(Step Step, string? Note, DateTimeOffset? Occurred);

    public static Decision Decide(Command command, Case @case, DateTimeOffset now)
    {
        if (!Enum.IsDefined(command.Step)) return Decision.Refuse(UnknownStep);
        if (CaseTexts.Refuses(command.Note, CaseTexts.MaxReasons, missing: null) is { } refusal) return refusal;
        var occurred = command.Occurred is { } o ? ToMicrosecond(o) : default(DateTimeOffset?);
        if (occurred > now) return Decision.Refuse(InFuture);
        if (occurred < @case.OpenedAt - BeforeOpening) return Decision.Refuse(TooEarly);
        if (command.AsksOrder && ComesLater(command.Step, @case)) return Decision.Refuse(OutOfOrder);
        return Decision.Accept(new Filing(@case.Stream, new StepRecorded(command.Step, command.Note ?? ""), occurred));
    }

    /// <summary>
    /// Whether this person's post takes such a step: who is let in only as a keeper of exhibits says what became of exhibits, and
    /// not whom somebody interviewed.
    /// </summary>
    public static bool IsTheirs(Step step, Actor actor) => !actor.Has(Role.Custodian) || actor.Has(Role.Officer) || actor.Has(Role.Investigator)
        || step is Step.ExhibitsWeighed or Step.ExhibitsStored or Step.SentToLaboratory or Step.LaboratoryResultReceived or Step.ExhibitsDestroyed;

    /// <summary>
    /// Whether a step normally comes later in a case than it stands now. It is recorded all the same, because the record says
    /// what was done, not what should have been.
    /// </summary>
    public static bool ComesLater(Step step, Case @case) => step switch
    {
        Step.ExhibitsWeighed => !@case.Steps.Contains(Step.SeizureRecorded),
        Step.ExhibitsStored => !@case.Steps.Contains(Step.ExhibitsWeighed),
        Step.SentToLaboratory => !@case.Steps.Contains(Step.ExhibitsStored),
        Step.LaboratoryResultReceived => !@case.Steps.Contains(Step.SentToLaboratory),
        Step.ReportFiled => @case.Stage < Stage.Investigate,
        Step.ExhibitsDestroyed => @case.Stage < Stage.Enforce && !Deciding.DecideInCase.HasEnded(@case),
        _ => false,
    };

    /// <summary>The steps that the gate of the next stage asks for and that are not on the record yet.</summary>
    public static IReadOnlyList<Step> NeededNext(Case @case) =>
        @case.Stage <= Stage.Investigate && !@case.Steps.Contains(Step.ReportFiled) ? [Step.ReportFiled] : [];

    // The record keeps times in UTC, to the microsecond.
    static DateTimeOffset ToMicrosecond(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordStep, expected, facts => IsTheirs(command.Step, facts.Actor)
            ? Decide(command, facts.Case, facts.Now)
            : Decision.Refuse(NotTheirs, CaseAccess.WhoMayAs(Role.Officer, CaseAction.RecordStep, facts.Case, facts.Register, facts.Now)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/steps", (Guid id, HttpContext http, RecordStep slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Step, body.Note ?? "", body.Occurred), expected, cancel)))
        .Describe<Body>("recordStep", "Record what was done in the case.");
}
