using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Procedures.Beginning;
using Probity.Procedures.Comparing;
using Probity.Procedures.Deviating;
using Probity.Procedures.Drafting;
using Probity.Procedures.Publishing;
using Probity.Procedures.Reviewing;
using Probity.Procedures.ViewingSops;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Procedures;

/// <summary>The procedures as living files: begun, drafted, reviewed, approved, put in force, compared.</summary>
internal static class SopPages
{
    /// <summary>Somebody else wrote first.</summary>
    public const string Stale = "procedures.stale";

    /// <summary>The field of every form that says which state of the procedure it was made from.</summary>
    public const string VersionField = "version";

    public static IServiceCollection AddSops(this IServiceCollection services) => services
        .AddSopDecisions()
        .AddSingleton<IView, SopView>().AddSingleton<IView, DeviationView>()
        .AddScoped<ShowSops>().AddScoped<ShowSop>().AddScoped<ShowVersion>().AddScoped<DrawDraft>().AddScoped<CompareVersions>()
        .AddScoped<INextSteps, SopNextSteps>()
        .AddScoped<ShowDeviations>().AddScoped<INextSteps, DeviationNextSteps>()
        .AddNavigation<SopText>("sops", "/procedures/sops", 18, "Sops.Title", user => SopAccess.Has(user, SopAction.View));

    /// <summary>What decides, without pages: a sample is made with it.</summary>
    public static IServiceCollection AddSopDecisions(this IServiceCollection services) => services
        .AddSingleton<SopDesk>().AddSingleton<BeginSop>().AddSingleton<DraftVersion>().AddSingleton<ChangeDraft>().AddSingleton<SubmitDraft>()
        .AddSingleton<ReviewRisk>().AddSingleton<ApproveVersion>().AddSingleton<ReturnVersion>().AddSingleton<PublishVersion>()
        .AddSingleton<DeviationDesk>().AddSingleton<RecordDeviation>().AddSingleton<AnswerDeviation>().AddSingleton<TakeStep>();

    public static void Map(IEndpointRouteBuilder pages)
    {
        ShowSops.Map(pages);
        ShowSop.Map(pages);
        ShowVersion.Map(pages);
        DrawDraft.Map(pages);
        CompareVersions.Map(pages);
        ShowDeviations.Map(pages);
    }

    /// <summary>Answers for the person who asks.</summary>
    public static async Task<IResult> ForAsync(HttpContext http, Func<Guid, Task<IResult?>> answer) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized() : await answer(person) ?? Results.NotFound();

    /// <summary>303: the next page is read with GET.</summary>
    public static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The state of the procedure that a form was made from; null where it does not say.</summary>
    public static long? Seen(IFormCollection form) => long.TryParse(form[VersionField], out var version) ? version : null;
}
