using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Probity.Access.Contract;
using Probity.Lens;
using Probity.Shared;
using Probity.Shared.Uploads;
using Probity.Shared.Web;

namespace Probity.Procedures.Checking;

/// <summary>What every page of a check needs: whose it is, its answers, and work on files that is bounded and says why it failed.</summary>
internal sealed class CheckDesk(CheckStore store, CheckLimits limits, TimeProvider time, IStringLocalizer<CheckingText> text, ILogger<CheckDesk> logger) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Apart from the turns of whole checks, or somebody's long one would keep everybody from uploading.
    readonly SemaphoreSlim _reading = new(limits.AtOnce);

    /// <summary>The turns that work takes; whoever holds one keeps the others waiting.</summary>
    internal SemaphoreSlim Turns { get; } = new(limits.AtOnce);

    public CheckLimits Limits => limits;

    public CheckStore Store => store;

    public IStringLocalizer<CheckingText> Text => text;

    /// <summary>Begins the work that was ordered.</summary>
    public CheckJob Begin(CheckOrder order) => CheckJob.Begin(order, limits, Turns, time, logger);

    /// <summary>
    /// Answers for a check of the person who asks; 404 where they have none of this token. One that is over, because it was not used
    /// for a while, leads to the first page, which says so.
    /// </summary>
    public async Task<IResult> ForAsync(HttpContext http, string token, Func<RegisterCheck, Task<IResult>> answer) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : store.Find(person, token) is { } check ? await answer(check)
        : HttpMethods.IsGet(http.Request.Method) && !http.Request.Path.Value!.Contains('.', StringComparison.Ordinal) ? SeeOther(http, "/check?over=1")
        : Results.NotFound();

    /// <summary>303 to a page.</summary>
    public static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page, with 422 where something on it was refused.</summary>
    public static IResult Page<TPage>(object parameters, IReadOnlyList<FieldError>? errors = null) where TPage : IComponent =>
        Rendered.Page<TPage>(parameters, errors is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>Takes the file of a field, or says what is wrong with it.</summary>
    public UploadedFile? Take(HttpContext http, string field, long most, out FieldError? error)
    {
        error = null;
        if (http.Features.Get<UploadedForm>()?.Take(field) is not { } file) return null;
        var key = file.Fault switch
        {
            UploadFault.TooLarge => "File.TooLarge",
            UploadFault.NoRoom => "File.NoRoom",
            _ when file.Bytes.Length == 0 => "File.Empty",
            _ when file.Bytes.Length > most => "File.TooLarge",
            _ => null,
        };
        if (key is null) return file;
        file.Bytes.Dispose();
        error = new FieldError(field, text[key, most >> 20]);
        return null;
    }

    /// <summary>
    /// Does a piece of work on a file in its turn, in bounded time. A refusal comes back as an error at a field: our sentence, and below
    /// it what the reader of the file says.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="field">The field that it is about.</param>
    /// <param name="lead">The key of our sentence.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="place">Where what the reader says belongs to another field, with a sentence of its own.</param>
    public async Task<(T? Done, FieldError? Error)> TryAsync<T>(
        Func<CancellationToken, T> work, string field, string lead, CancellationToken cancel, Func<string, (string Field, string Lead)>? place = null) where T : class
    {
        if (!await _reading.WaitAsync(Patience, cancel)) return (null, new FieldError(field, text["File.NoRoom"]));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return (await Task.Run(() => work(limit.Token), limit.Token), null);
        }
        catch (BadInputException e)
        {
            if (place is not null) (field, lead) = place(e.Message);
            return (null, new FieldError(field, text[lead]) { Detail = FaultText.Detail(e) });
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, new FieldError(field, text["File.TooSlow"]));
        }
        catch (ObjectDisposedException)
        {
            return (null, new FieldError("", text["Over"]));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            FaultText.Log(logger, e);
            return (null, new FieldError(field, text["Failed.Server"]));
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        Turns.Dispose();
        _reading.Dispose();
    }
}
