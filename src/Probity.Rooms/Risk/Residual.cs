using Probity.Risk.Contract;

namespace Probity.Risk;

/// <summary>Why the risk that remains is what it is, step by step.</summary>
internal enum ResidualReason { Inherent, Current, NotLowered, Lowered, TestFailed, TestOverdue, TreatmentOverdue }

/// <summary>One step: the rating after it, since when, and which control or treatment it rests on.</summary>
internal sealed record ResidualStep(ResidualReason Reason, Rating Rating, DateTimeOffset? At = null, string? What = null);

/// <summary>
/// The risk that remains, worked out whenever it is read: so it goes back up by itself when a test or a treatment falls overdue, and nobody has to record that.
/// </summary>
internal sealed record Residual(Rating Rating, IReadOnlyList<ResidualStep> Steps)
{
    public static Residual Of(RatedRisk risk, DateTimeOffset now)
    {
        var steps = new List<ResidualStep> { new(ResidualReason.Inherent, risk.Inherent), new(ResidualReason.Current, risk.Current) };
        if (risk.Lowered is not { } lowered)
        {
            steps.Add(new(ResidualReason.NotLowered, risk.Current));
            return new(risk.Current, steps);
        }

        var control = risk.Controls.FirstOrDefault(c => c.Id == lowered.Control);
        steps.Add(new(ResidualReason.Lowered, lowered.Rating, lowered.At, control?.What));
        if (control?.Passed != true) steps.Add(new(ResidualReason.TestFailed, risk.Current, control?.TestedAt, control?.What));
        else if (control.NextTest < now) steps.Add(new(ResidualReason.TestOverdue, risk.Current, control.NextTest, control.What));
        steps.AddRange(risk.Treatments.Where(t => t.IsOverdue(now)).OrderBy(t => t.Due).Select(t => new ResidualStep(ResidualReason.TreatmentOverdue, risk.Current, t.Due, t.What)));
        return new(steps[^1].Rating, steps);
    }

    /// <summary>The same score from what the list keeps of a risk.</summary>
    /// <param name="current">The current score.</param>
    /// <param name="lowered">What it was lowered to, or null.</param>
    /// <param name="passedUntil">Until when the passed test holds that it rests on.</param>
    /// <param name="openDue">When the first treatment that is not verified is due.</param>
    /// <param name="now">The time.</param>
    public static int ScoreOf(int current, int? lowered, DateTimeOffset? passedUntil, DateTimeOffset? openDue, DateTimeOffset now) =>
        lowered is { } score && passedUntil >= now && !(openDue < now) ? score : current;
}
