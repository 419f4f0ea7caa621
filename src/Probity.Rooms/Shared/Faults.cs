using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Shared.Stopping;
using Probity.Shared.Web;

namespace Probity.Shared;

/// <summary>
/// Refusals and faults without a page of their own get one in the shell, with a number to quote and no detail; a program gets
/// a problem.
/// </summary>
internal static class Faults
{
    const string RetrySeconds = "60";
    const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    internal static async Task Catch(HttpContext context, RequestDelegate next)
    {
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Probity.Faults");
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            var incident = NewIncident();
            var status = fault switch
            {
                AntiforgeryValidationException => 400,
                BadHttpRequestException bad => bad.StatusCode,
                SigningStoppedException => 503,
                _ => 500,
            };
            var isStore = fault is StoreFaultException;
            if (isStore) status = StatusCodes.Status503ServiceUnavailable;
            var stopped = fault as SigningStoppedException;
            // A full disk is told in one line that says what to do; where in the program it was met says nothing more.
            if (isStore || stopped is not null) log.LogError("Incident {Incident}: {Fault}", incident, fault.Message);
            else if (status >= 500) log.LogError(fault, "Incident {Incident}", incident);
            else log.LogInformation(fault, "Incident {Incident}: {Status}", incident, status);
            context.Response.Clear();
            PageProtection.Set(context.Response.Headers);
            if (isStore) context.Response.Headers.RetryAfter = RetrySeconds;
            await Show(context, status, incident, isStore, stopped is not null);
            return;
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0, ContentType: null } && !HttpMethods.IsHead(context.Request.Method))
        {
            var incident = NewIncident();
            log.LogInformation("Incident {Incident}: {Status}", incident, response.StatusCode);
            await Show(context, response.StatusCode, incident);
        }
    }

    static async Task Show(HttpContext context, int status, string incident, bool isStore = false, bool isStopped = false)
    {
        context.Response.StatusCode = status;
        if (ForPrograms.Asked(context.Request))
        {
            await (isStore ? Problem.Store : Problem.Of(status)).ToResult().ExecuteAsync(context);
            return;
        }

        // A page that broke while it was drawn leaves its renderer in use, so this one gets services of its own.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            if (isStopped && scope.ServiceProvider.GetService<RecordStop>() is { } record)
            {
                await StopPages.Page(record.Sheet(incident)).ExecuteAsync(context);
                return;
            }

            await Rendered.Page<ErrorPage>(new Dictionary<string, object?> { ["Status"] = status, ["Incident"] = incident, ["IsStore"] = isStore }, status).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    static string NewIncident() => RandomNumberGenerator.GetString(Alphabet, 8);
}
