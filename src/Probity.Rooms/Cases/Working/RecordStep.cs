using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Working;

/// <summary>Records that something was done in the case, and when.</summary>
internal sealed class RecordStep(CaseDesk desk)
{
    public const string InFuture = "cases.occurred-in-future";
    public const string TooEarly = "cases.occurred-too-early";
    public const string UnknownStep = "cases.step-unknown";

    /// <summary>A case is opened because of what was done before it: a seizure, a search. So long before, and no longer.</summary>
    public static readonly TimeSpan BeforeOpening = TimeSpan.FromDays(30);

    internal sealed record Command(Guid CaseId, Step Step, string Note, DateTimeOffset? Occurred);

    internal sealed record Body(Step Step, string? Note, DateTimeOffset? Occurred);

    public static Decision Decide(Command command, Case @case, DateTimeOffset now)
    {
        if (!Enum.IsDefined(command.Step)) return Decision.Refuse(UnknownStep);
        if (CaseTexts.Refuses(command.Note, CaseTexts.MaxReasons, missing: null) is { } refusal) return refusal;
        var occurred = command.Occurred is { } o ? ToMicrosecond(o) : default(DateTimeOffset?);
        if (occurred > now) return Decision.Refuse(InFuture);
        if (occurred < @case.OpenedAt - BeforeOpening) return Decision.Refuse(TooEarly);
        return Decision.Accept(new Filing(@case.Stream, new StepRecorded(command.Step, command.Note ?? ""), occurred));
    }

    // The record keeps times in UTC, to the microsecond.
    static DateTimeOffset ToMicrosecond(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordStep, expected, facts => Decide(command, facts.Case, facts.Now), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/steps", (Guid id, HttpContext http, RecordStep slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Step, body.Note ?? "", body.Occurred), expected, cancel)))
        .Describe<Body>("recordStep", "Record what was done in the case.");
}
