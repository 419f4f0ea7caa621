using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.TakingOver;

/// <summary>A register over the API: looked at, or presented, in one call with its file.</summary>
internal static class PresentRegisterApi
{
    // A file in base64, and the rest of the body.
    const int MostBytes = (ReadRegister.MaxBytes / 3 * 4) + (64 << 10);

    /// <summary>
    /// A register to present, its file in base64. With a key of the caller's, any UUID, a repeated call presents it once only; with the sum of what was looked
    /// at no other file is presented; a check writes nothing.
    /// </summary>
    internal sealed record Body(
        Guid? Key, bool Check, Guid Unit, string Name, byte[] Content, string? Sha256, string? Sheet, DayOrder? Days, DecimalSign? Decimals, string? MassUnit, Guid? Location,
        bool OpensCase, bool PassesOver, IReadOnlyDictionary<RegisterColumn, int>? Columns);

    /// <summary>Something about a line.</summary>
    internal sealed record LineSaid(int Line, string Number, string? Column, string Code, bool Wrong, string Text);

    /// <summary>What a register states; <paramref name="Register"/> and <paramref name="Index"/> where it was presented.</summary>
    internal sealed record Answer(Guid? Register, long? Index, string Sha256, int Lines, int Good, int Warned, int Wrong, int PassedOver, int HeaderLine, IReadOnlyList<string> UnknownColumns,
        IReadOnlyList<LineSaid> Said);

    /// <summary>The problem with a register (RFC 9457), with what is wrong line by line.</summary>
    internal sealed record LinesProblem(string Title, int Status, string Code, string? Detail, IReadOnlyList<LineSaid> Lines);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/registers", TakeAsync).Describe<Body, Answer>("presentRegister", "Look at a register of exhibits that was kept before this record, or present it.", 200);

    static async Task<IResult> TakeAsync(HttpContext http, PresentRegister slice, RegisterReading reading)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        // Before a body of this size is read.
        if (!SignedInPerson.Has(http.User, Role.Custodian)) return new Problem(ExhibitsText.Of(Bars.Role), StatusCodes.Status422UnprocessableEntity, Bars.Role).ToResult();
        var (body, problem) = await ApiRequest.ReadAsync<Body>(http, MostBytes);
        if (body is null) return problem!;
        if (body.Content.Length == 0) return Refused(RegisterReading.FileMissing, null, []);
        if (body.Content.Length > ReadRegister.MaxBytes) return Refused(RegisterReading.FileTooLarge, null, []);
        var sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.Content));
        if (body.Sha256 is { } looked && !looked.Equals(sha, StringComparison.OrdinalIgnoreCase)) return Refused(PresentRegister.Changed, null, []);
        var name = new string([.. body.Name.Where(c => !char.IsControl(c)).Take(80)]);
        if (ExhibitTexts.Refuses(name, 80, RegisterReading.FileMissing) is { } unfit) return Refused(unfit.Code, null, []);
        var choices = new RegisterChoices
        {
            Sheet = body.Sheet, Days = body.Days ?? DayOrder.NotSaid, Decimals = body.Decimals ?? DecimalSign.NotSaid, Unit = body.MassUnit is "g" or "kg" or "mg" ? body.MassUnit : null,
            Location = body.Location, OpensCase = body.OpensCase, PassesOver = body.PassesOver, Columns = body.Columns,
        };
        var (read, code, detail) = await reading.ReadAsync(new MemoryStream(body.Content, writable: false), name, choices, http.RequestAborted);
        if (read is null) return Refused(code!, detail, []);
        if (await slice.LookAsync(person, body.Unit, read, sha, choices, http.RequestAborted) is not var (held, isSame)) return Refused(Bars.Role, null, []);
        var said = held.Lines.SelectMany(line => line.Notes.Select(note => new LineSaid(
            line.Stated.Line, line.Stated.Number, note.Column is { } column ? RegisterTemplate.Key(column) : null, note.Code, note.IsWrong, RegisterWords.Of(note)))).ToList();
        if (isSame && body.Check) return Refused(PresentRegister.SameFile, null, said);
        if (body.Check && read is { Broken: null, IsTooLong: false }) return Results.Json(AnswerOf(null, null), ApiJson.Options);
        var register = TakenRegister.IdOf(person, body.Key ?? Guid.CreateVersion7());
        var outcome = body.Check
            ? new Outcome.Refused(new Refusal(read.IsTooLong ? PresentRegister.TooLong : PresentRegister.Broken), 0)
            : await slice.HandleAsync(person, new PresentRegister.Command(
                register, body.Unit, name, sha, body.Content.Length, read, choices, PresentRegisterPages.WordsFor(name, sha)), http.RequestAborted);
        switch (outcome)
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return Results.Json(AnswerOf(register, index), ApiJson.Options);
            case Outcome.Refused(var refusal, _):
                return Refused(refusal.Code, read.Broken, said);
            default:
                return new Problem(ExhibitsText.Of(Answers.Stale), StatusCodes.Status409Conflict, Answers.Stale).ToResult();
        }

        Answer AnswerOf(Guid? id, long? at) => new(id, at, sha, held.Lines.Count, held.Good, held.Warned, held.Wrong, held.PassedOver, read.HeaderLine, read.Unknown, said);
    }

    static IResult Refused(string code, string? detail, IReadOnlyList<LineSaid> said) => Results.Json(
        new LinesProblem(ExhibitsText.Of(code), StatusCodes.Status422UnprocessableEntity, code, detail, said), ApiJson.Options, Problem.MediaType, StatusCodes.Status422UnprocessableEntity);
}
