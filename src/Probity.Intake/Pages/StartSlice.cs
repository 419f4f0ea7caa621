using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Intake.Keeping;
using Probity.Intake.Returning;

namespace Probity.Intake.Pages;

/// <summary>The first page, what it can and cannot promise, and the way out.</summary>
internal static class StartSlice
{
    public static void Map(IEndpointRouteBuilder pages, IntakeOptions options)
    {
        pages.MapGet("/", (BookInForce books) => Start(books));
        pages.MapGet("/clerk", (HttpContext http, BookInForce books) => books.Current is null ? Answers.Page<ClosedPage>(status: StatusCodes.Status503ServiceUnavailable)
            : Answers.Page<ClerkPage>(new { IsDone = http.Request.QueryString.Value == "?done" }));
        pages.MapGet("/about", () => Answers.Page<AboutPage>(new { options.Onion }));
    }

    /// <summary>What has no language of its own.</summary>
    public static void MapRoot(IEndpointRouteBuilder root, IntakeOptions options, IntakeFolder folder)
    {
        root.MapGet("/", (BookInForce books) => Start(books));
        root.MapGet("/leave", (HttpContext http, SourceSessions sessions) => Leave(http, sessions, options));
        // By it a proof is checked; whoever keeps a copy of it elsewhere need not believe this server.
        root.MapGet("/vkey", (Probity.Ledger.TransparencyLog log) => Results.Text($"{log.VerifierKey}\n"));
        root.MapGet("/checkpoint", () => folder.ReadPublished() is { } note ? Results.Text(note) : Results.NotFound());
    }

    static IResult Start(BookInForce books) =>
        books.Current is null ? Answers.Page<ClosedPage>(status: StatusCodes.Status503ServiceUnavailable) : Answers.Page<StartPage>();

    // One touch: the session ends here, what the browser kept of these pages goes, and another page is on the screen.
    static IResult Leave(HttpContext http, SourceSessions sessions, IntakeOptions options)
    {
        sessions.End(http);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
        return Answers.SeeOther(http, options.LeaveTo);
    }
}
