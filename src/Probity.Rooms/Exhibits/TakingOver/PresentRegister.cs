using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.TakingOver;

/// <summary>
/// A custodian presents the register of a store: all of its lines, or none. They are on the record from then on, and nothing comes of them until a
/// second person agrees (<see cref="CountersignRegister"/>).
/// </summary>
internal sealed class PresentRegister(TakingOverDesk desk, Clerk clerk)
{
    public const string SameFile = "exhibits.register-same-file";
    public const string LinesWrong = "exhibits.register-lines-wrong";
    public const string NothingInIt = "exhibits.register-empty";
    public const string TooLong = "exhibits.register-too-long";
    public const string Broken = "exhibits.register-broken";
    public const string Changed = "exhibits.register-changed";

    // An entry holds 4 MiB; what a line may state at the most, so many times, stays well below.
    const int PartLines = 150;
    const int PartPackages = 10_000;

    /// <summary>The presenter's own words, which stand on the record.</summary>
    /// <param name="NoSeal">For a package whose seal the register does not name.</param>
    /// <param name="Summary">What the case that is opened says of itself.</param>
    internal sealed record Words(string NoSeal, string Summary);

    /// <param name="Register">Its id.</param>
    /// <param name="Unit">Whose store it is of.</param>
    /// <param name="File">What the file is called.</param>
    /// <param name="Sha256">Its sum, in hexadecimal.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Read">What it states.</param>
    /// <param name="Choices">How it was read.</param>
    /// <param name="Words">The presenter's words.</param>
    internal sealed record Command(Guid Register, Guid Unit, string File, string Sha256, long Bytes, StatedRegister Read, RegisterChoices Choices, Words Words);

    public static Decision Decide(Command command, PresentingFacts facts)
    {
        if (TakingOverAccess.RefusesToPresent(command.Unit, facts.Actor, facts.Register, facts.Now) is { } refusal) return refusal;
        if (facts.Files.Contains(command.Sha256)) return Decision.Refuse(SameFile);
        if (command.Read.Broken is not null) return Decision.Refuse(Broken);
        if (command.Read.IsTooLong) return Decision.Refuse(TooLong);
        var opens = TakenRegister.CaseOf(command.Register);
        var held = HeldRegister.Of(command.Read, facts, command.Choices, opens);
        if (held.Wrong > 0) return Decision.Refuse(LinesWrong);
        var parts = Parts(held.TakenOver.Select(l => (l.Case!.Value, l.ToExhibit(command.Words.NoSeal, opens))), command.Register).ToList();
        if (parts.Count == 0) return Decision.Refuse(NothingInIt);
        var isOpening = parts.Exists(p => p.Case == opens);
        return Decision.Accept([
            new Filing(RegisterList.Stream, new RegisterListed(command.Register, command.Unit)),
            new Filing(new StreamId(command.Register), new RegisterPresented(
                command.Unit, command.File, command.Sha256, command.Bytes, parts.Sum(p => p.Exhibits.Count), parts.Count, isOpening ? opens : null, isOpening ? command.Words.Summary : null)),
            // What is of a case is erased with it, here too.
            .. parts.Select(part => new Filing(RegisterLines.StreamOf(command.Register), part, Compartment: Compartments.OfMatter(new StreamId(part.Case)))),
        ]);
    }

    /// <summary>Presents it.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), new StreamId(command.Register), "exhibits.PresentRegister", async session =>
        {
            // Once, however often the form was sent.
            if (await session.CountAsync(new StreamId(command.Register), cancel) > 0) return Decision.Accept();
            return Decide(command, await desk.ReadAsync(session, person, command.Unit, command.Read, cancel));
        }, cancel: cancel);

    /// <summary>Holds a register against the record and writes nothing; null where this person presents none of that unit.</summary>
    public async Task<(HeldRegister Held, bool IsSameFile)?> LookAsync(Guid person, Guid unit, StatedRegister read, string sha256, RegisterChoices choices, CancellationToken cancel)
    {
        var facts = await desk.ReadAsync(desk.Session(), person, unit, read, cancel);
        return TakingOverAccess.RefusesToPresent(unit, facts.Actor, facts.Register, facts.Now) is null
            ? (HeldRegister.Of(read, facts, choices, TakenRegister.CaseOf(Guid.Empty)), facts.Files.Contains(sha256))
            : null;
    }

    static IEnumerable<RegisterPart> Parts(IEnumerable<(Guid Case, StatedExhibit Exhibit)> lines, Guid register)
    {
        foreach (var ofCase in lines.GroupBy(l => l.Case, l => l.Exhibit))
        {
            var (part, packages) = (new List<StatedExhibit>(), 0);
            foreach (var exhibit in ofCase)
            {
                if (part.Count == PartLines || (part.Count > 0 && packages + exhibit.Packages.Count > PartPackages))
                {
                    yield return new RegisterPart(register, ofCase.Key, part);
                    (part, packages) = ([], 0);
                }

                part.Add(exhibit);
                packages += exhibit.Packages.Count;
            }

            yield return new RegisterPart(register, ofCase.Key, part);
        }
    }
}
