using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>Integrity adds a competence to the catalogue, or all that the house begins with. None is taken out: where no post asks for it, it asks for nothing.</summary>
internal sealed partial class AddCompetence(TrainingDesk desk)
{
    public const string CodeWrong = "training.code-wrong";
    public const string CodeTaken = "training.code-taken";
    public const string NameWrong = "training.name-wrong";

    const int LongestName = 100;

    internal sealed record Command(Guid Competence, string? Code, string? En, string? Es, string? Pt);

    [GeneratedRegex("^[A-Z][A-Z0-9-]{1,19}$")]
    private static partial Regex Code();

    public static Decision Decide(Command command, Catalogue known, Actor actor, Register register, DateTimeOffset now)
    {
        if (!TrainingAccess.Keeps(actor)) return TrainingAccess.RefusesKeeping(register, now);
        // Sent twice under one id, it is recorded once.
        if (known.Competences.ContainsKey(command.Competence)) return Decision.Accept();
        var code = command.Code?.Trim().ToUpperInvariant() ?? "";
        if (!Code().IsMatch(code)) return Decision.Refuse(CodeWrong);
        if (known.Competences.Values.Any(c => c.Code == code)) return Decision.Refuse(CodeTaken);
        return new[] { command.En, command.Es, command.Pt }.All(Fits)
            ? Decision.Accept(Catalogue.Stream, new CompetenceAdded(command.Competence, code, new CompetenceName(command.En!.Trim(), command.Es!.Trim(), command.Pt!.Trim()))) : Decision.Refuse(NameWrong);
    }

    /// <summary>Those that the house begins with and that are not there yet, all in one.</summary>
    public static Decision DecideStart(Catalogue known, Actor actor, Register register, DateTimeOffset now) =>
        !TrainingAccess.Keeps(actor) ? TrainingAccess.RefusesKeeping(register, now)
        : Decision.Accept([.. StartingCatalogue.Competences.Where(c => known.Competences.Values.All(k => k.Code != c.Code))
            .Select(c => new Filing(Catalogue.Stream, new CompetenceAdded(IdOf(c.Code), c.Code, c.Name)))]);

    /// <summary>The id of one that the house begins with.</summary>
    public static Guid IdOf(string code) => Streams.Derive(Catalogue.Stream.Value, "competence/" + code);

    static bool Fits(string? name) => WrittenText.SaysSomething(name) && name!.Trim().Length <= LongestName && WrittenText.IsPlain(name, lines: false);

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, "AddCompetence", (known, actor, register, now) => Decide(command, known, actor, register, now), cancel);

    public Task<Outcome> StartAsync(Guid person, CancellationToken cancel) => desk.RunAsync(person, "AddCompetence", DecideStart, cancel);
}
