using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Conduct.Viewing;

/// <summary>A version of the code: asked for, or published.</summary>
internal sealed class CodeVersionRow
{
    public int Number { get; init; }
    public Guid AskedBy { get; init; }
    public DateTimeOffset Asked { get; init; }
    public DateTimeOffset? Published { get; set; }
    public int Within { get; set; }
}

/// <summary>What a person has acknowledged, and by when they have to next.</summary>
internal sealed class CodePersonRow
{
    public Guid Person { get; init; }

    /// <summary>Since when they have had a post that the code binds.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>How many such posts they hold now.</summary>
    public int Posts { get; set; }
    public int? Version { get; set; }
    public DateTimeOffset? Acknowledged { get; set; }
    public DateTimeOffset? Due { get; set; }
}

/// <summary>A post, the unit that it is in, and whether the code binds who holds it.</summary>
internal sealed class CodePostRow
{
    public Guid Post { get; init; }
    public Guid Unit { get; init; }
    public bool Binds { get; init; }
}

/// <summary>A posting to a post that the code binds.</summary>
internal sealed class CodePostingRow
{
    public Guid Posting { get; init; }
    public Guid Person { get; init; }
    public Guid Unit { get; init; }
    public bool InForce { get; set; }
}

/// <summary>Keeps one row for each person whom the code binds, so that lists and figures are pages and not folds.</summary>
internal sealed class ConductView : IView
{
    public const string ViewName = "conduct";

    public string Name => ViewName;

    public int Version => 1;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<CodeVersionRow>().ExecuteDeleteAsync(cancel);
        await views.Set<CodePersonRow>().ExecuteDeleteAsync(cancel);
        await views.Set<CodePostRow>().ExecuteDeleteAsync(cancel);
        await views.Set<CodePostingRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case PostCreated e:
                views.Add(new CodePostRow { Post = e.Post, Unit = e.Unit, Binds = CodeDuty.Binds(e.Role) });
                break;
            case PostingProposed e:
                await ProposeAsync(views, e.Posting, e.Person, e.Post, cancel);
                break;
            case PostingProposedV1 e:
                await ProposeAsync(views, e.Posting, e.Person, e.Post, cancel);
                break;
            case PostingApproved e when await views.FindAsync<CodePostingRow>([e.Posting], cancel) is { } posting:
                await BeginAsync(views, posting, recorded.When, cancel);
                break;
            case PostingEnded e when await views.FindAsync<CodePostingRow>([e.Posting], cancel) is { } posting:
                await EndAsync(views, posting, cancel);
                break;
            case PostingRejected e when await views.FindAsync<CodePostingRow>([e.Posting], cancel) is { } posting:
                await EndAsync(views, posting, cancel);
                break;
            case PersonErased e:
                await ForgetAsync(views, e.Person, cancel);
                break;
            case CodeProposed:
                views.Add(new CodeVersionRow { Number = (await VersionsAsync(views, cancel)).Count + 1, AskedBy = recorded.Actor.Value, Asked = recorded.When });
                break;
            case CodeReturned:
                if ((await VersionsAsync(views, cancel)).Find(v => v.Published is null) is { } returned) views.Remove(returned);
                break;
            case CodePublished e when await views.FindAsync<CodeVersionRow>([e.Version], cancel) is { } version:
                (version.Published, version.Within) = (recorded.When, e.Within);
                await FallDueAsync(views, version, cancel);
                break;
            case CodeAcknowledged e when await views.FindAsync<CodePersonRow>([recorded.Actor.Value], cancel) is { } person:
                (person.Version, person.Acknowledged, person.Due) = (e.Version, recorded.When, e.Until);
                break;
        }
    }

    static async ValueTask ProposeAsync(DbContext views, Guid posting, Guid person, Guid post, CancellationToken cancel)
    {
        if (await views.FindAsync<CodePostRow>([post], cancel) is { Binds: true } known) views.Add(new CodePostingRow { Posting = posting, Person = person, Unit = known.Unit });
    }

    static async ValueTask BeginAsync(DbContext views, CodePostingRow posting, DateTimeOffset from, CancellationToken cancel)
    {
        posting.InForce = true;
        if (await views.FindAsync<CodePersonRow>([posting.Person], cancel) is not { } person) views.Add(person = new CodePersonRow { Person = posting.Person, Since = from });
        person.Posts++;
        if (from < person.Since) person.Since = from;
        if (person.Version is not null) return;
        person.Due = null;
        foreach (var version in await VersionsAsync(views, cancel))
        {
            if (version.Published is { } published) person.Due = CodeOfConduct.Earlier(person.Due, CodeOfConduct.DueOf(published, version.Within, person.Since));
        }
    }

    static async ValueTask EndAsync(DbContext views, CodePostingRow posting, CancellationToken cancel)
    {
        if (posting.InForce && await views.FindAsync<CodePersonRow>([posting.Person], cancel) is { } person) person.Posts--;
        views.Remove(posting);
    }

    static async ValueTask ForgetAsync(DbContext views, Guid person, CancellationToken cancel)
    {
        if (await views.FindAsync<CodePersonRow>([person], cancel) is { } row) views.Remove(row);
        await views.Set<CodePostingRow>().Where(p => p.Person == person).LoadAsync(cancel);
        views.RemoveRange(views.Set<CodePostingRow>().Local.Where(p => p.Person == person).ToList());
    }

    // Once for each version: all that have a row have to acknowledge it.
    static async ValueTask FallDueAsync(DbContext views, CodeVersionRow version, CancellationToken cancel)
    {
        await views.Set<CodePersonRow>().LoadAsync(cancel);
        foreach (var person in views.Set<CodePersonRow>().Local) person.Due = CodeOfConduct.Earlier(person.Due, CodeOfConduct.DueOf(version.Published!.Value, version.Within, person.Since));
    }

    static async ValueTask<List<CodeVersionRow>> VersionsAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<CodeVersionRow>().LoadAsync(cancel);
        return [.. views.Set<CodeVersionRow>().Local.OrderBy(v => v.Number)];
    }
}

internal sealed class CodeVersionRowMapping : IEntityTypeConfiguration<CodeVersionRow>
{
    public void Configure(EntityTypeBuilder<CodeVersionRow> builder)
    {
        builder.ToTable("code_version");
        builder.HasKey(v => v.Number);
        builder.Property(v => v.Number).ValueGeneratedNever();
        builder.Property(v => v.Asked).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(v => v.Published).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
    }
}

internal sealed class CodePersonRowMapping : IEntityTypeConfiguration<CodePersonRow>
{
    public void Configure(EntityTypeBuilder<CodePersonRow> builder)
    {
        builder.ToTable("code_person");
        builder.HasKey(p => p.Person);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(p => p.Since).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        foreach (var name in (string[])[nameof(CodePersonRow.Acknowledged), nameof(CodePersonRow.Due)])
            builder.Property<DateTimeOffset?>(name).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(p => new { p.Due, p.Person });
        // What is counted is counted in the index alone.
        builder.HasIndex(p => new { p.Posts, p.Version, p.Due });
    }
}

internal sealed class CodePostRowMapping : IEntityTypeConfiguration<CodePostRow>
{
    public void Configure(EntityTypeBuilder<CodePostRow> builder)
    {
        builder.ToTable("code_post");
        builder.HasKey(p => p.Post);
    }
}

internal sealed class CodePostingRowMapping : IEntityTypeConfiguration<CodePostingRow>
{
    public void Configure(EntityTypeBuilder<CodePostingRow> builder)
    {
        builder.ToTable("code_posting");
        builder.HasKey(p => p.Posting);
        builder.HasIndex(p => p.Person);
        builder.HasIndex(p => p.Unit);
    }
}
