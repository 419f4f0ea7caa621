using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Probity.Tests.Access;

/// <summary>What the API answers somebody who is signed in: the body of what may be read, the status of a call, the code of a refusal.</summary>
internal static class ApiAnswers
{
    public static async Task<JsonElement> ReadAsync(Browser who, string path)
    {
        var answer = await who.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<int> StatusAsync(Browser who, string path, object body) => (int)(await who.PostJsonAsync(path, body)).StatusCode;

    public static async Task<string?> CodeAsync(Browser who, string path, object body) => (await (await who.PostJsonAsync(path, body)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
