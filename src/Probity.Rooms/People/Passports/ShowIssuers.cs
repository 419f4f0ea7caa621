using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Uploads;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>An issuer: the house's own, one that is trusted, or one that waits for a second person.</summary>
public sealed record IssuerLine(Guid Id, string Name, string Fingerprint, string Key, string State, Tone Tone, string? ListState, string? By);

/// <summary>All issuers, and the form for another.</summary>
public sealed record IssuersSheet(IssuerLine Own, IReadOnlyList<IssuerLine> Others, bool MayPropose, string? Typed, IReadOnlyList<FieldError> Errors);

/// <summary>One issuer and what the reader may do with it.</summary>
public sealed record IssuerSheet(IssuerLine Line, bool MayAgree, bool MayEnd, bool MayTakeList, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>The issuers whose passports are believed here: their keys, brought and agreed to by two people, and their lists.</summary>
internal sealed class ShowIssuers(PassportDesk desk, TrustIssuer trust, TakeList take, PassportKeys keys, When when)
{
    public const string Address = "/vetting/issuers";

    static readonly UploadLimit s_limit = new(RevokedList.Longest + 2, PerMinute: 20);

    /// <summary>The page of an issuer.</summary>
    public static string AddressOf(Guid id) => $"{Address}/{id:D}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowIssuers show) => Sees(http) ? await show.ShowAsync(http, null, null) : Results.Forbid());
        pages.MapPost(Address, async (HttpContext http, ShowIssuers show) => Sees(http) ? await show.ProposeAsync(http) : Results.Forbid());
        pages.MapGet(Address + "/{id:guid}", async (Guid id, HttpContext http, ShowIssuers show) => Sees(http) ? await show.ShowOneAsync(http, id, null, null) : Results.Forbid());
        pages.MapGet(Address + "/{id:guid}/{what:regex(^(agree|end)$)}", (Guid id) => new SeeOther(AddressOf(id)));
        pages.MapGet(Address + "/{id:guid}/list", (Guid id) => new SeeOther(AddressOf(id)));
        pages.MapPost(Address + "/{id:guid}/{what:regex(^(agree|end)$)}", async (Guid id, string what, HttpContext http, ShowIssuers show) => Sees(http) ? await show.TakeAsync(http, id, what) : Results.Forbid());
        pages.MapPost(Address + "/{id:guid}/list", async (Guid id, HttpContext http, ShowIssuers show) => Sees(http) ? await show.TakeAsync(http, id, "list") : Results.Forbid()).WithMetadata(s_limit);
    }

    static bool Sees(HttpContext http) => PassportAccess.Serves(PassportAction.SeeIssuers, http.User);

    async Task<IResult> ProposeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (issuer, key) = (Guid.CreateVersion7(), form["key"].ToString());
        var outcome = await trust.HandleAsync(SignedInPerson.Of(http.User)!.Value, new TrustIssuer.Proposal(issuer, key, form["compared"] == "yes"), http.RequestAborted);
        return outcome is Outcome.Done ? new SeeOther(AddressOf(issuer)) : await ShowAsync(http, outcome, key);
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var (yes, text) = (form["answer"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null }, form["text"].ToString());
        var outcome = what switch
        {
            "agree" => await trust.HandleAsync(person, new TrustIssuer.Answer(id, yes, form["compared"] == "yes", text), cancel),
            "end" => await trust.HandleAsync(person, new TrustIssuer.Ending(id, text), cancel),
            _ => await take.HandleAsync(person, new TakeList.Command(id, await ReadListAsync(http)), cancel),
        };
        if (outcome is not Outcome.Done) return await ShowOneAsync(http, id, outcome, new Dictionary<string, string> { ["answer"] = form["answer"].ToString(), ["text"] = text, ["compared"] = form["compared"].ToString(), ["what"] = what });
        return new SeeOther((await desk.ReadAsync(cancel)).Issuers.ContainsKey(id) ? AddressOf(id) : Address);
    }

    static async Task<string?> ReadListAsync(HttpContext http)
    {
        if (http.Features.Get<UploadedForm>()?.Take("file") is not { } file) return null;
        using var bytes = file.Bytes;
        if (file.Fault != UploadFault.None) return "-";
        await using var stream = bytes.Open();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    async Task<IResult> ShowAsync(HttpContext http, Outcome? refused, string? typed)
    {
        var facts = await desk.FactsAsync(SignedInPerson.Of(http.User)!.Value, Guid.Empty, null, http.RequestAborted);
        var own = new IssuerLine(Guid.Empty, keys.Verifier.Name, PassportResult.FingerprintOf(keys.Verifier), keys.Verifier.ToString(), PassportText.Of("issuer.own"), Tone.Info, null, null);
        return Rendered.Page<IssuersPage>(new
        {
            Sheet = new IssuersSheet(
                own, [.. facts.Book.Issuers.Values.OrderBy(i => i.Key.Name, StringComparer.Ordinal).Select(i => LineOf(i, facts))], PassportAccess.Refuses(PassportAction.ProposeIssuer, facts) is null, typed, Errors(refused, "")),
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<IResult> ShowOneAsync(HttpContext http, Guid id, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        var facts = await desk.FactsAsync(SignedInPerson.Of(http.User)!.Value, Guid.Empty, id, http.RequestAborted);
        if (facts.Issuer is not { } issuer) return refused is null ? Results.NotFound() : new SeeOther(Address);
        var waits = issuer.Since is null;
        return Rendered.Page<IssuerPage>(new
        {
            Sheet = new IssuerSheet(
                LineOf(issuer, facts), waits && May(PassportAction.AgreeToIssuer), !waits && May(PassportAction.EndIssuer), !waits && May(PassportAction.TakeList), typed ?? new Dictionary<string, string>(),
                Errors(refused, typed?.GetValueOrDefault("what") ?? "")),
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

        bool May(PassportAction action) => PassportAccess.Refuses(action, facts) is null;
    }

    IssuerLine LineOf(TrustedIssuer issuer, PassportFacts facts)
    {
        var list = issuer.List is { } text ? RevokedList.Open(text, issuer.Key) : null;
        return new IssuerLine(
            issuer.Id, issuer.Key.Name, PassportResult.FingerprintOf(issuer.Key), issuer.Key.ToString(), PassportText.Of(issuer.Since is null ? "issuer.waits" : "issuer.trusted"),
            issuer.Since is null ? Tone.Attention : Tone.Good,
            issuer.Since is null ? null : list is null ? PassportText.Of("list.none") : PassportText.Say(facts.Now < list.Next ? "list.good" : "list.stale", when.Moment(list.Next)),
            issuer.AgreedBy is { } second ? PassportText.Say("issuer.by-two", facts.Register.NameOf(issuer.By), facts.Register.NameOf(second)) : PassportText.Say("issuer.by-one", facts.Register.NameOf(issuer.By)));
    }

    static IReadOnlyList<FieldError> Errors(Outcome? refused, string what)
    {
        if (refused is null) return [];
        var code = (refused as Outcome.Refused)?.Refusal.Code;
        var field = code switch
        {
            TrustIssuer.KeyWrong or TrustIssuer.KeyOwn or TrustIssuer.KeyKnown => "key",
            TrustIssuer.NotCompared => "compared",
            TakeList.Missing or TakeList.Wrong or TakeList.Older or TakeList.Future => "file",
            DecideClearance.AnswerMissing => "answer",
            VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => what.Length > 0 ? "text" : "",
            _ => "",
        };
        return [new FieldError(field, PassportText.Of(code ?? Answers.Stale))];
    }
}
