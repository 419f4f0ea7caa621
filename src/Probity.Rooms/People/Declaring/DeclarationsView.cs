using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.People.Declaring;

/// <summary>Somebody who has to declare, or has: ids and days alone, nothing of what was declared.</summary>
internal sealed class DeclarerRow
{
    public Guid Person { get; init; }

    /// <summary>How many posts they hold whose holders declare.</summary>
    public int Holds { get; set; }

    /// <summary>From when their next declaration is counted: the last one, or the post that they came to.</summary>
    public DateTimeOffset Basis { get; set; }

    /// <summary>Whether it is the first of a post.</summary>
    public bool IsEntry { get; set; }

    /// <summary>Since when growth waits for the vetting unit.</summary>
    public DateTimeOffset? FlaggedSince { get; set; }
}

/// <summary>A declaration that was flagged and waits.</summary>
internal sealed class FlaggedDeclarationRow
{
    public Guid Declaration { get; init; }
    public Guid Person { get; init; }
    public DateTimeOffset Since { get; init; }
}

/// <summary>A post whose holder declares.</summary>
internal sealed class DeclaringPostRow
{
    public Guid Post { get; init; }
}

/// <summary>A posting to one, to know whose it is when it begins and ends.</summary>
internal sealed class DeclaringPostingRow
{
    public Guid Posting { get; init; }
    public Guid Person { get; init; }
    public bool InForce { get; set; }
}

/// <summary>Keeps the list of who declares when.</summary>
internal sealed class DeclarationsView : IView
{
    public const string ViewName = "declarations";

    public string Name => ViewName;

    public int Version => 2;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<DeclarerRow>().ExecuteDeleteAsync(cancel);
        await views.Set<FlaggedDeclarationRow>().ExecuteDeleteAsync(cancel);
        await views.Set<DeclaringPostRow>().ExecuteDeleteAsync(cancel);
        await views.Set<DeclaringPostingRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case PostCreated e when DeclarationAccess.Declares(e.Role): views.Add(new DeclaringPostRow { Post = e.Post }); break;
            case PostingProposed e: await ProposeAsync(e.Posting, e.Person, e.Post); break;
            case PostingProposedV1 e: await ProposeAsync(e.Posting, e.Person, e.Post); break;
            case PostingApproved e when await views.FindAsync<DeclaringPostingRow>([e.Posting], cancel) is { } posting:
                posting.InForce = true;
                var holder = await RowAsync(posting.Person);
                // Who comes, or comes back, begins anew.
                if (holder.Holds++ == 0) (holder.Basis, holder.IsEntry) = (recorded.When, true);
                break;
            case PostingEnded e when await views.FindAsync<DeclaringPostingRow>([e.Posting], cancel) is { InForce: true } posting:
                posting.InForce = false;
                (await RowAsync(posting.Person)).Holds--;
                break;
            case DeclarationMade e:
                var declared = await RowAsync(recorded.Actor.Value);
                // A correction is of a day that was declared already.
                if (e.Corrects is null) (declared.Basis, declared.IsEntry) = (recorded.When, false);
                if (!e.IsFlagged) break;
                views.Add(new FlaggedDeclarationRow { Declaration = e.Declaration, Person = recorded.Actor.Value, Since = recorded.When });
                declared.FlaggedSince ??= recorded.When;
                break;
            // Each of them waits until somebody has said what became of it.
            case GrowthResolved e when await views.FindAsync<FlaggedDeclarationRow>([e.Declaration], cancel) is { } resolved:
                views.Remove(resolved);
                var waiting = (await FlagsAsync(resolved.Person)).Where(w => w.Declaration != resolved.Declaration).ToList();
                (await RowAsync(resolved.Person)).FlaggedSince = waiting.Count == 0 ? null : waiting.Min(w => w.Since);
                break;
            case PersonErased e when await views.FindAsync<DeclarerRow>([e.Person], cancel) is { } row:
                views.Remove(row);
                views.RemoveRange(await FlagsAsync(e.Person));
                break;
        }

        // What this run has added is not in the database yet.
        async Task<List<FlaggedDeclarationRow>> FlagsAsync(Guid person) =>
            [.. (await views.Set<FlaggedDeclarationRow>().AsTracking().Where(w => w.Person == person).ToListAsync(cancel))
                .Union(views.Set<FlaggedDeclarationRow>().Local.Where(w => w.Person == person)).Where(w => views.Entry(w).State != EntityState.Deleted)];

        async Task ProposeAsync(Guid posting, Guid person, Guid post)
        {
            if (await views.FindAsync<DeclaringPostRow>([post], cancel) is not null) views.Add(new DeclaringPostingRow { Posting = posting, Person = person });
        }

        async Task<DeclarerRow> RowAsync(Guid person)
        {
            if (await views.FindAsync<DeclarerRow>([person], cancel) is { } known) return known;
            var row = new DeclarerRow { Person = person, Basis = recorded.When };
            views.Add(row);
            return row;
        }
    }
}

internal sealed class DeclarerRowMapping : IEntityTypeConfiguration<DeclarerRow>
{
    public void Configure(EntityTypeBuilder<DeclarerRow> builder)
    {
        builder.ToTable("declarer").HasKey(r => r.Person);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(r => r.Basis).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(r => r.FlaggedSince).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(r => new { r.IsEntry, r.Basis });
        builder.HasIndex(r => r.FlaggedSince).HasFilter($"\"{nameof(DeclarerRow.FlaggedSince)}\" IS NOT NULL");
    }
}

internal sealed class FlaggedDeclarationRowMapping : IEntityTypeConfiguration<FlaggedDeclarationRow>
{
    public void Configure(EntityTypeBuilder<FlaggedDeclarationRow> builder)
    {
        builder.ToTable("declaration_flagged").HasKey(r => r.Declaration);
        builder.Property(r => r.Since).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(r => r.Person);
    }
}

internal sealed class DeclaringPostRowMapping : IEntityTypeConfiguration<DeclaringPostRow>
{
    public void Configure(EntityTypeBuilder<DeclaringPostRow> builder) => builder.ToTable("declaring_post").HasKey(r => r.Post);
}

internal sealed class DeclaringPostingRowMapping : IEntityTypeConfiguration<DeclaringPostingRow>
{
    public void Configure(EntityTypeBuilder<DeclaringPostingRow> builder) => builder.ToTable("declaring_posting").HasKey(r => r.Posting);
}
