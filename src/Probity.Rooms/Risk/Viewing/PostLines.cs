using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Risk.Naming;
using Probity.Shared;

namespace Probity.Risk.Viewing;

/// <summary>The posts of a risk on its page: which they are, whether they are marked as sensitive where that is due, and the boxes by which they are named.</summary>
internal sealed class PostLines(ISensitivePosts sensitive, IRegister registers, PostTitles titles, When when)
{
    // Of a larger unit one types what has no box.
    const int MostBoxes = 100;

    public async ValueTask<RiskSheet> FillAsync(RiskSheet sheet, RiskFacts facts, RatedRisk risk, CancellationToken cancel)
    {
        var (assessment, policy, actor, register, now) = facts;
        // Who answers for one control or treatment reads that one.
        if (!assessment.IsRated || !(sheet.SeesAssessment || risk.Owner == actor.Person)) return sheet;
        var (known, named, asks) = (await sensitive.ReadAsync(cancel), assessment.PostsOf(risk.Key), NamePosts.AsksForMark(risk.Inherent));
        sheet = sheet with
        {
            Posts = [.. named.Where(n => register.Posts.ContainsKey(n.Key)).Select(n => LineOf(PostTitles.TitleOf(register.Posts[n.Key], register), n.Key, NamePosts.DueOf(assessment.ConsolidatedAt!.Value, n.Value, policy)))
                .OrderBy(l => l.Post, StringComparer.CurrentCulture)],
            NoPosts = asks && named.Count == 0 ? LineOf(RiskText.Of("posts.none"), null, NamePosts.DueOf(assessment.ConsolidatedAt!.Value, null, policy)) : null,
        };
        return RiskAccess.Refuses(RiskAction.NamePosts, facts) is null ? Offer(sheet, assessment, register, named) : sheet;

        PostLine LineOf(string title, Guid? post, DateTimeOffset due) =>
            post is { } marked && known.Marked.Contains(marked) ? new PostLine(title, RiskText.Of("posts.marked"), Tone.Good)
            : !asks ? new PostLine(title, null, Tone.Neutral)
            : due < now ? new PostLine(title, RiskText.Say(post is null ? "posts.none-overdue" : "posts.overdue", when.Day(due)), Tone.Urgent)
            : post is { } waiting && known.Asked.Contains(waiting) ? new PostLine(title, RiskText.Of("posts.asked"), Tone.Info)
            : new PostLine(title, RiskText.Say(post is null ? "posts.none-due" : "posts.due", when.Day(due)), Tone.Attention);
    }

    RiskSheet Offer(RiskSheet sheet, RiskAssessment assessment, Register register, IReadOnlyDictionary<Guid, DateTimeOffset> named)
    {
        var offered = titles.First(register, p => register.IsWithin(p.Unit, assessment.Unit));
        var boxes = offered.Take(MostBoxes).Select(p => (p.Title, p.Post.Id)).Concat(named.Keys.Where(register.Posts.ContainsKey).Select(p => (Title: PostTitles.TitleOf(register.Posts[p], register), Id: p))).DistinctBy(p => p.Id);
        return sheet with
        {
            MayNamePosts = true, PostChoices = [.. boxes.OrderBy(p => p.Title, StringComparer.CurrentCulture).Select(p => new Choice(p.Id.ToString("D"), p.Title))],
            Ticked = sheet.Typed.ContainsKey("posts-reason") ? (sheet["posts-post"] ?? "").Split(',') : [.. named.Keys.Select(p => p.ToString("D"))],
            MorePosts = [.. offered.Skip(MostBoxes).Select(p => p.Title)],
        };
    }

    /// <summary>The post that was typed; an id of none where there is none of that title; null where nothing was typed.</summary>
    public async ValueTask<Guid?> TypedAsync(string? typed, CancellationToken cancel) =>
        string.IsNullOrWhiteSpace(typed) ? null : titles.Find(await registers.ReadAsync(cancel), typed) ?? Guid.Empty;
}
