using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>Passports of clearances: all that the room of people sees of them.</summary>
internal static class PassportRoom
{
    /// <summary>Adds the commands. The host gives the keys beside the log, the register and the policy pack.</summary>
    public static IServiceCollection AddPassports(this IServiceCollection services) => services
        .AddSingleton<FoldedStream<PassportBook>>().AddSingleton<PassportDesk>().AddSingleton<AskPassport>().AddSingleton<IssuePassport>().AddSingleton<RevokePassport>().AddSingleton<TrustIssuer>().AddSingleton<TakeList>()
        .AddSingleton<RevokedLists>().AddSingleton<CheckPassport>();

    /// <summary>Adds the pages.</summary>
    public static IServiceCollection AddPassportPages(this IServiceCollection services) => services
        .AddScoped<ShowPassports>().AddScoped<ShowPassport>().AddScoped<ShowPassportRequest>().AddScoped<ShowPassportCheck>().AddScoped<ShowIssuers>().AddScoped<INextSteps, PassportNextSteps>();

    /// <summary>Maps the pages, the API, and what anybody may fetch.</summary>
    public static void MapPassports(this IEndpointRouteBuilder routes, IEndpointRouteBuilder pages)
    {
        ShowPassports.Map(pages);
        ShowPassport.Map(pages);
        ShowPassportRequest.Map(pages);
        ShowPassportCheck.Map(pages);
        ShowIssuers.Map(pages);
        PassportApi.Map(routes);
        PublishPassports.Map(routes);
    }
}
