using Microsoft.EntityFrameworkCore;
using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.ViewingRisks;
using Probity.Shared;

namespace Probity.Risk.Naming;

/// <summary>A post that a rated risk names; without a post, that a high or critical risk names none.</summary>
internal sealed record NamedPost(Guid Assessment, string Number, string Scenario, Guid? Post, bool IsHigh, DateTimeOffset Due);

/// <summary>The posts that rated risks name, from the lists.</summary>
internal sealed class PostRisks(DbContext views, Risks risks, ISensitivePosts sensitive, IPolicies policies) : IPostRisks
{
    IQueryable<AssessmentRow> Rated => views.Set<AssessmentRow>().AsNoTracking()
        .Where(a => a.Stage == AssessmentStage.Consolidated || a.Stage == AssessmentStage.Challenged || a.Stage == AssessmentStage.Active);

    IQueryable<NamedPostRow> Posts => views.Set<NamedPostRow>().AsNoTracking().Where(p => p.Named);

    public async ValueTask<IReadOnlyList<PostRisk>> UnmarkedAsync(Guid reader, CancellationToken cancel) =>
        await ToldAsync(reader, await UnmarkedAsync(await sensitive.ReadAsync(cancel), cancel), cancel);

    public async ValueTask<IReadOnlyList<PostRisk>> OfAsync(Guid reader, IReadOnlyCollection<Guid> posts, CancellationToken cancel)
    {
        if (posts.Count == 0) return [];
        Guid[] asked = [.. posts];
        return await ToldAsync(reader, await NamedAsync(Posts.Where(p => asked.Contains(p.Post)), 0, cancel), cancel);
    }

    /// <summary>The posts that high and critical risks name and that are not marked, the first due first.</summary>
    internal async Task<IReadOnlyList<NamedPost>> UnmarkedAsync(SensitivePosts known, CancellationToken cancel) =>
        [.. (await NamedAsync(Posts, RiskMatrix.High, cancel)).Where(n => !known.Marked.Contains(n.Post!.Value)).OrderBy(n => n.Due).ThenBy(n => n.Post)];

    /// <summary>The high and critical risks that name no post, the first due first.</summary>
    internal async Task<IReadOnlyList<NamedPost>> NamelessAsync(CancellationToken cancel)
    {
        var found = await views.Set<RiskRow>().AsNoTracking().Where(r => r.InherentLikelihood * r.InherentImpact >= RiskMatrix.High)
            .Where(r => !Posts.Any(p => p.Assessment == r.Assessment && p.Scenario == r.Scenario))
            .Join(Rated, r => r.Assessment, a => a.Id, (r, a) => new { r.Assessment, a.Number, r.Scenario, r.RatedAt }).ToListAsync(cancel);
        var policy = await policies.ReadAsync(cancel);
        return [.. found.Select(r => new NamedPost(r.Assessment, r.Number, r.Scenario, null, true, NamePosts.DueOf(r.RatedAt, null, policy))).OrderBy(r => r.Due)];
    }

    async Task<IReadOnlyList<NamedPost>> NamedAsync(IQueryable<NamedPostRow> which, int least, CancellationToken cancel)
    {
        var found = await which.Join(Rated, p => p.Assessment, a => a.Id, (p, a) => new { Post = p, a.Number })
            .Join(views.Set<RiskRow>().AsNoTracking().Where(r => r.InherentLikelihood * r.InherentImpact >= least), p => new { p.Post.Assessment, p.Post.Scenario }, r => new { r.Assessment, r.Scenario }, (p, r) => new { p.Post, p.Number, Risk = r }).ToListAsync(cancel);
        var policy = await policies.ReadAsync(cancel);
        return
        [
            .. found.Select(f => new NamedPost(
                f.Risk.Assessment, f.Number, f.Risk.Scenario, f.Post.Post, NamePosts.AsksForMark(new(f.Risk.InherentLikelihood, f.Risk.InherentImpact)), NamePosts.DueOf(f.Risk.RatedAt, f.Post.NamedAt, policy))),
        ];
    }

    // Which risk it is reads only who sees that risk; that there is one, whoever sees the post.
    async Task<IReadOnlyList<PostRisk>> ToldAsync(Guid reader, IReadOnlyList<NamedPost> named, CancellationToken cancel)
    {
        Guid[] assessments = [.. named.Select(n => n.Assessment).Distinct()];
        var seen = (await (await risks.SeenAsync(reader, cancel)).Where(r => assessments.Contains(r.Assessment)).Select(r => new { r.Assessment, r.Scenario }).ToListAsync(cancel))
            .Select(r => (r.Assessment, r.Scenario)).ToHashSet();
        return [.. named.Select(n => new PostRisk(n.Post!.Value, n.IsHigh ? n.Due : null, seen.Contains((n.Assessment, n.Scenario)) ? LinkOf(n) : null))];
    }

    static Link LinkOf(NamedPost named) => new(
        RiskNextSteps.PathOf(named.Assessment, named.Scenario), RiskNextSteps.TitleOf(named.Scenario) is { Length: > 0 } title ? $"{named.Number}: {title}" : named.Number);
}
