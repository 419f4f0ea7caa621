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
/// <param name="Bridged">Whether who had it has signed that they gave it to who gave it away here, so that only that one's signature is missing.</param>
/// <param name="IsClaim">Whether nobody who had it has signed that it came to who gave it away here: two say so, and it moves neither holder nor place.</param>
internal sealed record CustodyLink(Release Out, Receipt In, Guid? Gap = null, bool Bridged = false, bool IsClaim = false);

/// <summary>
/// Who had an exhibit, from hand to hand. It is worked out from all halves that are on the record, so the order in which they reached it,
/// and how often, changes nothing: two people who hand over while the line is down sign on their own devices, and the halves join later.
/// </summary>
/// <param name="Links">The hand-overs, in the order of the hands; behind them those that are claims.</param>
/// <param name="Given">Given away, and nobody has signed for it.</param>
/// <param name="Taken">Taken, and nobody has signed that they gave it.</param>
/// <param name="Holder">Who has it, as everybody has signed through whose hands it went; they answer for it whatever others sign to each other.</param>
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
        var (holder, claimants) = (first, new HashSet<Guid>());
        while (joined.Count > 0)
        {
            // The next hand-over is one of the holder's; where there is none, something is missing before the earliest of the others.
            // What was taken back and signed for after all comes behind what they did since.
            var next = joined.Where(l => l.Out.From == holder).OrderBy(l => withdrawn?.Contains(l.Out.Half) == true).FirstOrDefault() ?? joined[0];
            joined.Remove(next);
            if (next.Out.From == holder) links.Add(next);
            // Only the holder's own word shows a way from them: what the next one says of it is that one's.
            else if (given.Any(r => r.From == holder && r.To == next.Out.From)) links.Add(next with { Gap = holder, Bridged = true });
            else
            {
                // What follows a claim from hand to hand has no gap of its own, and moves nothing either.
                links.Add(next with { Gap = claimants.Remove(next.Out.From) ? null : holder, IsClaim = true });
                claimants.Add(next.In.To);
                continue;
            }

            holder = next.In.To;
        }

        return new CustodyChain(links.MoveToImmutable(), [.. given], [.. taken], holder);
    }

    /// <summary>Whether somebody signs as if another had had it, and the record shows that it had been passed on: two took it from one.</summary>
    public bool IsForked(CustodyLink link) =>
        link is { Gap: not null, Bridged: false } && Links.TakeWhile(l => l != link).Any(l => l.Out.From == link.Out.From);

    /// <summary>What one person has signed and the other has not, the oldest first.</summary>
    public IEnumerable<SignedHalf> Alone => Given.Cast<SignedHalf>().Concat(Taken).OrderBy(h => h.At).ThenBy(h => h.Half);

    /// <summary>The hand-over by which its holder has it; null for who had it first.</summary>
    public CustodyLink? Last => Links.LastOrDefault(l => !l.IsClaim);

    /// <summary>Who else is said to have it: whom its holder gave it to, who took it from them, and who has it by what others signed to each other.</summary>
    public IEnumerable<Guid> Claimants => Given.Where(r => r.From == Holder).Select(r => r.To).Concat(Taken.Where(r => r.From == Holder).Select(r => r.To))
        .Concat(Links.Where(l => l.IsClaim && Links.All(other => !other.IsClaim || other.Out.From != l.In.To)).Select(l => l.In.To)).Where(p => p != Holder).Distinct();

    /// <summary>
    /// Whether one half alone is of somebody who neither had it nor says that they took it from who has it, and whom its holder did not name.
    /// </summary>
    public bool IsStray(SignedHalf half) => half.From != Holder && Alone.Any(h => h.Half == half.Half)
        && !Given.Any(r => r.From == Holder && r.To == half.From) && !Taken.Any(r => r.From == Holder && r.To == half.From);

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

        // As each was complete: what somebody signs of long ago is not put before what others have signed since.
        return [.. links.OrderBy(l => l.Out.At > l.In.At ? l.Out.At : l.In.At).ThenBy(l => l.Out.At).ThenBy(l => l.Out.Half)];

        void Take(Release release, Receipt receipt)
        {
            links.Add(new CustodyLink(release, receipt));
            given.Remove(release);
            taken.Remove(receipt);
        }
    }

    static bool IsBetweenTheSame(Release release, Receipt receipt) => release.From == receipt.From && release.To == receipt.To;
}
