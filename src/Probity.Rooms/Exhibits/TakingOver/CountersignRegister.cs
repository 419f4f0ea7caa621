using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.TakingOver;

/// <summary>
/// Somebody who keeps nothing there compares a register with what was presented and agrees, or sends it back. With their signature all of its exhibits
/// come onto the record, in one append: there is no moment at which some of them are there.
/// </summary>
internal sealed class CountersignRegister(TakingOverDesk desk, Clerk clerk, ICaseTakingOver cases)
{
    public const string Answered = "exhibits.register-answered";
    public const string CaseGone = "exhibits.register-case-gone";
    public const string LinesGone = "exhibits.register-lines-gone";

    /// <param name="Register">The register.</param>
    /// <param name="Agrees">Whether it is taken over.</param>
    /// <param name="Reasons">Why not.</param>
    internal sealed record Command(Guid Register, bool Agrees, string? Reasons);

    internal sealed record Body(bool Agrees, string? Reasons);

    /// <summary>What a decision needs of the cases: how many exhibits each has, what each is called, and the entries of the one that is opened.</summary>
    internal sealed record CaseNumbering(IReadOnlyDictionary<Guid, (string Number, long Listed)> Cases, IReadOnlyList<Filing> Opening);

    public static Decision Decide(Command command, RegisterFacts facts, CaseNumbering numbering)
    {
        if (facts.Taken.Answer is { } answer) return facts.Taken.AnsweredBy == facts.Actor.Person && answer.Agrees == command.Agrees ? Decision.Accept() : Decision.Refuse(Answered);
        var register = new StreamId(facts.Taken.Id);
        if (!command.Agrees)
        {
            return ExhibitTexts.RefusesReason(command.Reasons) is { } reason
                ? reason
                : Decision.Accept(register, new RegisterCountersigned(false, command.Reasons!.Trim()));
        }

        var presented = facts.Taken.Presented!;
        if (facts.Lines.All.Length != presented.Lines) return Decision.Refuse(LinesGone);
        if (facts.Cases.Any(c => c.Key != presented.Opens && c.Value.Case is not { Exists: true, Closed: false, Erased: false })) return Decision.Refuse(CaseGone);
        var filings = new List<Filing>(numbering.Opening) { new(register, new RegisterCountersigned(true, null)) };
        foreach (var ofCase in facts.Lines.All.GroupBy(l => l.Case, l => l.Exhibit))
        {
            var (number, listed) = numbering.Cases[ofCase.Key];
            foreach (var stated in ofCase)
            {
                var exhibit = IdOf(facts.Taken.Id, stated.Line);
                filings.Add(new Filing(Exhibit.ListOf(ofCase.Key), new ExhibitListed(exhibit), Compartment: Compartments.OfMatter(new StreamId(ofCase.Key))));
                filings.Add(Exhibit.FilingOf(exhibit, ofCase.Key, new ExhibitTakenOver(
                    ofCase.Key, presented.Unit, NumberOf(number, ++listed), facts.Taken.Id, presented.Sha256, facts.Taken.By, facts.Taken.At, stated)));
            }
        }

        return Decision.Accept(filings);
    }

    /// <summary>The id of the exhibit of a line.</summary>
    public static Guid IdOf(Guid register, int line) => Streams.Derive(register, string.Create(CultureInfo.InvariantCulture, $"exhibit/{line}"));

    /// <summary>Guards, decides and files; null where this person may not know of the register.</summary>
    public async Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var known = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(command.Register), "exhibits.CountersignRegister", async session =>
        {
            var facts = await desk.ReadAsync(session, person, command.Register, cancel);
            known = TakingOverAccess.Refuses(RegisterAction.View, facts) is null;
            if (TakingOverAccess.Refuses(RegisterAction.Countersign, facts) is { } refusal) return refusal;
            var counted = new Dictionary<Guid, (string, long)>();
            IReadOnlyList<Filing> opening = [];
            if (command.Agrees && facts.Taken.Answer is null)
            {
                foreach (var (id, standing) in facts.Cases) counted[id] = (standing.Case.Number, await session.CountAsync(Exhibit.ListOf(id), cancel));
                if (facts.Taken.Presented is { Opens: { } opens, Summary: { } summary } presented)
                    (counted[opens], opening) = await OpenAsync(session, opens, presented.Unit, summary, facts, cancel);
            }

            return Decide(command, facts, new CaseNumbering(counted, opening));
        }, cancel: cancel);
        return known ? outcome : null;
    }

    async ValueTask<((string, long), IReadOnlyList<Filing>)> OpenAsync(RecordSession session, Guid id, Guid unit, string summary, RegisterFacts facts, CancellationToken cancel)
    {
        var (number, filings) = await cases.OpenAsync(session, id, unit, summary, facts.Taken.By, facts.Register, facts.Now, cancel);
        return ((number, 0), filings);
    }

    // Another letter than what was seized on the record has, so that its number says where it comes from.
    static string NumberOf(string @case, long number) => string.Create(CultureInfo.InvariantCulture, $"{@case}-R{number:00}");

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/registers/{id:guid}/countersignature", (Guid id, HttpContext http, CountersignRegister slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, body.Agrees, body.Reasons), cancel)))
        .Describe<Body>("countersignRegister", "Agree that a register that was presented is taken over, or send it back.");
}
