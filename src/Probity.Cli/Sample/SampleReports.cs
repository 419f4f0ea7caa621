using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Reports.Matters;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// What a demo does for reports when it is first started: everybody who handles them has a key, confirmed by somebody else, and the passphrase of all of them is told. Made-up reports come in by the
/// reporter's own pages, as any would.
/// </summary>
internal static class SampleReports
{
    /// <summary>The passphrase of everybody's key in a demo, and in a demo only.</summary>
    public const string Passphrase = "five plain words for everybody";

    /// <summary>Makes and confirms keys where there are none yet, and names a custodian of identities.</summary>
    public static async Task MakeKeysAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (keys, unlock) = (services.GetRequiredService<ChangeKeys>(), services.GetRequiredService<Unlock>());
        if ((await keys.ReadAsync(cancel)).Custodians.Count > 0) return;
        var (register, now) = (await services.GetRequiredService<IRegister>().ReadAsync(cancel), services.GetRequiredService<TimeProvider>().GetUtcNow());
        Guid[] integrity = [.. register.Holders(Role.Integrity, now)], overseers = [.. register.Holders(Role.Overseer, now)];
        var custodian = register.Holders(Role.Registry, now)[0];
        await keys.HandleAsync(overseers[0], new ChangeKeys.Name(custodian), cancel);
        await keys.HandleAsync(integrity[0], new ChangeKeys.Agree(custodian), cancel);
        foreach (var person in (Guid[])[.. integrity, .. overseers, custodian])
        {
            await unlock.MakeAsync(person, Passphrase, cancel);
            var waiting = (await keys.ReadAsync(cancel)).WaitingKeyOf(person)?.Public;
            await keys.HandleAsync(overseers.Contains(person) ? integrity[0] : overseers[0], new ChangeKeys.Confirm(person, waiting), cancel);
        }

        await OpenMatterAsync(services, register, now, cancel);
        await services.GetRequiredService<IntakeExchange>().RunOnceAsync(cancel);
    }

    // One that integrity opened, among the people whom the demo names: of somebody nobody knows yet, and of an officer whom nothing ties to those who look into it.
    static async Task OpenMatterAsync(IServiceProvider services, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var (matter, day) = (Guid.NewGuid(), DateOnly.FromDateTime(now.UtcDateTime));
        Guid[] all = [.. ((Role[])[Role.Integrity, Role.Overseer, Role.Investigator]).Select(role => Verbs.DemoVerb.LongestIn(role, register, now).First())];
        var (integrity, overseer, investigator) = (all[0], all[1], all[2]);
        var officer = register.Holders(Role.Officer, now).First(p => all.All(other => Recusal.Between(other, [p], register, now) is null));
        var opened = await services.GetRequiredService<OpenMatter>().HandleAsync(integrity, new(
            matter, Guid.NewGuid(), investigator, null, [overseer],
            new Accusation(null, null, AllegationKind.EvidenceTheft, day.AddDays(-40), day.AddDays(-33), "Two packages of March lie in the book of the store and not on its shelf.")), cancel);
        if (opened is not Outcome.Done) throw new InvalidOperationException("The sample's inquiry was not opened.");
        await services.GetRequiredService<AddAllegation>().HandleAsync(
            integrity, new(matter, Guid.NewGuid(), new Accusation(officer, null, AllegationKind.Obstruction, day.AddDays(-33), null, "Signed for the count without going into the store.")), cancel);
    }

    /// <summary>Sends made-up reports to the pages, in three languages.</summary>
    public static async Task SendAsync(Uri pages, CancellationToken cancel)
    {
        (string Path, (string Field, string Value)[] Fields)[] reports =
        [
            ("/pt/form/1", [("what", "O motorista da carrinha branca entregou um envelope ao chefe do turno da noite, atrás do portão quatro. Já é a terceira vez."), ("when", "Terça-feira passada, depois da meia-noite"), ("where", "Porto, portão quatro"), ("names", "Horácio Amostra")]),
            ("/es/form/3", [("what", "En el depósito faltan dos paquetes de los que se pesaron en marzo. El libro dice otra cosa que el precinto."), ("exhibit", "Paquetes con precinto roto, unos dos kilos"), ("know", "Lo vi al contar")]),
            ("/en/form/5", [("what", "A man waited for me at my daughter's school and said that I should be ill on Friday."), ("danger", "My family"), ("name", "Somebody Invented"), ("contact", "Only through this page")]),
            ("/en/form/7", [("what", "The guard at the east gate sleeps at night. Everybody knows.")]),
        ];
        foreach (var (path, fields) in reports)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = pages };
            using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Field, field.Value))), cancel);
        }
    }
}
