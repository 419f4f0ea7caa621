using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.People.Passports;

namespace Probity.Cli.Sample;

/// <summary>The passports of the sample: one was issued, one is asked for, and the key of an invented unit abroad is trusted, with a list of its revoked passports.</summary>
internal sealed class SamplePassports(SampleYears years)
{
    static readonly PassportKeys s_abroad = new(SHA256.HashData("the passports of an invented unit abroad"u8), "unidade.exemplo.invalid");

    IReadOnlyList<Guid> Team => years.Unit.Holders(Role.Officer, years.Unit.Seaport);

    /// <summary>The acts, each at its time; whoever asks was cleared long before.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        var issuer = SampleUnit.Id("issuer/1");
        yield return (SamplePlan.End.AddDays(-20), () => AskAsync(Team[0]));
        yield return (SamplePlan.End.AddDays(-19), IssueAsync);
        yield return (SamplePlan.End.AddDays(-15), async () => SampleYears.Expect(await years.Slice<TrustIssuer>().HandleAsync(
            years.Unit.Holders(Role.Integrity)[0], new TrustIssuer.Proposal(issuer, s_abroad.Verifier.ToString(), true), default)));
        yield return (SamplePlan.End.AddDays(-13), async () => SampleYears.Expect(await years.Slice<TrustIssuer>().HandleAsync(
            years.Unit.Holders(Role.Overseer)[0], new TrustIssuer.Answer(issuer, true, true, null), default)));
        yield return (SamplePlan.End.AddDays(-1), async () => SampleYears.Expect(await years.Slice<TakeList>().HandleAsync(
            years.Unit.Holders(Role.Integrity)[0], new TakeList.Command(issuer, List(years.Now)), default)));
        yield return (SamplePlan.End.AddDays(-1).AddMinutes(5), () => AskAsync(Team[1]));
    }

    async Task AskAsync(Guid person) => SampleYears.Expect(await years.Slice<AskPassport>().HandleAsync(person, default));

    async Task IssueAsync()
    {
        var request = (await years.Slice<PassportDesk>().ReadAsync(default)).RequestOf(Team[0])!;
        SampleYears.Expect(await years.Slice<IssuePassport>().HandleAsync(years.Unit.Holders(Role.Vetting)[0], new IssuePassport.Answer(request.Id, true, "SER-00417", null), default));
    }

    static string List(DateTimeOffset at) => RevokedList.Make(s_abroad.Verifier.Name, at.ToUnixTimeSeconds(), at, at.AddDays(30), [], s_abroad.ListSecret).Sign(s_abroad.Signer);
}
