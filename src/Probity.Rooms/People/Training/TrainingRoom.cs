using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.People.Training;

/// <summary>Competences and training: all that a host sees of this part of the room.</summary>
internal static class TrainingRoom
{
    /// <summary>Adds the commands. The host gives the log, the register and the policy pack.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<Catalogue>>().AddSingleton<IPostRequirements, TrainedForPost>()
        .AddSingleton<TrainingDesk>().AddSingleton<AddCompetence>().AddSingleton<OfferCourse>().AddSingleton<AskOfPost>().AddSingleton<AssessCompetence>().AddSingleton<AttendCourse>();

    /// <summary>Adds the list and the pages.</summary>
    public static IServiceCollection AddTrainingPages(this IServiceCollection services) => services
        .AddSingleton<IView, TrainingView>().AddScoped<Trainings>().AddScoped<ShowTraining>().AddScoped<ShowMatrix>().AddScoped<ShowCourses>().AddScoped<ShowAsked>()
        .AddScoped<INextSteps, TrainingNextSteps>()
        .AddScoped<Risk.Contract.IRiskSignals, TrainingSignal>()
        .AddNavigation<TrainingText>("training", "/training", 51, "nav", TrainingAccess.Serves);

    /// <summary>Maps the pages and the API.</summary>
    public static IEndpointRouteBuilder MapTraining(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        ShowTraining.Map(pages);
        ShowMatrix.Map(pages);
        ShowCourses.Map(pages);
        ShowAsked.Map(pages);
        TrainingApi.Map(routes);
        return routes;
    }
}
