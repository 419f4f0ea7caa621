using System.Collections.Immutable;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits;

/// <summary>One half of a hand-over, as signed: by the one who gave or by the one who took.</summary>
/// <param name="Half">The signature's own id.</param>
/// <param name="Transfer">The id that both halves have where one device saw the other's.</param>
/// <param name="From">Who gave.</param>
/// <param name="To">Who took.</param>
/// <param name="At">When, as the signer's device says.</param>
/// <param name="Recorded">When it reached the record.</param>
/// <param name="Seals">The seals as the signer read them.</param>
/// <param name="KeptOnDevice">Whether it waited on the device for the line to come back.</param>
internal abstract record SignedHalf(
    Guid Half, Guid Transfer, Guid From, Guid To, DateTimeOffset At, DateTimeOffset Recorded, IReadOnlyList<SealedPackage> Seals, bool KeptOnDevice)
{
    /// <summary>Within what time the other has to sign. What stands alone for longer is a claim of one person, and both are told so.</summary>
    public static readonly TimeSpan Joined = TimeSpan.FromHours(72);

    /// <summary>Who signed it.</summary>
    public Guid Signer => this is Release ? From : To;

    /// <summary>Whether it has waited for the other for too long.</summary>
    public bool IsOverdue(DateTimeOffset now) => now > At + Joined;

    /// <summary>Whether a signature that came again says the same; that it has waited on the device meanwhile makes no difference.</summary>
    public bool Says(SignedHalf again, DateTimeOffset? occurred) =>
        again with { At = At, Recorded = Recorded, Seals = Seals, KeptOnDevice = KeptOnDevice } == this && again.Seals.SequenceEqual(Seals)
        && DeviceTime.IsSame(occurred, At, Recorded);
}

/// <summary>Who had it gave it away.</summary>
internal sealed record Release(
    Guid Half, Guid Transfer, Guid From, Guid To, DateTimeOffset At, DateTimeOffset Recorded, IReadOnlyList<SealedPackage> Seals, bool KeptOnDevice,
    Purpose Purpose, string? Authority, string? Condition) : SignedHalf(Half, Transfer, From, To, At, Recorded, Seals, KeptOnDevice);

/// <summary>Who took it says so.</summary>
internal sealed record Receipt(
    Guid Half, Guid Transfer, Guid From, Guid To, DateTimeOffset At, DateTimeOffset Recorded, IReadOnlyList<SealedPackage> Seals, bool KeptOnDevice,
    Guid? Location, string? Discrepancy) : SignedHalf(Half, Transfer, From, To, At, Recorded, Seals, KeptOnDevice);

/// <summary>A hand-over that both have signed.</summary>
/// <param name="Out">Who gave.</param>
/// <param name="In">Who took.</param>
/// <param name="Gap">Who had it by the record when it was given away by somebody else; null where the chain holds.</param>
/// <param name="Bridged">Whether one signature shows how it got from the one to the other, so that only its other half is missing.</param>
internal sealed record CustodyLink(Release Out, Receipt In, Guid? Gap = null, bool Bridged = false);

/// <summary>
/// Who had an exhibit, from hand to hand. It is worked out from all halves that are on the record, so the order in which they reached it,
/// and how often, changes nothing: two people who hand over while the line is down sign on their own devices, and the halves join later.
/// </summary>
/// <param name="Links">The hand-overs, in the order of the hands.</param>
/// <param name="Given">Given away, and nobody has signed for it.</param>
/// <param name="Taken">Taken, and nobody has signed that they gave it.</param>
/// <param name="Holder">Who has it, by what both have signed.</param>
internal sealed record CustodyChain(
    ImmutableArray<CustodyLink> Links, ImmutableArray<Release> Given, ImmutableArray<Receipt> Taken, Guid Holder)
{
    /// <summary>How far apart two halves of one hand-over may have been signed, where no device joined them.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(24);

    /// <summary>The chain of an exhibit that <paramref name="first"/> had at its seizure. What was withdrawn waits for nobody and shows no way; where the other half comes in after all, both have signed, and that counts.</summary>
    public static CustodyChain Of(Guid first, IReadOnlyCollection<Release> releases, IReadOnlyCollection<Receipt> receipts, ImmutableHashSet<Guid>? withdrawn = null)
    {
        var given = releases.OrderBy(r => r.At).ThenBy(r => r.Half).ToList();
        var taken = receipts.OrderBy(r => r.At).ThenBy(r => r.Half).ToList();
        var joined = Join(given, taken);
        given.RemoveAll(r => withdrawn?.Contains(r.Half) == true);
        taken.RemoveAll(r => withdrawn?.Contains(r.Half) == true);
        var links = ImmutableArray.CreateBuilder<CustodyLink>(joined.Count);
        var holder = first;
        while (joined.Count > 0)
        {
            // The next hand-over is one of the holder's; where there is none, something is missing before the earliest of the others.
            var next = joined.FirstOrDefault(l => l.Out.From == holder) ?? joined[0];
            joined.Remove(next);
            links.Add(next.Out.From == holder ? next : next with { Gap = holder, Bridged = Bridges(holder, next.Out.From, given, taken) });
            holder = next.In.To;
        }

        return new CustodyChain(links.MoveToImmutable(), [.. given], [.. taken], holder);
    }

    /// <summary>Whether somebody signs as if another had had it, and the record shows that it had been passed on: two took it from one.</summary>
    public bool IsForked(CustodyLink link) =>
        link is { Gap: not null, Bridged: false } && Links.TakeWhile(l => l != link).Any(l => l.Out.From == link.Out.From);

    /// <summary>What one person has signed and the other has not, the oldest first.</summary>
    public IEnumerable<SignedHalf> Alone => Given.Cast<SignedHalf>().Concat(Taken).OrderBy(h => h.At).ThenBy(h => h.Half);

    /// <summary>Whether a person has signed that they took it, with or without the other.</summary>
    public bool HasTaken(Guid person) => Links.Any(l => l.In.To == person) || Taken.Any(r => r.To == person);

    /// <summary>Whether a person ever had it, or says so.</summary>
    public bool Had(Guid person) => Links.Any(l => l.Out.From == person || l.In.To == person);

    static List<CustodyLink> Join(List<Release> given, List<Receipt> taken)
    {
        var links = new List<CustodyLink>();
        foreach (var release in given.ToList())
        {
            var receipt = taken.Find(r => r.Transfer == release.Transfer && IsBetweenTheSame(release, r));
            if (receipt is not null) Take(release, receipt);
        }

        // The closest in time first, so that a half whose other never comes takes none from a later hand-over between the same two.
        var near = from release in given
                   from receipt in taken
                   let apart = (release.At - receipt.At).Duration()
                   where IsBetweenTheSame(release, receipt) && apart <= Apart
                   orderby apart, release.Half, receipt.Half
                   select (release, receipt);
        foreach (var (release, receipt) in near.ToList())
        {
            if (given.Contains(release) && taken.Contains(receipt)) Take(release, receipt);
        }

        return [.. links.OrderBy(l => l.Out.At).ThenBy(l => l.In.At).ThenBy(l => l.Out.Half)];

        void Take(Release release, Receipt receipt)
        {
            links.Add(new CustodyLink(release, receipt));
            given.Remove(release);
            taken.Remove(receipt);
        }
    }

    static bool IsBetweenTheSame(Release release, Receipt receipt) => release.From == receipt.From && release.To == receipt.To;

    static bool Bridges(Guid from, Guid to, IEnumerable<Release> given, IEnumerable<Receipt> taken) =>
        given.Any(r => r.From == from && r.To == to) || taken.Any(r => r.From == from && r.To == to);
}
