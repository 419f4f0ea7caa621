using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Reports.Notifying;

/// <summary>Tells those who handle reports that they have no key for their daily notice, or one that ends within 30 days.</summary>
internal sealed class NoticeNextSteps(SetNoticeKey notices, Mailing mailing, When when, TimeProvider time) : INextSteps
{
    const int WarnedDays = 30;

    public bool Serves(ClaimsPrincipal person) => mailing.Server is not null && ShowNotices.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        if ((await notices.ReadAsync(id, cancel)).Own.Set is not { } set) return [Step("missing", null)];
        if (NoticeKey.Read(set.Key, now) is not { } key) return [Step("over", null)];
        return key.Expires is { } end && end - now <= TimeSpan.FromDays(WarnedDays) ? [Step("expires", end, when.Day(end))] : [];
    }

    static NextStep Step(string key, DateTimeOffset? due, params object?[] words) =>
        new(NoticesText.Of($"next.{key}"), NoticesText.Say($"next.{key}.why", words), NoticesText.Of("next.do"), ShowNotices.Address, due);
}
