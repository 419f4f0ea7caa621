using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>One passport. <see cref="Text"/>, its picture and the code are there for its holder alone, while it counts.</summary>
public sealed record PassportSheet(string Token, string Name, string Level, DateTimeOffset From, DateTimeOffset Until, string Issuer, string Fingerprint, string State, Tone Tone, bool IsOwn, bool MayRevoke)
{
    /// <summary>The token as it is shown and scanned.</summary>
    public string? Text { get; init; }

    /// <summary>The QR code: the side of its square, and the path of its dark fields.</summary>
    public (int Side, string Path)? Picture { get; init; }

    /// <summary>The code with which a counterpart compares name and document.</summary>
    public string? Code { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>A passport for its holder's phone, and to print; and the way to revoke it.</summary>
internal sealed class ShowPassport(PassportDesk desk, RevokePassport revoke, RevokedLists lists, PassportKeys keys)
{
    const string Route = ShowPassports.Address + "/{token:regex(^[A-Za-z0-9_-]{{22}}$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (string token, HttpContext http, ShowPassport show) => ClearanceAccess.Serves(http.User) ? await show.ShowAsync(http, token, null) : Results.Forbid());
        pages.MapPost(Route, async (string token, HttpContext http, ShowPassport show) => ClearanceAccess.Serves(http.User) ? await show.TakeAsync(http, token) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, string token)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await revoke.HandleAsync(SignedInPerson.Of(http.User)!.Value, new RevokePassport.Command(token, PeopleText.Named<PassportRevocation>(form["why"])), http.RequestAborted);
        return outcome is Outcome.Done ? new SeeOther($"{ShowPassports.Address}/{token}") : await ShowAsync(http, token, outcome);
    }

    async Task<IResult> ShowAsync(HttpContext http, string token, Outcome? refused)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        if (!(await desk.ReadAsync(cancel)).Passports.TryGetValue(token, out var passport)) return Results.NotFound();
        var (said, own) = (passport.Said, passport.Said.Person == person);
        // Who may neither revoke it nor has it learns not even that it is there.
        if (!own && !PassportAccess.Serves(PassportAction.List, http.User)) return Results.NotFound();
        var facts = await desk.FactsAsync(person, said.Person, null, cancel);
        var state = await lists.StateOfAsync(passport, cancel);
        var counts = state == PassportState.Counts;
        var text = own && counts ? keys.TextOf(passport) : null;
        var code = (refused as Outcome.Refused)?.Refusal.Code;
        return Rendered.Page<PassportPage>(new
        {
            Sheet = new PassportSheet(
                token, facts.Register.NameOf(said.Person), PeopleText.Of("level." + PeopleText.Camel(said.Level)), said.From, said.Until, passport.Issuer,
                PassportResult.FingerprintOf(Ledger.Formats.VerifierKey.Parse(said.Key)), PassportText.Of("state." + PeopleText.Camel(state)), ShowPassports.ToneOf(state), own,
                passport.Revoked is null && facts.Now < said.Until && PassportAccess.Refuses(PassportAction.Revoke, facts) is null)
            {
                Text = text, Picture = text is null ? null : QrPicture.Draw(text), Code = text is not null && passport.Code is { } kept ? HolderMark.Shown(kept) : null,
                Errors = refused is null ? [] : [new FieldError(code == RevokePassport.WhyMissing ? "why" : "", PassportText.Of(code ?? Answers.Stale))],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
