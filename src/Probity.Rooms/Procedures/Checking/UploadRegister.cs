using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>The first page: what will happen, and the register's file.</summary>
/// <param name="Limit">The most megabytes of a file.</param>
/// <param name="Events">The most events of a register.</param>
/// <param name="Minutes">How many minutes a register is held without use.</param>
/// <param name="Open">A check that is under way: the address to go on at, and the file's name.</param>
/// <param name="Notice">What has just happened.</param>
public sealed record UploadSheet(long Limit, int Events, int Minutes, Link? Open, string? Notice)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Takes the register's file.</summary>
internal static class UploadRegister
{
    public const string Field = "register";

    public static void Map(IEndpointRouteBuilder pages, CheckLimits limits)
    {
        pages.MapGet("", (HttpContext http, CheckDesk desk) => Show(http, desk));
        pages.MapPost("", UploadAsync).WithMetadata(new UploadLimit(limits.RegisterBytes, limits.UploadsPerMinute));
        pages.MapGet("/{token}/end", (HttpContext http) => CheckDesk.SeeOther(http, "/check"));
        pages.MapPost("/{token}/end", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check =>
        {
            desk.Store.End(check.Person);
            return Task.FromResult(CheckDesk.SeeOther(http, "/check?ended=1"));
        }));
    }

    static IResult Show(HttpContext http, CheckDesk desk, FieldError? error = null)
    {
        var open = SignedInPerson.Of(http.User) is { } person ? desk.Store.Of(person) : null;
        var notice = error is not null ? null
            : http.Request.Query.ContainsKey("ended") ? desk.Text["Ended"].Value
            : http.Request.Query.ContainsKey("over") ? desk.Text["Over"].Value
            : null;
        IReadOnlyList<FieldError> errors = error is null ? [] : [error];
        return CheckDesk.Page<UploadRegisterPage>(new
        {
            Sheet = new UploadSheet(
                desk.Limits.RegisterBytes >> 20, desk.Limits.Events, (int)desk.Limits.Life.TotalMinutes,
                open is null ? null : new Link(open.Path(CheckStep.Newest(open)), open.File.Name), notice) { Errors = errors },
        }, errors);
    }

    // The commonest of what people have that is no register yet, with what to do in their language.
    static (string Field, string Lead) PlaceOf(string message) =>
        (Field, message.Contains("an old workbook (.xls)", StringComparison.Ordinal) ? "Register.Old" : "Register.Unreadable");

    static async Task<IResult> UploadAsync(HttpContext http, CheckDesk desk)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (desk.Take(http, Field, desk.Limits.RegisterBytes, out var error) is not { } file)
            return Show(http, desk, error ?? new FieldError(Field, desk.Text["File.Missing"]));
        var (look, refused) = await desk.TryAsync(cancel => RegisterLook.Of(file, null, cancel), Field, "Register.Unreadable", http.RequestAborted, PlaceOf);
        if (look is not null && desk.Store.Begin(person, file, look) is { } check) return CheckDesk.SeeOther(http, check.Path(CheckStep.Columns));
        file.Bytes.Dispose();
        return Show(http, desk, refused ?? new FieldError(Field, desk.Text["File.NoRoom"]));
    }
}
