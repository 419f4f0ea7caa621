using System.Text.Json;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;

namespace Probity.Cli.Verbs;

/// <summary>The findings of <c>check</c> as JSON; its shape is a public interface. Written as it goes, for logs of any size.</summary>
/// <param name="log">The log.</param>
/// <param name="procedure">The procedure and what checking against it found; null where none was given.</param>
/// <param name="rules">What judging by rules found and how long it took; null where none were given.</param>
/// <param name="read">How long reading took.</param>
internal sealed class CheckJson(EventLog log, (PetriNet Net, ConformanceResult Result)? procedure, (RulesJson Found, TimeSpan Time)? rules, TimeSpan read)
{
    const int FlushBytes = 1 << 16;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteNumber("traces", log.Cases.Count);
        json.WriteNumber("events", log.EventCount);
        json.WriteNumber("variants", log.Variants.Count);
        json.WriteNumber("activities", log.Activities.Count);
        json.WriteEndObject();
        if (procedure is var (net, result)) WriteProcedure(json, net, result);
        rules?.Found.Write(json);
        json.WriteStartObject("seconds");
        json.WriteNumber("read", Seconds(read));
        if (procedure is { } timed)
        {
            json.WriteNumber("replay", Seconds(timed.Result.ReplayTime));
            json.WriteNumber("alignments", Seconds(timed.Result.AlignmentTime));
            json.WriteNumber("exactReplay", Seconds(timed.Result.ExactReplayTime));
        }

        if (rules is { } judged) json.WriteNumber("rules", Seconds(judged.Time));
        json.WriteEndObject();
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        json.WriteNumber("peakMegabytes", Math.Round(self.PeakWorkingSet64 / 1e6, 1));
        json.WriteEndObject();
    }

    void WriteProcedure(Utf8JsonWriter json, PetriNet net, ConformanceResult result)
    {
        json.WriteStartObject("procedure");
        json.WriteString("kind", net.Kind);
        json.WriteNumber("places", net.Places.Count);
        json.WriteNumber("transitions", net.Labels.Count);
        json.WriteStartArray("notes");
        foreach (var note in net.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
        WriteAlignments(json, result);
        json.WriteStartObject("replay");
        json.WriteNumber("percentFit", result.Replay.PercentFit);
        json.WriteNumber("logFitness", result.Replay.LogFitness);
        json.WriteNumber("unfinished", result.Replay.Unfinished);
        json.WriteStartObject("exact");
        json.WriteNumber("percentFit", result.ExactReplay.PercentFit);
        json.WriteNumber("logFitness", result.ExactReplay.LogFitness);
        json.WriteNumber("unfinished", result.ExactReplay.Unfinished);
        json.WriteEndObject();
        json.WriteEndObject();
        if (result.Quality is { } quality) WriteQuality(json, quality);
        WriteDeviations(json, result);
    }

    void WriteAlignments(Utf8JsonWriter json, ConformanceResult result)
    {
        var figures = result.Alignments;
        json.WriteStartObject("alignments");
        json.WriteNumber("percentFit", figures.PercentFit);
        json.WriteNumber("meanFitness", figures.MeanFitness);
        json.WriteNumber("logFitness", figures.LogFitness);
        json.WriteNumber("moves", figures.Moves);
        json.WriteNumber("cost", figures.Cost);
        json.WriteNumber("unfinished", figures.Unfinished);
        json.WriteStartArray("variants");
        foreach (var variant in result.Variants)
        {
            json.WriteStartObject();
            json.WriteNumber("count", variant.Variant.Count);
            if (variant.Cost is { } cost) json.WriteNumber("cost", cost);
            else json.WriteNull("cost");
            if (variant.Fitness is { } fitness) json.WriteNumber("fitness", fitness);
            else json.WriteNull("fitness");
            json.WriteStartArray("trace");
            foreach (var activity in variant.Variant.Activities) json.WriteStringValue(log.Activities[activity]);
            json.WriteEndArray();
            json.WriteEndObject();
            FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteQuality(Utf8JsonWriter json, QualityFigures quality)
    {
        json.WriteStartObject("quality");
        if (quality.Precision is { } precision) json.WriteNumber("precision", precision);
        else json.WriteNull("precision");
        json.WriteNumber("generalisation", quality.Generalisation);
        json.WriteNumber("simplicity", quality.Simplicity);
        json.WriteEndObject();
    }

    void WriteDeviations(Utf8JsonWriter json, ConformanceResult result)
    {
        var ofCase = new IReadOnlyList<Deviation>[log.Cases.Count];
        foreach (var variant in result.Variants)
            foreach (var c in variant.Variant.Cases) ofCase[c] = variant.Deviations;
        json.WriteStartArray("deviations");
        for (var c = 0; c < ofCase.Length; c++)
        {
            foreach (var deviation in ofCase[c])
            {
                json.WriteStartObject();
                json.WriteString("case", log.Cases[c]);
                json.WriteNumber("position", deviation.Position);
                json.WriteString("kind", DepartureTable.NameOf(deviation.Kind));
                json.WriteString("activity", deviation.Activity);
                json.WriteEndObject();
            }

            FlushIfFull(json);
        }

        json.WriteEndArray();
    }

    static void FlushIfFull(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes) json.Flush();
    }

    static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
