using Microsoft.Extensions.Logging;
using Probity.Lens;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Lens.Rules;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>Where a piece of work has got to.</summary>
internal enum CheckStage
{
    /// <summary>Others work; its turn will come.</summary>
    Waiting,

    /// <summary>The register is read.</summary>
    Reading,

    /// <summary>Its cases are compared with the procedure.</summary>
    Following,

    /// <summary>They are judged by the rules.</summary>
    Judging,

    /// <summary>There is a result.</summary>
    Done,

    /// <summary>There is none, and a reason.</summary>
    Failed,

    /// <summary>Its person stopped it.</summary>
    Stopped,
}

/// <summary>What is to be checked: taken when the work is ordered, so that a later choice changes nothing of it.</summary>
internal sealed record CheckOrder(HeldBytes Bytes, SourceFile LogFile, LogReaderOptions Layout, PetriNet? Net, SourceFile? ProcedureFile, RuleFile? Rules, SourceFile? RulesFile);

/// <summary>One piece of work beside the requests. Pages ask it where it has got to.</summary>
internal sealed class CheckJob : IDisposable
{
    // Half of what the command line allows: several people share the server's memory.
    static readonly ConformanceOptions Bounds = new() { Threads = 1, MaxStates = 1_000_000, MaxMarkings = 300_000, MaxWholeMarkings = 100_000 };

    readonly CheckOrder _order;
    readonly CheckLimits _limits;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _stopping = new();
    readonly CancellationToken _stop;
    int _stopped;
    volatile CheckStage _stage = CheckStage.Waiting;
    double _share;

    CheckJob(CheckOrder order, CheckLimits limits, TimeProvider time) => (_order, _limits, _time, _stop) = (order, limits, time, _stopping.Token);

    /// <summary>Where it has got to.</summary>
    public CheckStage Stage => _stage;

    /// <summary>Whether it still works or waits.</summary>
    public bool Goes => _stage < CheckStage.Done;

    /// <summary>How much of its stage is done, 0 to 1.</summary>
    public double Share => Volatile.Read(ref _share);

    /// <summary>What it found; null unless it is done.</summary>
    public CheckFound? Found { get; private set; }

    /// <summary>Why it failed: the key of the sentence, and the reader's own words where there are any.</summary>
    public (string Key, string? Detail)? Failure { get; private set; }

    /// <summary>Begins the work when its turn comes.</summary>
    public static CheckJob Begin(CheckOrder order, CheckLimits limits, SemaphoreSlim turns, TimeProvider time, ILogger logger)
    {
        var job = new CheckJob(order, limits, time);
        _ = Task.Run(() => job.RunAsync(turns, logger));
        return job;
    }

    /// <summary>Stops it; without effect once it is done, or stopped.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    async Task RunAsync(SemaphoreSlim turns, ILogger logger)
    {
        var mine = false;
        try
        {
            await turns.WaitAsync(_stop);
            mine = true;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop);
            if (_limits.Work <= TimeSpan.Zero) await limit.CancelAsync();
            else limit.CancelAfter(_limits.Work);
            Found = Work(limit.Token);
            _stage = CheckStage.Done;
        }
        catch (OperationCanceledException)
        {
            if (_stop.IsCancellationRequested) _stage = CheckStage.Stopped;
            else Fail("Failed.Time", null);
        }
        catch (BadInputException e)
        {
            Fail($"Failed.{_stage}", FaultText.Detail(e));
        }
        catch (ObjectDisposedException) when (_stop.IsCancellationRequested)
        {
            _stage = CheckStage.Stopped;
        }
        catch (Exception e)
        {
            FaultText.Log(logger, e);
            Fail("Failed.Server", null);
        }
        finally
        {
            if (mine) turns.Release();
        }
    }

    CheckFound Work(CancellationToken cancel)
    {
        var (progress, begun) = (new Progress(this), _time.GetTimestamp());
        Enter(CheckStage.Reading);
        EventLog log;
        using (var bytes = _order.Bytes.Open())
        {
            log = LogReader.Read(bytes, _order.LogFile.Name, _order.Layout, progress, cancel);
        }

        // A comparison cut short says what it left out; work cut short says nothing. So the one gets less than is left of the other.
        var left = _limits.Work - _time.GetElapsedTime(begun) - (_limits.Work / 6);
        var limits = Bounds with { MaxTime = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, _limits.Search.Ticks)) };
        Enter(CheckStage.Following);
        var result = _order.Net is { } net ? ConformanceCheck.Run(log, net, limits, progress, cancel) : null;
        Enter(CheckStage.Judging);
        var rules = _order.Rules is { } file ? RuleCheck.Run(log, file, null, 1, progress, _limits.Violations, cancel) : null;
        return new CheckFound(log, _order.Net, result, rules)
        {
            LogFile = _order.LogFile, ProcedureFile = _order.ProcedureFile, RulesFile = _order.RulesFile, Limits = limits, Made = _time.GetUtcNow(),
        };
    }

    void Enter(CheckStage stage)
    {
        Volatile.Write(ref _share, 0);
        _stage = stage;
    }

    void Fail(string key, string? detail)
    {
        Failure = (key, detail);
        _stage = CheckStage.Failed;
    }

    // Not the framework's: that one posts to a queue, and a share told late would go backwards.
    sealed class Progress(CheckJob job) : IProgress<double>
    {
        public void Report(double value) => Volatile.Write(ref job._share, value);
    }
}
