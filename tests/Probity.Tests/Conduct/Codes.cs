using Probity.Conduct;
using Probity.Conduct.Acknowledging;
using Probity.Conduct.Code;
using Probity.Conduct.Contract;
using Probity.Conduct.Publishing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Conduct;

/// <summary>The model code as it is typed, published and answered.</summary>
internal static class Codes
{
    public const string Reason = "The first code of this agency.";

    public static PublishCode.Proposal Model(params (int Number, string Text)[] changed) => new(
        [.. ModelCode.Articles.Select(a => new PublishCode.Typed(a.Number, a.Words.ToDictionary(w => w.Key, w => changed.FirstOrDefault(c => c.Number == a.Number) is { Text: { } text }
            ? new ArticleWords(text.Length == 0 ? "" : w.Value.Title, text) : w.Value)))], Reason);

    public static IReadOnlyDictionary<int, int> Answers(int wrong = 0) =>
        ModelCode.Questions.Select((q, i) => (q.Number, Answer: i < wrong ? q.Right % 3 + 1 : q.Right)).ToDictionary(a => a.Number, a => a.Answer);

    /// <summary>A code with versions published at these times, each to be acknowledged within 30 days.</summary>
    public static CodeOfConduct Published(params DateTimeOffset[] at)
    {
        var code = CodeOfConduct.Initial;
        foreach (var (when, i) in at.Select((when, i) => (when, i)))
        {
            code = code.Apply(Of(new CodeProposed(ModelCode.Articles, ModelCode.Questions, Reason), when, CodeOfConduct.Stream, "ines"));
            code = code.Apply(Of(new CodePublished(i + 1, 30, "default 0"), when, CodeOfConduct.Stream, "oscar"));
        }

        return code;
    }

    public static Acknowledgements Own(params (IEvent Event, DateTimeOffset At)[] events) => events.Aggregate(
        Acknowledgements.Initial, (own, e) => own.Apply(Of(e.Event, e.At, Acknowledgements.StreamOf(Staff.Id("ana")), "ana")));

    public static async Task PublishAsync(PublishCode slice, Guid integrity, Guid overseer, params (int Number, string Text)[] changed)
    {
        Assert.IsType<Outcome.Done>(await slice.HandleAsync(integrity, Model(changed), TestContext.Current.CancellationToken));
        Assert.IsType<Outcome.Done>(await slice.HandleAsync(overseer, new PublishCode.Answer(true, null), TestContext.Current.CancellationToken));
    }

    public static async Task AcknowledgeAsync(AcknowledgeCode slice, Guid person, int version = 1)
    {
        Assert.IsType<Outcome.Done>((await slice.HandleAsync(person, new AcknowledgeCode.Quiz(version, Answers()), TestContext.Current.CancellationToken)).Outcome);
        Assert.IsType<Outcome.Done>(await slice.HandleAsync(person, new AcknowledgeCode.Command(version), TestContext.Current.CancellationToken));
    }

    static Recorded Of(IEvent happened, DateTimeOffset at, StreamId stream, string by) =>
        new(happened, EventTypes.NameOf(happened.GetType()), 0, stream, 1, at, null, new ActorId(Staff.Id(by)));
}
