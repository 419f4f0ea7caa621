using System.CodeDom.Compiler;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Tests.Access;

namespace Probity.Tests.Shared;

/// <summary>What is true of every route.</summary>
public sealed class RouteTests
{
    /// <summary>
    /// The generator of request delegates writes each route's code when the project is built. What it cannot see, such as a lambda in a .razor file, would be compiled by every server as it starts: that made
    /// up most of a second.
    /// </summary>
    [Fact]
    public async Task None_is_compiled_when_the_server_starts()
    {
        await using var host = await StaffHost.StartAsync();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(routes.Count > 500, $"{routes.Count} routes");
        Assert.Empty(routes.Where(r => !r.Metadata.OfType<GeneratedCodeAttribute>().Any()).Select(r => r.RoutePattern.RawText));
    }
}
