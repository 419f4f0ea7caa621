using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Probity.Ledger;
using Probity.Shared.Stopping;
using Probity.Shared.Web;

namespace Probity.Shared.Confirming;

/// <summary>The pages about the record itself, for anyone: who confirmed it from outside, and how to check a receipt.</summary>
internal static class RecordPages
{
    public const string Href = "/record";
    public const string GuideHref = "/record/guide";
    public const string ScriptHref = "/record/verify-receipt.sh";

    const string Text = "text/plain; charset=utf-8";

    /// <summary>The script by which an expert checks a receipt, the same as in <c>docs</c>.</summary>
    public static string Script { get; } = ReadScript();

    /// <summary>Adds the pages' services, the first screen's row and the line at the foot of every page. The host gives the log.</summary>
    public static IServiceCollection AddRecordPages(this IServiceCollection services) => services
        .AddSingleton<RecordConfirmation>()
        .AddSingleton<RecordStop>()
        .AddScoped<IStanding, RecordStanding>();

    /// <summary>Maps the pages.</summary>
    public static void MapRecordPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Href, async (TransparencyLog log, RecordConfirmation record, IOptions<RecordOptions> options, IOptions<SharedOptions> shared, CancellationToken cancel) =>
            Rendered.Page<RecordPage>(new { Sheet = SheetOf(log, record, options.Value, shared.Value) with { Continues = await ContinuesAsync(log, cancel) } }));
        routes.MapGet(GuideHref, () => Rendered.Page<GuidePage>());
        routes.MapGet(ScriptHref, () => Results.Text(Script, Text));
        routes.MapStopPages();
    }

    static RecordSheet SheetOf(TransparencyLog log, RecordConfirmation record, RecordOptions options, SharedOptions shared)
    {
        var newest = record.Newest();
        return new RecordSheet(
            log.Origin, log.Size, newest, [.. options.Policy?.Witnesses.Select(RecordConfirmation.NameOf) ?? []], options.PolicyText is not null,
            shared.DemoHref is not null, log.Witnessed?.Note ?? log.Checkpoint, log.VerifierKey.ToString());
    }

    /// <summary>The newest first: that is the one people ask about.</summary>
    static async ValueTask<IReadOnlyList<SuccessionLine>> ContinuesAsync(TransparencyLog log, CancellationToken cancel) => log.Predecessors.Count == 0 ? [] :
    [
        .. (await log.ReadSuccessionsAsync(cancel)).Reverse().Select(one => new SuccessionLine(
            one.Recorded, one.Succession.Predecessor.Key.Name, one.Succession.Predecessor.Size, Succeeded.NameOf(one.Succession.Cause), one.Succession.Reason,
            one.Succession.WitnessedCheckpoint?.Size, one.Succession.Lost)),
    ];

    static string ReadScript()
    {
        using var stream = typeof(RecordPages).Assembly.GetManifestResourceStream("Probity.Shared.Confirming.verify-receipt.sh")!;
        return new StreamReader(stream).ReadToEnd();
    }
}

/// <summary>What the record's page shows.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">How many records there are.</param>
/// <param name="Newest">The newest confirmation, or null.</param>
/// <param name="Asked">Everybody who is asked to confirm.</param>
/// <param name="HasPolicy">Whether the list of witnesses can be taken along.</param>
/// <param name="IsDemo">Whether everything here is invented.</param>
/// <param name="Note">The newest confirmed checkpoint, else the newest signed one.</param>
/// <param name="Key">The log's key.</param>
public sealed record RecordSheet(
    string Origin, long Size, Confirmation? Newest, IReadOnlyList<string> Asked, bool HasPolicy, bool IsDemo, string Note, string Key)
{
    /// <summary>The records that this one continues, the newest first.</summary>
    public IReadOnlyList<SuccessionLine> Continues { get; init; } = [];
}

/// <summary>An earlier record that this one continues.</summary>
/// <param name="At">Since when.</param>
/// <param name="Origin">Its name.</param>
/// <param name="Size">How many of its entries are here.</param>
/// <param name="Cause">What happened to it, as the record names it.</param>
/// <param name="Reason">The same in the words of who decided.</param>
/// <param name="Witnessed">How many entries a witness shows of another history of it, or of more of it; null where none does.</param>
/// <param name="Lost">How many of those are lost at least; null where that is not known.</param>
public sealed record SuccessionLine(DateTimeOffset At, string Origin, long Size, string Cause, string Reason, long? Witnessed, long? Lost);
