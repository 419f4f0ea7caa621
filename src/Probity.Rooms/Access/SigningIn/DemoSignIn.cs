using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Web;
using Probity.Shared.Record;
using Probity.Shared.Stopping;
using Probity.Shared.Views;

namespace Probity.Access.SigningIn;

/// <summary>
/// Links that sign in, for a demo on one's own machine and nothing else: they live in memory, and outside a demo neither
/// they nor their route exist.
/// </summary>
internal sealed class DemoSignIn
{
    readonly ConcurrentDictionary<string, Guid> _people = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Guid, string> _tokens = new();

    /// <summary>A token for each person; the link is <c>/demo/sign-in/{token}</c>. Good for as long as the process runs.</summary>
    public IReadOnlyDictionary<Guid, string> Issue(IEnumerable<Guid> people) => people.Distinct().ToDictionary(p => p, Issue);

    /// <summary>Where a person's link leads.</summary>
    public string PathOf(Guid person) => "/demo/sign-in/" + Issue(person);

    public bool Knows(Guid person) => _people.Values.Contains(person);

    string Issue(Guid person)
    {
        var token = _tokens.GetOrAdd(person, _ => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        _people[Key(token)] = person;
        return token;
    }

    // Looked up by its hash: how long a look-up takes says nothing about a token.
    static string Key(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/demo").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/sign-in/{token}", SignInAsync).OnlyWhileRecording();
        ShowDemo.Map(pages);
    }

    static async Task<IResult> SignInAsync(
        string token, HttpContext context, DemoSignIn demo, Clerk clerk, IRegister registers, TimeProvider time, CancellationToken cancel)
    {
        if (!demo._people.TryGetValue(Key(token), out var person)) return Results.NotFound();
        var filed = await SignIns.FileAsync(clerk, registers, person, "demo", time.GetUtcNow(), null, cancel);
        if (filed is Outcome.Refused(var refusal, _)) return SignIn.ShowShutOut(refusal.Code);
        if (filed is Outcome.Done done) context.Wrote(done.Index);
        await Sessions.BeginAsync(context, person, null, time.GetUtcNow());
        return new SeeOther("/");
    }
}
