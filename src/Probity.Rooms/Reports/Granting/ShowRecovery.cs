using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Keys;
using Probity.Reports.Viewing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Uploads;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Granting;

/// <summary>A recovery key, as the page shows it.</summary>
public sealed record RecoveryKeyLine(string Key, string Fingerprint, string Shares, string Holders, string NamedBy);

/// <summary>A request to open reports with the shares.</summary>
public sealed record RecoveryLine(Guid Id, string For, string AskedBy, string When, string Reports, string Reason, string State, bool MayAnswer, bool MayCarry, bool IsAgreed);

/// <summary>All that the page of recovery shows.</summary>
/// <param name="InForce">The key that reports are sealed for.</param>
/// <param name="Named">The one that waits for a second person.</param>
/// <param name="MayName">Whether they may name one.</param>
/// <param name="MayConfirm">Whether they may agree to the one that waits.</param>
/// <param name="MayAsk">Whether they may ask for a recovery.</param>
/// <param name="Lines">What was asked, the newest first.</param>
/// <param name="People">Whom it can be for.</param>
/// <param name="Typed">What was typed.</param>
/// <param name="Errors">What was refused.</param>
public sealed record RecoverySheet(
    RecoveryKeyLine? InForce, RecoveryKeyLine? Named, bool MayName, bool MayConfirm, bool MayAsk, IReadOnlyList<RecoveryLine> Lines, IReadOnlyList<Choice> People,
    IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>The key that was split, and what was asked of those who hold its shares: for all who have keys.</summary>
internal sealed class ShowRecovery(NameRecoveryKey name, AskRecovery ask, CarryRecovery carry, RecoveryDesk desk, When when)
{
    public const string Address = "/reports/keys/recovery";
    const string Forms = Address + "/{what:regex(^(name|confirm|ask)$)}";
    const string OfOne = Address + "/{id:guid}/";
    const int UploadsPerMinute = 6;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowRecovery show) => await show.ShowAsync(http, null, []));
        pages.MapGet(Forms, () => new SeeOther(Address));
        foreach (var what in (string[])["answer", "request", "back"]) pages.MapGet(OfOne + what, (Guid id) => new SeeOther(Address));
        pages.MapPost(Forms, async (string what, HttpContext http, ShowRecovery show) => await show.TakeAsync(http, what));
        pages.MapPost(OfOne + "answer", async (Guid id, HttpContext http, ShowRecovery show) => await show.AnswerAsync(http, id));
        pages.MapPost(OfOne + "request", async (Guid id, HttpContext http, ShowRecovery show) => await show.DownloadAsync(http, id));
        pages.MapPost(OfOne + "back", async (Guid id, HttpContext http, ShowRecovery show) => await show.BringAsync(http, id)).WithMetadata(new UploadLimit(RecoveryRequest.Longest, UploadsPerMinute));
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var form = await http.Request.ReadFormAsync(cancel);
        var outcome = what switch
        {
            "name" => await name.HandleAsync(person, new(form["name-key"], NumberIn(form["name-needed"]), NumberIn(form["name-shares"]), form["name-holders"]), cancel),
            "confirm" => await name.ConfirmAsync(person, form["confirm-key"], cancel),
            _ => await ask.HandleAsync(person, new(
                ReportForms.ActOf(person, Guid.Empty, "recovery", form["key"]), Guid.TryParseExact(form["ask-for"], "D", out var reader) ? reader : null,
                form["ask-reports"], ReportForms.DayIn(form["ask-before"]), form["ask-reason"]), cancel),
        };
        return await EndAsync(http, what, outcome, ReportForms.TypedIn(form));
    }

    async Task<IResult> AnswerAsync(HttpContext http, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        bool? agrees = form["agrees"].ToString() switch { "yes" => true, "no" => false, _ => null };
        return await EndAsync(http, "answer", await ask.AnswerAsync(SignedInPerson.Of(http.User)!.Value, id, agrees, form["reason"], http.RequestAborted), ReportForms.TypedIn(form));
    }

    async Task<IResult> DownloadAsync(HttpContext http, Guid id)
    {
        var (file, refusal) = await carry.TakeAsync(SignedInPerson.Of(http.User)!.Value, id, http.RequestAborted);
        if (file is null) return await ShowAsync(http, new FieldError("", GrantingText.Of(refusal!.Code)), []);
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(file, "application/json", $"recovery-{ReportForms.Reference(id)}.json");
    }

    async Task<IResult> BringAsync(HttpContext http, Guid id)
    {
        var file = http.Features.Get<UploadedForm>()?.Take("file");
        using var held = file?.Bytes;
        byte[] bytes = [];
        if (file is { Fault: UploadFault.None })
        {
            using var stream = held!.Open();
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }

        return await EndAsync(http, "back", await carry.BringAsync(SignedInPerson.Of(http.User)!.Value, id, bytes, http.RequestAborted), []);
    }

    async Task<IResult> EndAsync(HttpContext http, string what, Outcome outcome, Dictionary<string, string> typed)
    {
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            return new SeeOther(Address);
        }

        var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        return await ShowAsync(http, new FieldError(FieldOf(what, code), GrantingText.Of(code)), typed);
    }

    async Task<IResult> ShowAsync(HttpContext http, FieldError? error, Dictionary<string, string> typed)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var facts = await desk.ReadAsync(person, cancel);
        if (GrantAccess.Refuses(GrantAction.SeeRecovery, facts.On(null)) is not null) return Results.Forbid();
        var (keys, register) = (facts.Keys, facts.Keys.Register);
        bool May(GrantAction action, GrantPlace place) => GrantAccess.Refuses(action, place) is null;
        var sheet = new RecoverySheet(
            LineOf(keys.Recipients.Recovery, keys), LineOf(keys.Recipients.RecoveryNamed, keys), May(GrantAction.NameRecoveryKey, facts.On(null)),
            May(GrantAction.ConfirmRecoveryKey, NameRecoveryKey.On(keys)), keys.Recipients.Recovery is not null && May(GrantAction.AskRecovery, facts.On(null)),
            [
                .. facts.Recoveries.Newest.Select(r => new RecoveryLine(
                    r.Id, register.NameOf(r.Asked.For), register.NameOf(r.AskedBy), when.Moment(r.AskedAt), GrantingText.Say("recovery.reports", r.Asked.Reports.Count), r.Asked.Reason, StateOf(r, register),
                    r.Waits && May(GrantAction.AnswerRecovery, facts.On(r)), May(GrantAction.CarryRecovery, facts.On(r)), r.AgreedIndex is not null)),
            ],
            [.. register.Holders(Role.Integrity, keys.Now).Concat(register.Holders(Role.Overseer, keys.Now)).Distinct().Where(p => facts.KeyOf(p) is not null).Select(p => new Choice(p.ToString("D"), register.NameOf(p)))],
            typed, error is null ? [] : [error]);
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<RecoveryPage>(new { Sheet = sheet }, error is null ? null : StatusCodes.Status422UnprocessableEntity);
    }

    static RecoveryKeyLine? LineOf(RecoveryKey? key, KeyFacts facts) => key is null ? null : new RecoveryKeyLine(
        key.Public, SealingPublicKey.Parse(key.Public).Fingerprint, GrantingText.Say("recovery.of", key.Needed, key.Shares), key.Holders, GrantingText.Say("recovery.named-by", facts.Register.NameOf(key.NamedBy)));

    string StateOf(Recovery recovery, Register register) => recovery switch
    {
        { ReturnedBy: { } by } => $"{GrantingText.Say("identity.state-returned", register.NameOf(by))} {recovery.ReturnedWhy}",
        { AgreedBy: { } by, AgreedAt: { } at } => GrantingText.Say("recovery.state-agreed", register.NameOf(by), when.Moment(at), recovery.Back.Count),
        _ => GrantingText.Of("identity.state-waits"),
    };

    static int? NumberIn(string? typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string FieldOf(string what, string code) => code switch
    {
        NameRecoveryKey.KeyUnfit => "name-key",
        NameRecoveryKey.SharesUnfit => "name-needed",
        NameRecoveryKey.HoldersMissing => "name-holders",
        AskRecovery.GranteeUnfit when what == "ask" => "ask-for",
        AskRecovery.ReportsMissing or AskRecovery.ReportUnknown or AskRecovery.TooMany => "ask-reports",
        ChangeKeys.ReasonMissing or ChangeKeys.ReasonUnfit when what == "ask" => "ask-reason",
        _ => "",
    };
}
